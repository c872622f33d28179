"""How often the links of a broadcast or its mail were opened, and by how many people; of one link when, and by whom."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from shopdesk.clock import in_japan
from shopdesk.i18n import _, _n
from shopdesk.ui import widgets as w
from shopdesk.ui.amounts import number, people
from shopdesk.ui.directions import isolated

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from PySide6.QtWidgets import QWidget

    from shopdesk.links import Clicked, Clicker, Hour, Report

    Clicks = tuple[Clicked, list[Report]]

_HIGH = 360


class ClickTable(w.Card):
    """One row a link; hidden where none is counted. `link` carries the one that somebody wants to look into."""

    link = Signal(object)

    def __init__(self, title: str, follow_up: str) -> None:
        self._together, self._rows = w.label("", "small", "text_2"), w.vbox()
        self.follow_up = w.Button(follow_up, icon="send", size="control_small")
        self._asks = w.holder(w.hbox(..., self.follow_up, margin=("s4", "s2", "s4", "s3")))
        super().__init__(
            w.card_head(w.label(title, "section"), ..., self._together), self._rows, self._asks, pad="", gap=""
        )
        self._shown: Clicks | None = None
        self.hide()

    def show_clicks(self, found: Clicks, *, followable: bool) -> None:
        """Show other figures; `followable`: whoever opened nothing can be written to."""
        self._asks.setVisible(followable)
        if found == self._shown:
            return
        self._shown = found
        together, each = found
        self.setVisible(bool(each))
        self._together.setText(_("opened by {people}").format(people=people(together.people)))
        w.clear(self._rows)
        for place, one in enumerate(each):
            row = _row(one, last=place == len(each) - 1)
            row.clicked.connect(partial(self.link.emit, one))
            self._rows.addWidget(row)


def _row(one: Report, *, last: bool) -> w.Row:
    bar = w.Bar(w.Share(one.clicked.people / one.sent if one.sent else 0, "accent"))
    return w.Row(
        (w.elided(isolated(one.link.destination)), 2),
        w.label(_opened(one)),
        (w.vbox(..., bar, ...), 1),
        height="row",
        last=last,
        opens=True,
    )


def _opened(one: Report) -> str:
    clicks = one.clicked.clicks
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
        lists = w.vbox(*by_hour, w.line() if by_hour and who else None, *who, gap="s2")
        body = w.vbox(
            w.Prose(isolated(link.link.destination), tone="text_2"),
            w.label(_opened(link), bold=True),
            w.listed(lists, _HIGH) if by_hour else nobody,
            w.Prose(note, role="caption", tone="text_3"),
            gap="s3",
        )
        super().__init__(parent, _("When it was opened, and by whom"), body, verb=_("Close"))
        self.back.hide()


def _hour(one: Hour, most: int) -> QWidget:
    bar = w.Bar(w.Share(one.clicks / most, "accent"))
    return w.holder(w.hbox(w.label(_time(one.at)), (w.vbox(..., bar, ...), 1), w.label(number(one.clicks)), gap="s3"))


def _time(hour: datetime) -> str:
    """The hour as one of a column: each has as many signs."""
    at = in_japan(hour)
    return _("{month}/{day} {hour}:00").format(month=f"{at:%m}", day=f"{at:%d}", hour=f"{at:%H}")
