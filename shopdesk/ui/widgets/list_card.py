"""A card that holds a list in all its states: loading, rows, nothing, an error; with its footer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QStackedWidget

from shopdesk.ui.widgets.layouts import Item, hbox, holder, vbox
from shopdesk.ui.widgets.listing import GREY_AFTER_MS, Listing
from shopdesk.ui.widgets.surfaces import EmptyState, ErrorState, Skeleton, line
from shopdesk.ui.widgets.table import RowPainter, Table
from shopdesk.ui.widgets.table_model import LazyTableModel

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from shopdesk.ui.tasks import Tasks
    from shopdesk.ui.widgets.table_model import Column

R = TypeVar("R")


class ListCard(QFrame, Generic[R]):
    """A table over a `Listing` with skeleton, empty and error state.

    `counted` carries the number of rows; `table.picked`, `table.opened` and `table.checks_changed` tell what people do.
    """

    counted = Signal(int)

    def __init__(
        self,
        columns: list[Column[R]],
        key: Callable[[R], Hashable],
        tasks: Tasks,
        *,
        empty: EmptyState,
        sentence: Callable[[Exception], str],
        checks: bool = False,
        row: str = "row",
        foot: Item = None,
        head: Item = None,
        painter: RowPainter | None = None,
        inside: bool = False,
    ) -> None:
        super().__init__()
        self.setProperty("part", "" if inside else "card")  # `inside`: it lies in another card, below its head
        self.model = LazyTableModel(columns, key, tasks, checks=checks)
        self.table: Table[R] = Table(self.model, painter, row=row, square=inside, solid=foot is not None)
        self.empty, self._error, self._sentence = empty, ErrorState(), sentence
        self._listing: Listing[R] | None = None
        self._skeleton, self._blank = Skeleton(), holder(vbox())
        self._stack = QStackedWidget()
        for part in (self._blank, self._skeleton, self.table, self.empty, self._error):
            self._stack.addWidget(part)
        below = (line(), hbox(foot, gap="", margin=("s3", "s1"))) if foot is not None else (None, None)
        self.setLayout(vbox(head, (self._stack, 1), *below))
        self._late = QTimer(self, singleShot=True, interval=GREY_AFTER_MS)
        self._late.timeout.connect(lambda: self._stack.setCurrentWidget(self._skeleton))
        self.model.rows.started.connect(self._started)
        self.model.rows.counted.connect(self._counted)
        self.model.rows.failed.connect(self._failed)
        self._error.again.connect(self.refresh)

    def show_listing(self, listing: Listing[R]) -> None:
        """Show another list, from its beginning; rows of the last one stay until the first new ones are here."""
        self._listing = listing
        if self._stack.currentWidget() is not self.table:
            self._late.start()
        self.model.rows.show(listing)

    def refresh(self) -> None:
        """Read the same list again and stay where it is scrolled to."""
        if self._listing is not None:
            self.model.rows.show(self._listing, keep=self._stack.currentWidget() is self.table)

    def checked(self) -> Any:
        """Return what is checked: `every` and `keys` (the exceptions when `every`)."""
        return self.model.checked

    def _started(self, replaced: bool) -> None:
        self._late.stop()
        self._stack.setCurrentWidget(self.table if self.model.rows.known(0) is not None else self.empty)
        if replaced:
            self.table.scrollToTop()

    def _counted(self, count: int) -> None:
        self._stack.setCurrentWidget(self.table if count else self.empty)
        self.counted.emit(count)

    def _failed(self, error: Exception) -> None:
        self._late.stop()
        self._error.say(self._sentence(error))
        self._stack.setCurrentWidget(self._error)
