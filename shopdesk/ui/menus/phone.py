"""The menu on the customer's phone: the talk above, the menu below, its bar at the bottom; a tap does what it will do there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainterPath

from shopdesk.i18n import N_, for_customers
from shopdesk.ui.paint import CENTER, smooth
from shopdesk.ui.phone import Phone
from shopdesk.ui.theme import light

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent

    from shopdesk.ui.menus.draft import Draft

_SHELL, _BAR = 10, 40  # the frame's own measures, in the preview's px: a picture, not a control
_GREETING = N_("Thank you for adding us. Begin with the menu below.")


class MenuPhone(Phone):
    """`tapped` carries the number of the place; the bar shuts and opens the menu."""

    tapped = Signal(int)

    def __init__(self, draft: Draft) -> None:
        self._menu: QImage | None = None
        self._draft, self._open = draft, True
        super().__init__()
        draft.changed.connect(self.update)

    def show_shop(self, shop: str) -> None:
        """Be the talk with this shop."""
        self.show_talk(shop, [{"type": "text", "text": for_customers(_GREETING)}])

    def show_menu(self, picture: QImage | None) -> None:
        """Show another picture of the menu."""
        self._menu = picture
        self.update()

    def say(self, words: str) -> None:
        """Show what a tap has the friend say, or what it shows."""
        self.show_talk(self._shop, [*self._messages[:1], {"type": "text", "text": words}])

    def _screen_rect(self) -> QRectF:
        return QRectF(self.rect()).adjusted(_SHELL, _SHELL, -_SHELL, -_SHELL)

    def _bar(self) -> QRectF:
        screen = self._screen_rect()
        return QRectF(screen.x(), screen.bottom() - _BAR, screen.width(), _BAR)

    def _room(self) -> QRectF:
        bar, size = self._bar(), self._draft.size
        high = bar.width() * size.height / size.width
        return QRectF(bar.x(), bar.y() - high, bar.width(), high)

    def paintEvent(self, event: object) -> None:
        super().paintEvent(event)
        p, own, bar = smooth(self), light(), self._bar()
        path = QPainterPath()
        path.addRoundedRect(self._screen_rect(), own.radius("phone_screen"), own.radius("phone_screen"))
        p.setClipPath(path)
        p.fillRect(bar, own["phone_bar"])
        p.setFont(own.font("small", bold=True))
        p.setPen(own["phone_text"])
        p.drawText(
            bar, int(CENTER) | int(Qt.TextFlag.TextSingleLine), f"{self._draft.design.bar} {'▾' if self._open else '▴'}"
        )
        if self._open and self._menu is not None and not self._menu.isNull():
            p.setRenderHint(p.RenderHint.SmoothPixmapTransform)
            p.drawImage(self._room(), self._menu)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at, room, size = event.position(), self._room(), self._draft.size
        if self._bar().contains(at):
            self._turn()
        elif self._open and room.contains(at):
            scale = size.width / room.width()
            x, y = (at.x() - room.x()) * scale, (at.y() - room.y()) * scale
            places = enumerate(self._draft.tab.areas)
            met = [n for n, one in places if one.x <= x < one.x + one.width and one.y <= y < one.y + one.height]
            if met:
                self.tapped.emit(met[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Return}:
            self._turn()
        else:
            super().keyPressEvent(event)

    def _turn(self) -> None:
        self._open = not self._open
        self.update()
