"""The counter's own window: its head, one screen at a time, the scanner, and the lock."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QStackedWidget, QWidget

from shopdesk.changes import Topic
from shopdesk.i18n import _
from shopdesk.logs import log_file
from shopdesk.paths import resources
from shopdesk.staff import Act
from shopdesk.ui.counter.camera import Camera
from shopdesk.ui.counter.head import Head
from shopdesk.ui.counter.scanner import Scanner
from shopdesk.ui.counter.serving import Serving
from shopdesk.ui.counter.setup import Setup
from shopdesk.ui.counter.sounds import Sounds
from shopdesk.ui.counter.till import Till
from shopdesk.ui.counter.trying import Trying
from shopdesk.ui.counter.wait import Wait
from shopdesk.ui.loyalty.paperwork import Paperwork
from shopdesk.ui.notices import Notices
from shopdesk.ui.screen import Screen as Remembered
from shopdesk.ui.staff.lock import LockScreen
from shopdesk.ui.tasks import Tasks
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets import vbox

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent, QShowEvent

    from shopdesk.staff import Member
    from shopdesk.ui.counter.scanner import Scan
    from shopdesk.ui.shop_page import Desk

TILL, MUTED = "till", "till_muted"
"""What this computer remembers: every till has a home of its own."""


class CounterWindow(QWidget):
    """Full screen, F11 makes it a window. `left` tells that somebody who may has left the counter."""

    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._shop, self._clock = desk.shop, desk.shop.clock
        # Lanes of its own: a queue at the till never waits behind what somebody does at the desk.
        self.tasks = Tasks(interrupt=desk.shop.database.interrupt)
        self.tasks.default_failed = desk.notices.sentence
        notices = Notices(log_file(desk.shop.home.logs))  # said here, not behind the counter
        self._remembered = Remembered(desk.shop.home)
        self.sounds = Sounds(self, muted=self._remembered.get(MUTED) == "yes")
        till = Till(desk.shop, self._remembered.get(TILL) or _("Till {number}").format(number=1))
        self.serving = Serving(till, self.tasks, self._clock, self.sounds)
        self.lock_screen = LockScreen(desk.shop.staff, self.tasks, self._clock)
        self.camera, self.trying, self.setup = Camera(self.tasks), Trying(), Setup()
        self.head = Head(self._clock)
        self._stack = QStackedWidget()
        for screen in (*self.serving.screens.all(), self.lock_screen, self.camera, self.trying, self.setup):
            self._stack.addWidget(screen)
        notices.attach(self._stack)
        self._paperwork = Paperwork(self, replace(desk, tasks=self.tasks, notices=notices))
        self._wait = Wait(self)
        self._scanner: Scanner | None = None
        self._leaving = self._locked = self._ended = False
        self.locks = False
        self.setLayout(vbox(self.head, (self._stack, 1)))
        self.setWindowTitle(_("Counter"))
        self.setWindowIcon(QIcon(str(resources() / "icons" / "shopdesk.svg")))
        self.resize(theme().px("counter_width"), theme().px("counter_height"))
        self._connect()
        desk.live.on(self, {Topic.CARDS, Topic.COUPONS}, self._changed)
        desk.live.on(self, {Topic.SETTINGS, Topic.STAFF}, self._show_place)
        self._show_place()

    def _connect(self) -> None:
        serving, screens = self.serving, self.serving.screens
        serving.shows.connect(self._serve)
        serving.waits.connect(self._wait.show_waiting)
        serving.badge.connect(self._badge)
        screens.walk_in.printed.connect(lambda issued: self._paperwork.print_issued([issued]))
        for one in (screens.waiting, screens.result):
            one.camera.connect(lambda: self.show_screen(self.camera))
        self.camera.read.connect(serving.scan)
        for closed in (self.camera.closed, self.setup.closed):
            closed.connect(serving.next_customer)
        self.setup.done.connect(self._set_up)
        self.setup.try_scanner.connect(self._try_scanner)
        self.trying.closed.connect(self._open_setup)
        self.head.lock.connect(self.lock)
        self.head.setup.connect(self._open_setup)
        self.head.leave.connect(self.leave)
        self.lock_screen.signed_in.connect(self._signed_in)
        self.lock_screen.given_up.connect(serving.next_customer)

    # Screens

    def screen_shown(self) -> QWidget | None:
        """Return the screen at the front."""
        return self._stack.currentWidget()

    def show_screen(self, screen: QWidget) -> None:
        """Bring a screen to the front; the camera is let go of when it leaves."""
        if self.screen_shown() is self.camera and screen is not self.camera:
            self.camera.stop()
        self._stack.setCurrentWidget(screen)
        come = getattr(screen, "come", screen.setFocus)
        come()

    def _serve(self, screen: QWidget) -> None:
        """Show what serving brings; an answer that comes when somebody has locked the counter stays unseen."""
        if not self._locked:
            self.show_screen(screen)

    def open(self, *, locked: bool) -> None:
        """Show the window over the whole screen, locked or ready for the next customer."""
        self.showFullScreen()
        if locked:
            self.lock()
        else:
            self.serving.next_customer()

    # Locking and leaving

    def lock(self) -> None:
        """Let nobody act until somebody has signed in. Where nobody is registered there is nothing to lock."""
        if not self.locks:
            return
        self._shop.staff.sign_out()
        self.serving.forget()
        self._show_staff()
        self._leaving, self._locked = False, True
        self.lock_screen.ask(_("The counter is locked"), _("Choose your name, or scan your badge."))
        self.show_screen(self.lock_screen)

    def leave(self) -> None:
        """Leave the counter; where staff are registered an owner or a manager has to say so with the own PIN."""
        if not self.locks:
            self.left.emit()
            return
        self._leaving = True
        self.lock_screen.ask(
            _("Leave the counter"),
            _("An owner or a manager leaves it with the own PIN."),
            who=lambda member: member.role != "counter",
            back=bool(self._shop.staff.actor.name),
        )
        self.show_screen(self.lock_screen)

    def _signed_in(self, member: Member) -> None:
        self._locked = False
        self._show_staff()
        if self._leaving and member.role != "counter":
            self._leaving = False
            self.left.emit()
        else:
            self.serving.next_customer()

    def _badge(self, scanned: str) -> None:
        """Somebody's badge: they take over, with their PIN."""
        if self.locks:
            self.lock()
            self.lock_screen.take_badge(scanned)

    # Scanner

    def _scanned(self, scan: Scan) -> None:
        screen = self.screen_shown()
        if screen is self.lock_screen:
            self.lock_screen.take_badge(scan.text)
        elif screen is self.trying:
            self.trying.show_scan(scan)
        else:
            self.serving.scan(scan.text)

    def _try_scanner(self) -> None:
        self.trying.wait()
        self.show_screen(self.trying)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        handle = self.windowHandle()
        if self._scanner is None and handle is not None:
            self._scanner = Scanner(handle)
            self._scanner.scanned.connect(self._scanned)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange:
            self.head.hear(heard=self.isActiveWindow())

    # This till

    def _open_setup(self) -> None:
        if self.screen_shown() is not self.lock_screen:
            self.setup.show_till(
                self.serving.till.name, muted=self.sounds.muted, may_name=self._shop.staff.may(Act.ADJUST)
            )
            self.show_screen(self.setup)

    def _set_up(self, name: str, muted: bool) -> None:
        self.sounds.muted = muted
        self._remembered.keep(MUTED, "yes" if muted else "")
        if self._shop.staff.may(Act.ADJUST):
            self.serving.till.name = name
            self._remembered.keep(TILL, name)
        self._show_place()
        self.serving.next_customer()

    def _show_place(self) -> None:
        shop = str(self._shop.settings.get("shop_name")) or "ShopDesk"
        self.head.show_place(shop, self.serving.till.name)
        self.locks = bool(self._shop.staff.members.all())
        self._show_staff()

    def _show_staff(self) -> None:
        self.head.show_staff(self._shop.staff.actor.name if self.locks else "", locks=self.locks)

    def _changed(self) -> None:
        if self.screen_shown() is self.serving.screens.waiting:
            self.serving.refresh()

    # The window itself

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F11:
            self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._wait.place()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing by hand is leaving; the program itself ends it with `end`."""
        if not self._ended:
            event.ignore()
            QTimer.singleShot(0, self, self.leave)

    def end(self) -> None:
        """Go for good: the camera is let go of, what is being written is finished."""
        self._ended = True
        self.camera.stop()
        self.hide()
        self.tasks.close()
        self.deleteLater()
