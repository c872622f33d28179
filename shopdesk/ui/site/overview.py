"""Every page with its state and what people did on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.i18n import _, _n
from shopdesk.ui import widgets as w
from shopdesk.ui.amounts import number
from shopdesk.ui.days import short_day
from shopdesk.ui.directions import isolated
from shopdesk.ui.overview import Overview, Words
from shopdesk.ui.site.words import KINDS, called, state_mark

if TYPE_CHECKING:
    from shopdesk.clock import Clock
    from shopdesk.shop import Shop
    from shopdesk.site import Page
    from shopdesk.ui.notices import Notices
    from shopdesk.ui.tasks import Tasks


def page_overview(shop: Shop, tasks: Tasks, notices: Notices) -> Overview[Page]:
    """Return the list of all pages, to stand below the tabs."""
    words = Words(
        _("Pages"),
        "",
        lambda count: _n("{n} page", "{n} pages", count).format(n=number(count)),
        "smartphone",
        _("No pages yet"),
        _("Begin with the shop page: hours, place, news. Its address can stand in every message."),
        _("Make a page"),
    )
    columns = _columns(shop.clock)
    return Overview(tasks, notices, words, columns, key=lambda one: one.id, read=shop.site.list, row="row_two")


def _columns(clock: Clock) -> list[w.Column[Page]]:
    return [
        w.Column(_("State"), lambda one: w.Cell(badge=state_mark(one)), 160),
        w.Column(_("Title"), lambda one: w.Cell(isolated(called(one)), bold=True, second=_second(one))),
        w.Column(_("Since"), lambda one: short_day(one.at, clock.now()) if one.at else "—", 110, w.RIGHT),
        w.Column(_("Views"), lambda one: number(one.seen), 110, w.RIGHT),
        w.Column(_("Likes"), lambda one: number(one.likes) if one.kind == "news" else "—", 96, w.RIGHT),
        w.Column(_("Comments"), _comments, 130, w.RIGHT),
    ]


def _second(one: Page) -> str:
    """Its kind; of the shop page, which is called by that, what stands below the shop's name."""
    return isolated(one.content.title) if one.kind == "shop" else _(KINDS[one.kind])


def _comments(one: Page) -> w.Cell:
    if one.kind != "news":
        return w.Cell("—")
    waits = _("{n} to look at").format(n=number(one.waiting)) if one.waiting else ""
    return w.Cell(number(one.comments), second=waits)
