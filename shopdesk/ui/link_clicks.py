"""One counted link: when it was opened, and by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.clock import in_japan
from shopdesk.i18n import _, _n
from shopdesk.ui import widgets as w
from shopdesk.ui.amounts import number, people
from shopdesk.ui.directions import isolated

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from PySide6.QtWidgets import QWidget

    from shopdesk.links import Clicker, Hour, Report

_HIGH = 360


def opened(one: Report) -> str:
    """Return how many people opened a link, and how often; of one for everybody, of which nobody knows who, how often."""
    clicks = one.clicked.clicks
    if not one.sent:
        return _n("{n} click", "{n} clicks", clicks).format(n=number(clicks))
    said = _n("{people}, {n} click", "{people}, {n} clicks", clicks)
    return said.format(people=people(one.clicked.people), n=number(clicks))


class LinkDialog(w.Dialog):
    """Shows a link: in which hours it was opened, and by which of the people who got one of their own, the latest first."""

    def __init__(self, parent: QWidget, link: Report, hours: Sequence[Hour], clickers: Sequence[Clicker]) -> None:
        most = max((one.clicks for one in hours), default=1)
        by_hour = [_hour(one, most) for one in hours]
        who = [
            w.fact(
                isolated(one.name) or _("(no name)"),
                _n("{n} click, last {time}", "{n} clicks, last {time}", one.clicks).format(
                    n=number(one.clicks), time=_time(one.last)
                ),
            )
            for one in clickers
        ]
        note = _("Counted is who opens it; programs that look at links beforehand are left out.")
        nobody = w.Prose(_("Nobody has opened it yet."), tone="text_2")
        self.lists = [w.listed(w.vbox(*rows, gap="s2"), _HIGH) for rows in (by_hour or [nobody], who)]
        self.turn = w.Segmented([(_("By hour"), 0), (_("By person"), 1)])
        self.turn.setVisible(bool(who))
        body = w.vbox(
            w.Prose(isolated(link.link.destination), tone="text_2"),
            w.hbox(w.label(opened(link), bold=True), ..., self.turn),
            *self.lists,
            w.Prose(note, role="caption", tone="text_3"),
            gap="s3",
        )
        super().__init__(parent, _("When it was opened, and by whom"), body, verb=_("Close"))
        self.back.hide()
        self.turn.chosen.connect(self._turn)
        self._turn(0)

    def _turn(self, chosen: int) -> None:
        for at, area in enumerate(self.lists):
            area.setVisible(at == chosen)
        self.adjustSize()


def _hour(one: Hour, most: int) -> QWidget:
    bar = w.Bar(w.Share(one.clicks / most, "accent"))
    return w.holder(w.hbox(w.label(_time(one.at)), (w.vbox(..., bar, ...), 1), w.label(number(one.clicks)), gap="s3"))


def _time(hour: datetime) -> str:
    """The hour as one of a column: each has as many signs."""
    at = in_japan(hour)
    return _("{month}/{day} {hour}:00").format(month=f"{at:%m}", day=f"{at:%d}", hour=f"{at:%H}")
