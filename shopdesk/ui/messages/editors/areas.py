"""Choosing how a picture is divided, and which of its parts one looks at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QWidget

from shopdesk.i18n import N_, _
from shopdesk.messages import LAYOUTS, areas
from shopdesk.messages.imagemaps import WIDTH
from shopdesk.ui import widgets as w
from shopdesk.ui.icons import paint_icon
from shopdesk.ui.paint import CENTER, blob, box, draw, smooth
from shopdesk.ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent

    from shopdesk.messages import Area

NAMES = {
    "one": N_("One place to tap"),
    "two_beside": N_("Two beside each other"),
    "two_below": N_("Two below each other"),
    "three_beside": N_("Three beside each other"),
    "one_over_two": N_("One above, two below"),
    "four": N_("Four"),
    "one_over_three": N_("One above, three below"),
    "six": N_("Six"),
}
VEIL = QColor(0, 0, 0, 70)


class _Layout(w.Painted):
    """A small drawing of one way to divide a picture."""

    def __init__(self, layout: str) -> None:
        super().__init__(_(NAMES[layout]))
        self._areas = areas(layout, WIDTH)
        self.setCheckable(True)
        w.tip(self, self.words)
        self.dress()

    def dress(self) -> None:
        """Take the size from the theme in use."""
        self.setFixedSize(theme().px("control"), theme().px("control"))

    def paintEvent(self, _event: object) -> None:
        p, t, on = smooth(self), theme(), self.isChecked()
        room = QRectF(self.rect())
        box(p, room, "accent_soft" if on else "surface", "accent" if on else "line_strong", t.radius("control"))
        inner = room.adjusted(8, 8, -8, -8)
        p.setPen(QPen(t["accent_text" if on else "text_3"], 1.25))
        for one in self._areas:
            scale = inner.width() / WIDTH
            p.drawRect(
                QRectF(inner.x() + one.x * scale, inner.y() + one.y * scale, one.width * scale, one.height * scale)
            )


class LayoutChoice(QWidget):
    """The ready ways to divide a picture; `chosen` carries the name of one."""

    chosen = Signal(str)

    def __init__(self, now: str) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self.tiles = {layout: _Layout(layout) for layout in LAYOUTS}
        for layout, tile in self.tiles.items():
            self._group.addButton(tile)
            tile.clicked.connect(lambda _on=False, layout=layout: self.chosen.emit(layout))
        if now in self.tiles:
            self.tiles[now].setChecked(True)
        self.setLayout(w.hbox(*self.tiles.values(), ..., gap="label_gap"))


class AreaPicture(QWidget):
    """The picture with its places to tap drawn on it; `chosen` carries the number of the one clicked or moved to."""

    chosen = Signal(int)

    def __init__(self, find: Callable[[], QImage | None]) -> None:
        super().__init__()
        self._find = find
        self._areas: Sequence[Area] = ()
        self._height, self._at = WIDTH, 0
        self._done: frozenset[int] = frozenset()
        self.setAccessibleName(_("Places to tap on the picture"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_areas(self, areas_: Sequence[Area], height: int, at: int, done: frozenset[int]) -> None:
        """Show the areas of a picture so high; `done` are those that do something."""
        self._areas, self._height, self._at, self._done = areas_, height, at, done
        self.setFixedSize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        width = 5 * theme().px("s12")
        return QSize(width, max(theme().px("s12"), min(2 * width, round(width * self._height / WIDTH))))

    def _room(self, area: Area) -> QRectF:
        across, down = self.width() / WIDTH, self.height() / max(1, self._height)
        return QRectF(area.x * across, area.y * down, area.width * across, area.height * down)

    def paintEvent(self, _event: object) -> None:
        p, t, found = smooth(self), theme(), self._find()
        whole = QRectF(self.rect())
        if found is None or found.isNull():
            blob(p, whole, "accent_softer", 0)
            side = t.px("icon_large")
            paint_icon(p, "image", "text_3", whole.center().x() - side / 2, whole.center().y() - side / 2, side)
        else:
            p.drawImage(whole, found)
            p.fillRect(whole, VEIL)
        for number, area in enumerate(self._areas):
            self._draw_area(number, self._room(area).adjusted(1.5, 1.5, -1.5, -1.5))

    def _draw_area(self, number: int, room: QRectF) -> None:
        p, t, on = smooth(self), theme(), number == self._at
        p.setPen(QPen(t["accent" if on else "line_strong"], 3 if on else 1.5))
        p.drawRect(room)
        side = t.px("count")
        mark = QRectF(room.x() + 6, room.y() + 6, side, side)
        blob(p, mark, "accent" if number in self._done or on else "surface", side / 2)
        tone = "on_accent" if number in self._done or on else "text_2"
        draw(p, QRect(round(mark.x()), round(mark.y()), side, side), str(number + 1), "caption", tone, True, CENTER)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for number, area in enumerate(self._areas):
            if self._room(area).contains(event.position()):
                self.chosen.emit(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key
        step = {key.Key_Left: -1, key.Key_Up: -1, key.Key_Right: 1, key.Key_Down: 1}.get(key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        elif 0 <= self._at + step < len(self._areas):
            self.chosen.emit(self._at + step)
