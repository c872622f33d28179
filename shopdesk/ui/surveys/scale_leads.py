"""Where the numbers of a scale lead: a row of choices, one for each number, as the scale goes from and to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from shopdesk.i18n import _
from shopdesk.surveys import LONGEST_SCALE
from shopdesk.ui import widgets as w
from shopdesk.ui.surveys.option_row import NEXT, Leads
from shopdesk.ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_IN_A_ROW = 3


class ScaleLeads(QWidget):
    """`chosen` with each change. What a number leads to stays known while the scale is another."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.leads = dict[int, Leads]()
        self._holders = dict[int, QWidget]()
        self._later: Sequence[tuple[str, int]] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme().px("s5"))
        self._grid.setVerticalSpacing(theme().px("s2"))

    def show_range(self, least: int | None, most: int | None) -> None:
        """Show the numbers from `least` to `most`, `LONGEST_SCALE` at most; none where an end is missing."""
        ends = (0, -1) if least is None or most is None else (least, min(most, LONGEST_SCALE))
        shown = range(ends[0], ends[1] + 1)
        for number in shown:
            if number not in self.leads:
                self._make(number)
        for number, holder in self._holders.items():
            holder.setVisible(number in shown)
        for at, number in enumerate(shown):
            self._grid.addWidget(self._holders[number], at // _IN_A_ROW, at % _IN_A_ROW)

    def _make(self, number: int) -> None:
        leads = self.leads[number] = Leads(_("goes on"))
        leads.setAccessibleName(_("{n} leads to").format(n=number))
        leads.offer(self._later)
        leads.chosen.connect(lambda _to: self.chosen.emit())
        self._holders[number] = w.holder(w.hbox(w.label(str(number), "body_bold"), leads, ..., gap="s2"))

    def offer(self, later: Sequence[tuple[str, int]]) -> None:
        """Offer these questions, by their own numbers."""
        self._later = later
        for leads in self.leads.values():
            leads.offer(later)

    def show_leads(self, to: Mapping[str, int]) -> None:
        """Show where each number leads: the choice by the number as it is written."""
        for number, leads in self.leads.items():
            leads.set_value(to.get(str(number), NEXT))

    def chosen_of(self, least: int | None, most: int | None) -> list[tuple[str, int]]:
        """Return the numbers from `least` to `most` and what is chosen for each."""
        ends = (least or 0, most if most is not None else -1)
        return [(str(one), self.leads[one].value()) for one in sorted(self.leads) if ends[0] <= one <= ends[1]]
