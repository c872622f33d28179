"""Who sees what at this computer: the lock over the shop's window, and the counter as a window of its own.

Where nobody is registered nothing is locked. Once somebody is, the shop's window opens locked; counter staff get to the counter and no
further, and the shop's window stays out of sight until an owner or a manager leaves the counter with the own PIN.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QDialog

from shopdesk.changes import Topic
from shopdesk.i18n import _
from shopdesk.ui.pages import COUNTER, load
from shopdesk.ui.staff.idle import Idle
from shopdesk.ui.staff.lock import LockScreen

if TYPE_CHECKING:
    from shopdesk.staff import Member
    from shopdesk.ui.counter.window import CounterWindow
    from shopdesk.ui.main_window import MainWindow
    from shopdesk.ui.shop_page import Desk


class Doorkeeper(QObject):
    """Opens, locks and shows the shop's window and the counter."""

    def __init__(self, desk: Desk, window: MainWindow) -> None:
        super().__init__()
        self._desk, self._shop, self._window = desk, desk.shop, window
        self._page = "home"
        self.counter: CounterWindow | None = None
        self.lock_screen = LockScreen(desk.shop.staff, desk.tasks, desk.shop.clock)
        self.lock_screen.signed_in.connect(self._signed_in)
        window.add_cover(self.lock_screen)
        window.counter_wanted.connect(self.open_counter)
        self._idle = Idle(self, self._minutes())
        self._idle.left.connect(self.lock)
        desk.live.on(self, {Topic.SETTINGS}, lambda: self._idle.set_minutes(self._minutes()))

    def open(self, page: str, *, counter: bool = False) -> None:
        """Show what this computer begins with: a page, the counter, or first of all who is there."""
        self._page = page
        if self._locks():
            self._shop.staff.sign_out()
        if counter:
            self.open_counter()
        elif self._locks():
            self._cover()
            self._window.show()
        else:
            self._window.show_page(page)
            self._window.show()

    def lock(self) -> None:
        """Lock whatever is seen, where there is somebody who could open it again."""
        if not self._locks():
            return
        if self.counter is not None and self.counter.isVisible():
            self.counter.lock()
            return
        for dialog in QApplication.topLevelWidgets():  # what is open above the window goes back without harm
            if isinstance(dialog, QDialog) and dialog.isVisible():
                dialog.reject()
        self._shop.staff.sign_out()
        self._page = self._window.current or self._page
        self._cover()

    def open_counter(self) -> None:
        """Open the counter; with staff registered the shop's window is not left behind it."""
        if self.counter is None:
            made = cast("CounterWindow", load(COUNTER)(self._desk))
            made.left.connect(self._counter_left)
            self.counter = made
        nobody = self._locks() and not self._shop.staff.actor.name
        self.counter.open(locked=nobody)
        if self._locks():
            self._window.hide()

    def close(self) -> None:
        """Watch no more, and end the counter where it was opened."""
        self._idle.end()
        if self.counter is not None:
            self.counter.end()
            self.counter = None

    def _locks(self) -> bool:
        return bool(self._shop.staff.members.all())

    def _minutes(self) -> int:
        return int(self._shop.settings.get("lock_minutes"))

    def _cover(self) -> None:
        self._window.cover(self.lock_screen)
        self.lock_screen.ask(_("The shop is locked"), _("Choose your name."))

    def _signed_in(self, member: Member) -> None:
        if member.role == "counter":
            self.open_counter()
            return
        self._uncover()

    def _counter_left(self) -> None:
        """Show the shop's window to whoever left the counter, before the counter goes: an application ends with its last window."""
        self._uncover()
        self._window.bring_to_front()
        if self.counter is not None:
            self.counter.hide()

    def _uncover(self) -> None:
        self._window.uncover()
        self._window.show_page(self._page)
