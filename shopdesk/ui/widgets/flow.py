"""Short things side by side that go on in the next line where the room ends: chips, tags."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget

from shopdesk.ui.theme import theme
from shopdesk.ui.widgets.layouts import clear


class FlowLayout(QLayout):
    """Lays items from left to right and breaks lines; `gap` is a name of the theme."""

    def __init__(self, gap: str = "s2") -> None:
        super().__init__()
        self._gap = gap
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._lay(QRect(0, 0, width, 0), place=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._lay(rect, place=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _lay(self, rect: QRect, *, place: bool) -> int:
        gap, x, y, high = theme().px(self._gap), rect.x(), rect.y(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            hint = item.sizeHint()
            if x > rect.x() and x + hint.width() > rect.right() + 1:
                x, y, high = rect.x(), y + high + gap, 0
            if place:
                item.setGeometry(QRect(QPoint(x, y), QSize(min(hint.width(), rect.width()), hint.height())))
            x, high = x + hint.width() + gap, max(high, hint.height())
        return y + high - rect.y()


class Flow(QWidget):
    """A widget whose content flows; `show_items` replaces it."""

    def __init__(self, *items: QWidget, gap: str = "s2") -> None:
        super().__init__()
        self._layout = FlowLayout(gap)
        self.setLayout(self._layout)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.show_items(*items)

    def show_items(self, *items: QWidget) -> None:
        """Show these in place of what is there; what is not among them is let go."""
        for at in reversed(range(self._layout.count())):
            item = self._layout.itemAt(at)
            if item is not None and item.widget() in items:
                self._layout.takeAt(at)
        clear(self._layout)
        for one in items:
            self._layout.addWidget(one)
        self.updateGeometry()
