"""Every survey with its state and how many have answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.i18n import _, _n
from shopdesk.ui import widgets as w
from shopdesk.ui.amounts import number, people
from shopdesk.ui.days import short_day
from shopdesk.ui.directions import isolated
from shopdesk.ui.overview import Overview, Words
from shopdesk.ui.surveys.words import state_mark

if TYPE_CHECKING:
    from shopdesk.clock import Clock
    from shopdesk.shop import Shop
    from shopdesk.surveys import Survey
    from shopdesk.ui.notices import Notices
    from shopdesk.ui.tasks import Tasks


def survey_overview(shop: Shop, tasks: Tasks, notices: Notices) -> Overview[Survey]:
    """Return the list of all surveys."""
    words = Words(
        _("Surveys"),
        _("What you ask your customers, and what they answered."),
        lambda count: _n("{n} survey", "{n} surveys", count).format(n=number(count)),
        "clipboard-list",
        _("No surveys yet"),
        _("Ask in the talk or on a page; from the first answer on you see who said what."),
        _("Make a survey"),
    )
    return Overview(tasks, notices, words, _columns(shop.clock), key=lambda one: one.id, read=shop.surveys.list)


def _columns(clock: Clock) -> list[w.Column[Survey]]:
    return [
        w.Column(_("State"), lambda one: w.Cell(badge=state_mark(one, clock.now())), 170),
        w.Column(_("Name"), _named),
        w.Column(_("Questions"), lambda one: number(len(one.form.questions)), 90, w.RIGHT),
        w.Column(_("Answers"), lambda one: people(one.answers), 90, w.RIGHT),
        w.Column(_("Begun, not ended"), lambda one: people(one.begun), 150, w.RIGHT),
        w.Column(_("Made"), lambda one: short_day(one.created_at, clock.now()), 100),
    ]


def _named(one: Survey) -> w.Cell:
    second = _("anonymous") if one.form.anonymous else ""
    return w.Cell(isolated(one.draft.name), bold=True, second=second)
