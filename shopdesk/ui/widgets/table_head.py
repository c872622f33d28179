"""The head of a table: names of columns, the box that checks all, the arrow of the sort; it paints itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QHeaderView

from shopdesk.ui.paint import RIGHT, advance, draw, smooth
from shopdesk.ui.style import ROUND, check_box
from shopdesk.ui.theme import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QTableView

    from shopdesk.ui.widgets.table_model import Column, LazyTableModel


class Head(QHeaderView):
    """Column names on a sunken ground, round at the top like the card it lies in; the first box checks all.

    `sort_wanted` carries the key of a column that was clicked, `widened` key and width (px at the standard text size).
    """

    sort_wanted = Signal(str)
    widened = Signal(str, int)

    def __init__(self, parent: QTableView, *, square: bool) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._table, self._square = parent, square
        self._sorted: tuple[str, bool] = ("", False)
        self._before: list[int] = []
        self.setMinimumSectionSize(theme().px("s10"))
        self.setHighlightSections(False)
        self.dress()

    def dress(self) -> None:
        """Take the height from the theme in use."""
        self.setFixedHeight(theme().px("table_header"))

    def show_sort(self, key: str, *, descending: bool) -> None:
        """Draw an arrow at the column the list is sorted by."""
        self._sorted = (key, descending)
        self.viewport().update()

    def _model(self) -> LazyTableModel[Any]:
        model: LazyTableModel[Any] = self.model()  # type: ignore[assignment]
        return model

    def paintEvent(self, event: Any) -> None:
        p, r = smooth(self.viewport()), QRectF(self.viewport().rect())
        beyond = self._table.verticalScrollBar().isVisible()  # then the corner is the bar's
        self.draw_ground(p, r.adjusted(0, 0, r.height() if beyond else 0, 0), r)
        p.end()
        super().paintEvent(event)

    def draw_ground(self, p: QPainter, whole: QRectF, seen: QRectF) -> None:
        """Paint what lies under the names, as far as it is seen: round at the top corners, and the line below."""
        radius = 0 if self._square else theme().radius("card") - 1
        path = QPainterPath()
        path.addRoundedRect(whole.adjusted(0, 0, 0, radius + 1), radius, radius)
        p.setClipRect(seen)
        p.fillPath(path, theme()["sunken"])
        p.fillRect(QRectF(seen.x(), whole.bottom() - 1, seen.width(), 1), theme()["line"])

    def paintSection(self, p: QPainter, rect: QRect, section: int) -> None:
        model, side, icon = self._model(), theme().px("s3"), theme().px("icon")
        column = model.column(section)
        if column is None:
            box = QRectF(rect.x() + side, rect.y() + (rect.height() - icon) / 2, icon, icon)
            number = model.checked_count()
            every = bool(number) and number == model.rowCount()
            check_box(p, box, on=every, partly=bool(number) and not every)
        else:
            self._title(p, rect.adjusted(side, 0, -side, -1), column)

    def _title(self, p: QPainter, inner: QRect, column: Column[Any]) -> None:
        if not column.key or column.key != self._sorted[0]:
            draw(p, inner, column.title, "small", "text_2", bold=True, align=column.align)
            return
        room = theme().px("s4")
        draw(p, inner.adjusted(0, 0, -room, 0), column.title, "small", "accent_text", bold=True, align=column.align)
        words = min(round(advance(column.title, "small", bold=True)), inner.width() - room)
        left = inner.right() - room if column.align == RIGHT else inner.x() + words
        unit, way = theme().px("s1") * 0.75, 1 if self._sorted[1] else -1
        middle = QPointF(left + room / 2 + 1, inner.center().y() + 0.5)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.setPen(QPen(theme()["accent_text"], 1.5, *ROUND))
        p.drawPolyline([middle + QPointF(x, y * way) * unit for x, y in ((-1.2, -0.6), (0, 0.6), (1.2, -0.6))])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._before = [self.sectionSize(at) for at in range(self.count())]

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        at = self.logicalIndexAt(event.position().toPoint())
        if self._told_widths() or at < 0:
            return
        column = self._model().column(at)
        if column is None:
            self._model().toggle_all()
            self.viewport().update()
        elif column.key:
            self.sort_wanted.emit(column.key)

    def _told_widths(self) -> bool:
        """Say which columns were made wider by this drag; False when it was a click."""
        changed = [at for at, size in enumerate(self._before) if size != self.sectionSize(at)]
        for at in changed:
            column = self._model().column(at)
            if column is not None and column.width:
                self.widened.emit(column.key, round(self.sectionSize(at) / theme().scale))
        return bool(changed)
