"""Rows and columns whose gaps and margins are names of the theme and follow the text scale."""

from __future__ import annotations

from itertools import pairwise
from types import EllipsisType
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget

from shopdesk.ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Thing = QWidget | QLayout
Item = Thing | tuple[Thing, int] | str | EllipsisType | None
Margin = str | tuple[str, str] | tuple[str, str, str, str]


class _Spacing:
    """What a row and a column share: names of gaps, filled in from the theme."""

    def __init__(self, layout: QBoxLayout, items: Iterable[Item], gap: str, margin: Margin) -> None:
        self._gap, self._margin = gap, margin
        self._rooms: list[tuple[QSpacerItem, str]] = []
        for item in items:
            if item is not None:
                self._add(layout, item)
        self.fill(layout)

    def _add(self, layout: QBoxLayout, item: Thing | tuple[Thing, int] | str | EllipsisType) -> None:
        if isinstance(item, EllipsisType):
            layout.addStretch(1)
        elif isinstance(item, str):
            room = QSpacerItem(0, 0)
            self._rooms.append((room, item))
            layout.addSpacerItem(room)
        else:
            thing, stretch = item if isinstance(item, tuple) else (item, 0)
            if isinstance(thing, QLayout):
                layout.addLayout(thing, stretch)
            else:
                layout.addWidget(thing, stretch)

    def fill(self, layout: QBoxLayout) -> None:
        across = layout.direction() == QBoxLayout.Direction.LeftToRight
        layout.setSpacing(_px(self._gap))
        layout.setContentsMargins(*_margins(self._margin))
        fixed, free = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum
        for room, name in self._rooms:
            pixels = _px(name)
            room.changeSize(*((pixels, 0, fixed, free) if across else (0, pixels, free, fixed)))
        layout.invalidate()


def _px(name: str) -> int:
    return theme().px(name) if name else 0


def _margins(margin: Margin) -> Iterator[int]:
    if isinstance(margin, str):
        return iter([_px(margin)] * 4)
    if len(margin) == 2:
        across, down = margin
        return iter([_px(across), _px(down), _px(across), _px(down)])
    return iter([_px(name) for name in margin])


class _Row(QHBoxLayout):
    def __init__(self, items: Iterable[Item], gap: str, margin: Margin) -> None:
        super().__init__()
        self._spacing = _Spacing(self, items, gap, margin)

    def dress(self) -> None:
        self._spacing.fill(self)


class _Column(QVBoxLayout):
    def __init__(self, items: Iterable[Item], gap: str, margin: Margin) -> None:
        super().__init__()
        self._spacing = _Spacing(self, items, gap, margin)

    def dress(self) -> None:
        self._spacing.fill(self)


def hbox(*items: Item, gap: str = "s2", margin: Margin = "") -> QHBoxLayout:
    """Lay widgets and layouts side by side.

    `...` stretches, a name of the theme is room of that size, `(thing, stretch)` gives a share, None is left out.
    `margin` is one name, (across, down) or (left, top, right, bottom); the empty name is nothing.
    """
    return _Row(items, gap, margin)


def vbox(*items: Item, gap: str = "", margin: Margin = "") -> QVBoxLayout:
    """Lay widgets and layouts below each other; as `hbox`."""
    return _Column(items, gap, margin)


def holder(layout: QLayout) -> QWidget:
    """Return a widget that only holds a layout, to be shown and hidden as one."""
    made = QWidget()
    made.setLayout(layout)
    return made


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)


def tab_in_order(layout: QLayout | None) -> None:
    """Let Tab go through what lies in a layout from its beginning to its end, also where something came in later."""
    for one, following in pairwise(_stops(layout)):
        QWidget.setTabOrder(one, following)


def _stops(layout: QLayout | None) -> Iterator[QWidget]:
    items = (layout.itemAt(at) for at in range(layout.count())) if layout is not None else ()
    for item in filter(None, items):
        widget = item.widget()
        if widget is not None and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            yield widget
        yield from _stops(item.layout() if widget is None else widget.layout())
