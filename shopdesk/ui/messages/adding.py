"""The sheet that shows every kind of bubble, to add one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from shopdesk.i18n import _
from shopdesk.ui import widgets as w
from shopdesk.ui.icons import paint_icon
from shopdesk.ui.messages.editors import KINDS, Kind
from shopdesk.ui.paint import blob, draw, smooth
from shopdesk.ui.theme import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

COLUMNS = 3


class KindTile(w.Painted):
    """One kind: its picture, its name and what it is good for."""

    def __init__(self, kind: Kind) -> None:
        super().__init__(_(kind.title))
        self._icon, self._purpose = kind.icon, _(kind.purpose)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.dress()

    def dress(self) -> None:
        """Take the size from the theme in use."""
        self.setFixedSize(5 * theme().px("s12"), theme().px("s12") + theme().px("s1"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: object) -> None:
        p, t, h = smooth(self), theme(), self.height()
        if self.underMouse() or self.hasFocus():
            blob(p, self.rect().toRectF(), "accent_softer", t.radius("control"))
        ground = QRect(t.px("s2"), (h - t.px("control")) // 2, t.px("control"), t.px("control"))
        blob(p, ground.toRectF(), "accent_soft", t.radius("control"))
        icon = t.px("icon")
        paint_icon(p, self._icon, "accent_text", ground.center().x() + 1 - icon / 2, (h - icon) / 2)
        at = ground.right() + t.px("s3")
        line, small = t.line("body"), t.line("caption")
        top = (h - line - small) // 2
        draw(p, QRect(at, top, self.width() - at - 4, line), self.words, "body", bold=True)
        draw(p, QRect(at, top + line, self.width() - at - 4, small), self._purpose, "caption", "text_2")


class KindSheet(QWidget):
    """`chosen` carries the kind. Arrow keys go from tile to tile, Esc closes it."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(_("Kinds of bubbles"))
        grid = QGridLayout()
        grid.setSpacing(theme().px("s1"))
        self.tiles = [KindTile(kind) for kind in KINDS]
        for at, (kind, tile) in enumerate(zip(KINDS, self.tiles, strict=True)):
            tile.clicked.connect(partial(self._take, kind))
            grid.addWidget(tile, at // COLUMNS, at % COLUMNS)
        self.setLayout(w.vbox(w.Card(grid, part="dialog", pad="s2")))

    def show_above(self, button: QWidget) -> None:
        """Show it above a button, or below where there is no room."""
        self.adjustSize()
        top = button.mapToGlobal(button.rect().topLeft())
        at = top - self.rect().bottomLeft()
        screen = button.screen().availableGeometry()
        at.setY(max(screen.top(), at.y()))
        at.setX(max(screen.left(), min(at.x(), screen.right() - self.width())))
        self.move(at)
        self.show()
        self.tiles[0].setFocus()

    def _take(self, kind: Kind, _on: bool = False) -> None:
        self.close()
        self.chosen.emit(kind)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key
        step = {key.Key_Left: -1, key.Key_Right: 1, key.Key_Up: -COLUMNS, key.Key_Down: COLUMNS}.get(key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        now = next((number for number, tile in enumerate(self.tiles) if tile.hasFocus()), 0)
        self.tiles[max(0, min(len(self.tiles) - 1, now + step))].setFocus()
