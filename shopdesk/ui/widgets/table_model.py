"""The model of a table over a long list: fed a page at a time, checked by identity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from shopdesk.ui.paint import LEFT
from shopdesk.ui.widgets.checked import Checked
from shopdesk.ui.widgets.listing import Rows

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from shopdesk.ui.tasks import Tasks
    from shopdesk.ui.widgets.marks import Mark

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class Cell(NamedTuple):
    """What a cell shows: words, the same in bold, a second text after them in caption, a badge before them."""

    words: str = ""
    bold: bool = False
    tone: str = "text"
    second: str = ""
    badge: Mark | None = None


class Column(NamedTuple, Generic[R]):
    """A column: `width` in px at the standard text size (0 takes what is left), numbers and dates with align=RIGHT.

    One with a `key` can be made wider by hand; a click on its head asks for the list to be sorted by it.
    """

    title: str
    cell: Callable[[R], Cell | str]
    width: int = 0
    align: Qt.AlignmentFlag = LEFT
    key: str = ""


class LazyTableModel(QAbstractTableModel, Generic[R]):
    """A model fed a page at a time. `key` gives a record's identity, by which it stays checked."""

    def __init__(self, columns: list[Column[R]], key: Callable[[R], Hashable], tasks: Tasks, *, checks: bool) -> None:
        super().__init__()
        self.columns, self.key, self.checks = columns, key, checks
        self.rows: Rows[R] = Rows(tasks)
        self.checked = Checked()
        self._shown = 0
        self.rows.started.connect(self._started)
        self.rows.counted.connect(self._counted)
        self.rows.arrived.connect(self._arrived)

    def _started(self, replaced: bool) -> None:
        if replaced:
            self.beginResetModel()
            self._shown = self.rows.count
            self.endResetModel()

    def _counted(self, count: int) -> None:
        if count > self._shown:
            self.beginInsertRows(NOWHERE, self._shown, count - 1)
            self._shown = count
            self.endInsertRows()
        elif count < self._shown:
            self.beginRemoveRows(NOWHERE, count, self._shown - 1)
            self._shown = count
            self.endRemoveRows()

    def _arrived(self, first: int, last: int) -> None:
        if self._shown:
            last = min(last, self._shown - 1)
            self.dataChanged.emit(self.index(first, 0), self.index(max(first, last), self.columnCount() - 1))

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else self._shown

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns) + self.checks

    def set_columns(self, columns: list[Column[R]]) -> None:
        """Show other columns of the same rows."""
        self.beginResetModel()
        self.columns = columns
        self.endResetModel()

    def column(self, at: int) -> Column[R] | None:
        """Return a column, None for the one of the check boxes."""
        return None if self.checks and at == 0 else self.columns[at - self.checks]

    def record(self, row: int) -> R | None:
        """Return the record of a row, None while it is on its way."""
        return self.rows.row(row)

    def cell(self, row: int, at: int) -> Cell | None:
        """Return what a cell shows, None while its record is on its way."""
        column, record = self.column(at), self.record(row)
        if column is None or record is None:
            return None
        made = column.cell(record)
        return Cell(made) if isinstance(made, str) else made

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            cell = self.cell(index.row(), index.column())
            return (
                " ".join(filter(None, (cell.badge.words if cell.badge else "", cell.words, cell.second)))
                if cell
                else None
            )
        if role == Qt.ItemDataRole.CheckStateRole and self.checks and index.column() == 0:
            return Qt.CheckState.Checked if self.is_checked(index.row()) else Qt.CheckState.Unchecked
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        column = self.column(section) if orientation == Qt.Orientation.Horizontal else None
        return column.title if column and role == Qt.ItemDataRole.DisplayRole else None

    def is_checked(self, row: int) -> bool:
        """Return whether a row is checked."""
        record = self.rows.known(row)
        return record is not None and self.key(record) in self.checked

    def toggle(self, row: int) -> None:
        """Check a row, or take its check away."""
        record = self.record(row)
        if record is not None:
            self.checked.toggle(self.key(record))
            self.dataChanged.emit(self.index(row, 0), self.index(row, self.columnCount() - 1))

    def toggle_all(self) -> None:
        """Check every row of the listing, also those not here, or none."""
        self.checked.toggle_all()
        if self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(self._shown - 1, self.columnCount() - 1))

    def checked_count(self) -> int:
        """Return how many rows are checked."""
        return self.checked.count(self._shown)
