"""The menu itself, made smaller: its picture, its places to tap, one of them with corners to pull at. By mouse and by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from shopdesk.i18n import _
from shopdesk.line import limits
from shopdesk.ui.menus import geometry
from shopdesk.ui.menus.words import letter, spoken
from shopdesk.ui.paint import CENTER, blob, draw, smooth
from shopdesk.ui.theme import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter

    from shopdesk.menus import Area
    from shopdesk.ui.menus.draft import Draft

_HANDLE, _REACH, _STEP = 9, 10, 10
_AROUND = _HANDLE + 2
"""The corners of the outermost places stand out, and their lines have a width."""
_MOVES = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class Canvas(QWidget):
    """Arrow keys move the chosen place, with Shift they pull its lower right corner; Tab's neighbours are N and P; Delete removes it.

    On bare ground the mouse draws a new place; Escape lets go of what it draws, moves or pulls, as it was before.
    """

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self._draft = draft
        self._picture: QImage | None = None
        self._grip: tuple[int, int] | None = None
        self._from: tuple[int, int] | None = None
        self._before: Area | None = None
        self._drawn: Area | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        draft.changed.connect(self._look)
        self._look()

    def show_picture(self, picture: QImage | None) -> None:
        """Show another picture."""
        self._picture = picture
        self.update()

    def _look(self) -> None:
        area = self._draft.area
        said = spoken(self._draft.area_at, area, self._draft.design) if area else _("No place to tap yet")
        self.setAccessibleName(_("Places to tap: {now}").format(now=said))
        self.updateGeometry()
        self.update()

    # Size

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        size = self._draft.size
        return max(theme().px("s12"), round((width - _AROUND) * size.height / size.width) + _AROUND)

    def sizeHint(self) -> QSize:
        width = 9 * theme().px("s12")
        return QSize(width, self.heightForWidth(width))

    def _room(self) -> QRectF:
        """Where the menu lies: as large as fits, at the top, so that it stays where the form below grows."""
        size = self._draft.size
        across, down = self.width() - _AROUND, self.height() - _AROUND
        scale = max(0.01, min(across / size.width, down / size.height))
        width, height = size.width * scale, size.height * scale
        return QRectF((self.width() - width) / 2, _AROUND / 2, width, height)

    def _on_screen(self, area: Area) -> QRectF:
        room, size = self._room(), self._draft.size
        scale = room.width() / size.width
        return QRectF(room.x() + area.x * scale, room.y() + area.y * scale, area.width * scale, area.height * scale)

    def _in_menu(self, at: QPointF) -> tuple[int, int]:
        room, size = self._room(), self._draft.size
        scale = size.width / max(1.0, room.width())
        return round((at.x() - room.x()) * scale), round((at.y() - room.y()) * scale)

    # Drawing

    def paintEvent(self, _event: object) -> None:
        p, t, room = smooth(self), theme(), self._room()
        if self._picture is None or self._picture.isNull():
            blob(p, room, "accent_softer", t.radius("small"))
        else:
            p.setRenderHint(p.RenderHint.SmoothPixmapTransform)
            p.drawImage(room, self._picture)
        for number, area in enumerate(self._draft.tab.areas):
            if number != self._draft.area_at:
                self._draw_area(p, number, area, on=False)
        if self._draft.area is not None:
            self._draw_area(p, self._draft.area_at, self._draft.area, on=True)
        if self._drawn is not None:
            p.setPen(QPen(t["accent"], 2, Qt.PenStyle.DashLine))
            p.setBrush(Qt.BrushStyle.NoBrush)
            p.drawRect(self._on_screen(self._drawn))

    def _draw_area(self, p: QPainter, number: int, area: Area, *, on: bool) -> None:
        t, place = theme(), self._on_screen(area)
        p.setBrush(Qt.BrushStyle.NoBrush)
        p.setPen(QPen(t["accent"] if on else QColor(0, 0, 0, 60), 3 if on else 1))
        p.drawRect(place.adjusted(0.5, 0.5, -0.5, -0.5))
        side = t.px("count")
        mark = QRectF(place.x() + 6, place.y() + 6, side, side)
        blob(p, mark, "accent" if on else "card_text", t.radius("small"))
        draw(p, mark.toRect(), letter(number), "small", "on_accent" if on else "card_ink", True, CENTER)
        if on:
            for corner in self._corners(place):
                p.setPen(QPen(t["accent"], 1.5))
                p.setBrush(QColor("white"))
                p.drawRect(corner)

    @staticmethod
    def _corners(place: QRectF) -> list[QRectF]:
        half = _HANDLE / 2
        points = (QPointF(place.x() + place.width() * x, place.y() + place.height() * y) for x, y in geometry.CORNERS)
        return [QRectF(one.x() - half, one.y() - half, _HANDLE, _HANDLE) for one in points]

    # The mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        at = event.position()
        self._from, self._drawn = self._in_menu(at), None
        self._grip = self._grip_at(at)
        if self._grip is None:
            met = self._area_at(at)
            if met is not None:
                self._draft.look_at(area=met)
            elif len(self._draft.tab.areas) >= limits.MENU_AREAS or not self._room().contains(at):
                self._from = None
            self._before = self._draft.area if met is not None else None
        else:
            self._before = self._draft.area
        self._draft.end_step()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if self._from is None:
            self._point(at)
            return
        x, y = self._in_menu(at)
        size, reach = self._draft.size, round(_REACH * self._draft.size.width / max(1.0, self._room().width()))
        others = [one for number, one in enumerate(self._draft.tab.areas) if number != self._draft.area_at]
        across, down = geometry.lines_of(others if self._before else self._draft.tab.areas, size)
        if self._before is None:
            to = geometry.snapped(x, across, reach), geometry.snapped(y, down, reach)
            start = geometry.snapped(self._from[0], across, reach), geometry.snapped(self._from[1], down, reach)
            self._drawn = geometry.between(*start, *to, size)
            self.update()
        elif self._grip is not None:
            to = geometry.snapped(x, across, reach), geometry.snapped(y, down, reach)
            self._draft.put_area(geometry.pulled(self._before, self._grip, *to, size), "pull")
        else:
            went = geometry.moved(self._before, x - self._from[0], y - self._from[1], size)
            to = geometry.snapped(went.x, across, reach), geometry.snapped(went.y, down, reach)
            self._draft.put_area(geometry.moved(went, to[0] - went.x, to[1] - went.y, size), "move")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            made = self._drawn
            self._let_go()
            if made is not None:
                self._draft.add_area(made)

    def _let_go(self) -> None:
        self._drawn = self._from = self._grip = self._before = None
        self._draft.end_step()
        self.update()

    def _area_at(self, at: QPointF) -> int | None:
        """The place at a point; of several that lie there the chosen one, so that it can be moved."""
        there = [number for number, one in enumerate(self._draft.tab.areas) if self._on_screen(one).contains(at)]
        return self._draft.area_at if self._draft.area_at in there else next(iter(there), None)

    def _grip_at(self, at: QPointF) -> tuple[int, int] | None:
        if self._draft.area is None:
            return None
        corners = zip(geometry.CORNERS, self._corners(self._on_screen(self._draft.area)), strict=True)
        return next((corner for corner, box in corners if box.adjusted(-3, -3, 3, 3).contains(at)), None)

    def _point(self, at: QPointF) -> None:
        grip = self._grip_at(at)
        if grip is not None:
            falling = grip in {(0, 0), (1, 1)}
            self.setCursor(Qt.CursorShape.SizeFDiagCursor if falling else Qt.CursorShape.SizeBDiagCursor)
        else:
            inside = self._area_at(at) is not None
            self.setCursor(Qt.CursorShape.PointingHandCursor if inside else Qt.CursorShape.CrossCursor)

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, draft = Qt.Key(event.key()), self._draft
        if self._from is not None:  # the mouse holds a place: nothing else happens to it meanwhile
            moved = self._before is not None and self._before != draft.area
            if key == Qt.Key.Key_Escape:
                self._let_go()
                if moved:
                    draft.undo()
        elif key in {Qt.Key.Key_N, Qt.Key.Key_P} and draft.tab.areas:
            draft.look_at(area=(draft.area_at + (1 if key == Qt.Key.Key_N else -1)) % len(draft.tab.areas))
        elif draft.area is None or (key not in _MOVES and key not in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}):
            super().keyPressEvent(event)
        elif key not in _MOVES:
            draft.remove_area()
        else:
            fine = 1 if event.modifiers() & Qt.KeyboardModifier.AltModifier else _STEP
            dx, dy = (fine * one for one in _MOVES[key])
            area, size = draft.area, draft.size
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                to = area.x + area.width + dx, area.y + area.height + dy
                draft.put_area(geometry.pulled(area, (1, 1), *to, size), "keys")
            else:
                draft.put_area(geometry.moved(area, dx, dy, size), "keys")
