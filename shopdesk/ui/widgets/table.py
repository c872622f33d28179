"""A table over a long list: one delegate that paints every cell, with a head of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QScrollBar,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from shopdesk.ui.paint import RIGHT, advance, blob, draw, smooth
from shopdesk.ui.style import check_box
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets.marks import badge_width, draw_badge
from shopdesk.ui.widgets.table_head import Head

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent

    from shopdesk.ui.widgets.table_model import Cell, Column, LazyTableModel


R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
SELECTED = QStyle.StateFlag.State_Selected


class RowPainter(QStyledItemDelegate):
    """Paints every cell; asks the theme each time."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.hovered = -1

    def paint(self, p: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model: LazyTableModel[Any] = index.model()  # type: ignore[assignment]
        t, rect, row = theme(), QRect(option.rect), index.row()
        state: QStyle.StateFlag = option.state
        checked = model.is_checked(row)
        chosen = checked or SELECTED in state
        self.draw_ground(p, rect, row, chosen=chosen)
        if chosen and index.column() == 0:
            p.fillRect(rect.x(), rect.y(), t.border("bar"), rect.height() - 1, t["accent"])
        side = t.px("s3")
        inner = rect.adjusted(side, 0, -side, -1)
        column = model.column(index.column())
        if column is None:
            icon = t.px("icon")
            box = QRectF(inner.x(), inner.y() + (inner.height() - icon) / 2, icon, icon)
            check_box(p, box, on=checked)
            return
        cell = model.cell(row, index.column())
        if cell is not None:
            self.draw_cell(p, inner, cell, column.align)
        elif model.rows.waiting:
            grey(p, inner, column.align, row)

    def draw_ground(self, p: QPainter, rect: QRect, row: int, *, chosen: bool) -> None:
        """Paint what lies under a row, and the line below it."""
        t = theme()
        if chosen:
            p.fillRect(rect, t["accent_soft"])
        elif row == self.hovered:
            p.fillRect(rect, t["hover"])
        p.fillRect(rect.x(), rect.bottom(), rect.width(), 1, t["line"])

    def draw_cell(self, p: QPainter, inner: QRect, cell: Cell, align: Qt.AlignmentFlag) -> None:
        """Paint one cell; a page may override this for a shape of its own."""
        t, left = theme(), inner.x()
        gap = t.px("s2")
        if cell.badge is not None:
            high = t.px("badge")
            p.save()
            p.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw_badge(p, left, inner.y() + (inner.height() - high) // 2, cell.badge)
            p.restore()
            left += badge_width(cell.badge) + t.px("s3")
        words = inner.adjusted(left - inner.x(), 0, 0, 0)
        below = QRect(words)
        if cell.second and inner.height() > t.px("row"):  # a row of two lines
            first, second = t.line("body"), t.line("caption")
            words.setTop(words.y() + (words.height() - first - second) // 2)
            words.setHeight(first)
            below.setRect(words.x(), words.bottom() + 1, words.width(), second)
            draw(p, below, cell.second, "caption", "text_3", align=align)
        draw(p, words, cell.words, "body", cell.tone, cell.bold, align)
        if cell.second and below.y() < words.bottom():
            taken = round(advance(cell.words, "body", cell.bold)) + gap
            if taken < words.width() - gap:
                draw(p, words.adjusted(taken, 1, 0, 0), cell.second, "caption", "text_3")


def grey(p: QPainter, inner: QRect, align: Qt.AlignmentFlag, row: int) -> None:
    """Draw the bar that stands where words are on their way."""
    t = theme()
    high, width = t.px("s3"), inner.width() * (0.5 + 0.15 * (row % 3))
    x = inner.right() - width if align == RIGHT else inner.x()
    blob(p, QRectF(x, inner.y() + (inner.height() - high) / 2, width, high), "hover", t.radius("small"))


class _Edge(QScrollBar):
    """The scroll bar: header and rows run on under it to the card's edge."""

    def __init__(self, table: Table[Any]) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self._table = table

    def paintEvent(self, event: QPaintEvent) -> None:
        p = smooth(self)
        self._table.draw_edge(p, self.mapFromGlobal(self._table.mapToGlobal(QPoint(0, 0))), self.width())
        p.end()
        super().paintEvent(event)


class Table(QTableView, Generic[R]):
    """The view. `picked` when another row becomes the current one, `opened` on Enter or double click."""

    picked = Signal(object)
    opened = Signal(object)
    checks_changed = Signal(int)

    def __init__(
        self,
        model: LazyTableModel[R],
        painter: RowPainter | None = None,
        *,
        row: str = "row",
        square: bool = False,
        solid: bool = False,
    ) -> None:
        """Make the view. `solid`: it reaches no round corner and paints its own ground, so that scrolling moves what is painted."""
        super().__init__()
        self._solid = solid
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, solid)
        self._own, self._row = model, row
        self._painter = painter or RowPainter(self)  # the view owns neither: keep both
        self.head, self._edge = Head(self, square=square), _Edge(self)
        self.setHorizontalHeader(self.head)
        self.setVerticalScrollBar(self._edge)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(1)  # while there are no rows: with a million it takes minutes
        self.setModel(model)
        self.setItemDelegate(self._painter)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setCornerButtonEnabled(False)
        self.setCornerWidget(QWidget())  # else Qt draws a box where two scroll bars meet
        self.setTabKeyNavigation(False)
        self.setProperty("ring", False)  # the current row is what shows the focus
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.dress()
        model.rows.grey.connect(self.viewport().update)
        model.dataChanged.connect(lambda *_ignored: self._told())

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._solid:
            p = QPainter(self.viewport())
            p.fillRect(event.rect(), theme()["surface"])
            p.end()
        super().paintEvent(event)

    def draw_edge(self, p: QPainter, corner: QPoint, width: int) -> None:
        """Paint the right end of header and rows into the scroll bar; `corner` is where this view begins in it."""
        head = QRectF(-self.width(), corner.y(), self.width() + width, self.head.height())
        self.head.draw_ground(p, head, QRectF(0, head.y(), width, head.height()))
        p.setClipping(False)
        top, rows, high = head.bottom(), self.rowAt(0), self.verticalHeader().defaultSectionSize()
        if rows < 0:
            return
        for row in range(rows, self._own.rowCount()):
            y = round(top) + self.rowViewportPosition(row)
            if y > self.height():
                break
            chosen = self._own.is_checked(row) or self.selectionModel().isRowSelected(row)
            p.setClipRect(QRectF(0, top, width, self.viewport().height()))
            self._painter.draw_ground(p, QRect(0, y, width, high), row, chosen=chosen)

    def _told(self) -> None:
        self._edge.update()
        self.horizontalHeader().viewport().update()
        self.checks_changed.emit(self._own.checked_count())

    def dress(self) -> None:
        """Take row height and column widths from the theme in use."""
        t, head, side = theme(), self.horizontalHeader(), self.verticalHeader()
        side.setDefaultSectionSize(t.px(self._row))
        for at in range(self._own.columnCount()):
            column = self._own.column(at)
            width = round(column.width * t.scale) if column else t.px("icon") + 2 * t.px("s3")
            movable = QHeaderView.ResizeMode.Interactive if column and column.key else QHeaderView.ResizeMode.Fixed
            head.setSectionResizeMode(at, movable if width else QHeaderView.ResizeMode.Stretch)
            if width:
                self.setColumnWidth(at, width)
        self._fit()

    def _fit(self) -> None:
        """Let the column that takes what is left never get narrower than names need: then the table scrolls sideways."""
        head, least = self.horizontalHeader(), theme().px("name_column")
        free = [at for at in range(self._own.columnCount()) if (one := self._own.column(at)) and not one.width]
        taken = sum(self.columnWidth(at) for at in range(self._own.columnCount()) if at not in free)
        tight = taken + least * len(free) > self.viewport().width()
        self.setHorizontalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAsNeeded if tight and free else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )
        for at in free:
            head.setSectionResizeMode(at, QHeaderView.ResizeMode.Fixed if tight else QHeaderView.ResizeMode.Stretch)
            if tight:
                self.setColumnWidth(at, least)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def show_columns(self, columns: list[Column[R]]) -> None:
        """Show other columns of the same rows."""
        self._own.set_columns(columns)
        self.dress()

    def set_row(self, row: str) -> None:
        """Choose another row height: row, row_compact or row_two."""
        self._row = row
        self.dress()

    def current(self) -> R | None:
        """Return the record of the current row."""
        index = self.currentIndex()
        return self._own.record(index.row()) if index.isValid() else None

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:  # type: ignore[override]
        super().currentChanged(current, previous)
        self._edge.update()
        if current.isValid() and current.row() != previous.row():
            self.picked.emit(self._own.record(current.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() == Qt.Key.Key_Space and self._own.checks and index.isValid():
            self._own.toggle(index.row())
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and index.isValid():
            self.opened.emit(self._own.record(index.row()))
        elif event.key() in {Qt.Key.Key_Home, Qt.Key.Key_End} and self._own.rowCount():
            last = self._own.rowCount() - 1 if event.key() == Qt.Key.Key_End else 0
            self.setCurrentIndex(self._own.index(last, self._own.checks))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if self._own.checks and index.isValid() and index.column() == 0:
            self._own.toggle(index.row())
        else:
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and not (self._own.checks and index.column() == 0):
            self.opened.emit(self._own.record(index.row()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(int(event.position().y())))

    def leaveEvent(self, event: Any) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, row: int) -> None:
        if row != self._painter.hovered:
            self._painter.hovered = row
            self._edge.update()
            self.viewport().update()
