"""The sign beside the clock: how many friends wait, who has just written, and the way back to a hidden window."""

from __future__ import annotations

import sys
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF
from PySide6.QtGui import QGuiApplication, QIcon, QPixmap
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from shopdesk.i18n import _, _n
from shopdesk.paths import resources
from shopdesk.ui.paint import smooth
from shopdesk.ui.widgets.buttons import popup_menu
from shopdesk.ui.widgets.marks import draw_count

if TYPE_CHECKING:
    from shopdesk.ui.main_window import MainWindow

_SIDE, _BUBBLE = 64, 40
_STAYS_MS = 10_000


class Tray(QObject):
    """Make one where `there()`."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._friend = 0
        self._icon = QSystemTrayIcon(badged(0), self)
        self._menu = popup_menu(window, [(_("Open ShopDesk"), self._open), None, (_("Quit"), self._quit)])
        self._icon.setContextMenu(self._menu)
        self._icon.activated.connect(self._activated)
        self._icon.messageClicked.connect(self._clicked)
        self._icon.show()

    @staticmethod
    def there() -> bool:
        """Whether this computer has a place for the sign."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    def stay(self, *, on: bool) -> None:
        """Let closing the window only hide it, or end the program."""
        self._window.stays_in_tray = on
        QApplication.setQuitOnLastWindowClosed(not on)

    def leave(self) -> None:
        """Take the sign away: the program ends."""
        self.stay(on=False)
        self._icon.hide()

    def show_count(self, waiting: int) -> None:
        """Show how many friends wait for an answer."""
        self._icon.setIcon(badged(waiting))
        words = _n("{n} friend waits for an answer", "{n} friends wait for an answer", waiting).format(n=waiting)
        self._icon.setToolTip(f"ShopDesk – {words}" if waiting else "ShopDesk")
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.setBadgeNumber(waiting)

    def say(self, title: str, words: str, friend_id: int) -> None:
        """Tell of a new talk; a click on it opens that talk."""
        self._friend = friend_id
        if sys.platform.startswith("linux"):  # desktops there may take < and & for markup
            title, words = escape(title, quote=False), escape(words, quote=False)
        self._icon.showMessage(title, words, badged(0), _STAYS_MS)

    def _open(self) -> None:
        self._window.bring_to_front()

    def _clicked(self) -> None:
        self._open()
        self._window.show_page("talks", **({"friend": self._friend} if self._friend else {}))

    def _activated(self, why: QSystemTrayIcon.ActivationReason) -> None:
        if why in {QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick}:
            self._open()

    def _quit(self) -> None:
        self.leave()
        self._window.close_for_good()
        QApplication.quit()


def badged(count: int) -> QIcon:
    """Return the program's sign, with a number in its corner where there is one."""
    pixmap = QPixmap(QIcon(str(resources() / "icons" / "shopdesk.svg")).pixmap(_SIDE, _SIDE))
    if count:
        p = smooth(pixmap)
        p.translate(_SIDE - _BUBBLE, 0)
        p.scale(_BUBBLE / 20, _BUBBLE / 20)
        draw_count(p, QRectF(0, 0, 20, 20), count)
        p.end()
    return QIcon(pixmap)
