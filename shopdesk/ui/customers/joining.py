"""Which entries are one person: the pairs of the shop, and two of them being put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from shopdesk.ui.customers.doubles import DoublesView
from shopdesk.ui.customers.merging import MergeView

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shopdesk.customers import Customer
    from shopdesk.ui.customers.merging import Side
    from shopdesk.ui.customers.ties import Ties
    from shopdesk.ui.shop_page import Desk


class Joining(QStackedWidget):
    """Pairs at the back, a merge over them. `left` when the list of customers is wanted, `open_wanted` one of them."""

    left = Signal()
    open_wanted = Signal(int)

    def __init__(self, desk: Desk, ties: Ties) -> None:
        super().__init__()
        self._desk, self._ties = desk, ties
        self.doubles = DoublesView(desk.shop, desk.tasks, desk.notices.sentence)
        self.merging: MergeView | None = None
        self._alone = False
        self.addWidget(self.doubles)
        self.doubles.left.connect(self.left)
        self.doubles.open_wanted.connect(self.open_wanted)
        self.doubles.merge_wanted.connect(self.merge)
        self.doubles.distinct_wanted.connect(ties.distinct)

    def show_pairs(self) -> None:
        """Show the pairs of the shop."""
        self._drop()
        self._alone = False
        self.doubles.read()

    def merge(self, keep: Customer, other: Customer, *, alone: bool = False) -> None:
        """Ask what stays of two; `alone`: there are no pairs to go back to."""
        self._drop()
        self._alone = alone
        self.merging = view = MergeView(self._desk.shop.clock, keep, other)
        view.left.connect(self.back)
        view.merge_wanted.connect(self._merge)
        self.addWidget(view)
        self.setCurrentWidget(view)

    def back(self) -> bool:
        """Go one step back."""
        if self.merging is not None and not self._alone:
            self._drop()
        else:
            self._drop()
            self.left.emit()
        return True

    def _merge(self, keep: Customer, other: Customer, choices: Mapping[str, Side]) -> None:
        def done(_merge: object) -> None:
            alone = self._alone
            self._drop()
            if alone:
                self.open_wanted.emit(keep.id)

        def failed() -> None:
            if self.merging is not None:
                self.merging.merge.setEnabled(True)

        self._ties.merge(keep, other, choices, done, failed)

    def _drop(self) -> None:
        if self.merging is not None:
            self.removeWidget(self.merging)
            self.merging.deleteLater()
            self.merging = None
        self.setCurrentWidget(self.doubles)
