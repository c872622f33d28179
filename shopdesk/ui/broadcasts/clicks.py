"""How often the links of a broadcast or its mail were opened, and by how many people."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from shopdesk.i18n import _
from shopdesk.ui import widgets as w
from shopdesk.ui.amounts import people
from shopdesk.ui.directions import isolated
from shopdesk.ui.link_clicks import opened

if TYPE_CHECKING:
    from shopdesk.links import Clicked, Report

    Clicks = tuple[Clicked, list[Report]]


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


def _opened(one: Report) -> str:
    return opened(one) if one.clicked.clicks else _("Nobody has opened it yet.")


def _row(one: Report, *, last: bool) -> w.Row:
    bar = w.Bar(w.Share(one.clicked.people / one.sent if one.sent else 0, "accent"))
    return w.Row(
        (w.elided(isolated(one.link.destination)), 2),
        (w.label(_opened(one), align=w.RIGHT), 1),
        (w.vbox(..., bar, ...), 1),
        height="row",
        last=last,
        opens=True,
    )
