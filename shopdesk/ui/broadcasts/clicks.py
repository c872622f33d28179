"""How often the links of a broadcast were opened, and by how many people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.i18n import _, _n
from shopdesk.ui import widgets as w
from shopdesk.ui.amounts import number, people
from shopdesk.ui.directions import isolated

if TYPE_CHECKING:
    from shopdesk.links import Clicked, Report

    Clicks = tuple[Clicked, list[Report]]


class ClickTable(w.Card):
    """One row a link; hidden where none is counted."""

    def __init__(self) -> None:
        self._together, self._rows = w.label("", "small", "text_2"), w.vbox()
        super().__init__(w.card_head(w.label(_("Links"), "section"), ..., self._together), self._rows, pad="")
        self._shown: Clicks | None = None
        self.hide()

    def show_clicks(self, found: Clicks) -> None:
        """Show other figures."""
        if found == self._shown:
            return
        self._shown = found
        together, each = found
        self.setVisible(bool(each))
        self._together.setText(_("opened by {people}").format(people=people(together.people)))
        w.clear(self._rows)
        for place, one in enumerate(each):
            self._rows.addWidget(_row(one, last=place == len(each) - 1))


def _row(one: Report, *, last: bool) -> w.Row:
    clicks = one.clicked.clicks
    said = _n("{people}, {n} click", "{people}, {n} clicks", clicks).format(
        people=people(one.clicked.people), n=number(clicks)
    )
    bar = w.Bar(w.Share(one.clicked.people / one.sent if one.sent else 0, "accent"))
    return w.Row(
        (w.elided(isolated(one.link.destination)), 2),
        w.label(said),
        (w.vbox(..., bar, ...), 1),
        height="row",
        last=last,
    )
