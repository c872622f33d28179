"""What every counter is made of: its head, one screen at a time, the scanner and the camera."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QStackedWidget, QWidget

from shopdesk.i18n import _, _n
from shopdesk.logs import log_file
from shopdesk.paths import resources
from shopdesk.ui.amounts import number
from shopdesk.ui.counter.camera import Camera
from shopdesk.ui.counter.head import Head
from shopdesk.ui.counter.scanner import Scanner
from shopdesk.ui.counter.serving import Serving
from shopdesk.ui.counter.setup import till_name
from shopdesk.ui.counter.sounds import Sounds
from shopdesk.ui.counter.till import Till
from shopdesk.ui.counter.wait import Wait
from shopdesk.ui.notices import Notices
from shopdesk.ui.screen import Screen as Remembered
from shopdesk.ui.tasks import Tasks
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets import Banner, hbox, holder, vbox

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent, QShowEvent

    from shopdesk.shop import Shop
    from shopdesk.ui.counter.scanner import Scan

MUTED = "till_muted"
"""What this computer remembers: every till has a home of its own."""


class CounterFrame(QWidget):
    """A window for a queue, full screen; F11 makes it a smaller one. `left` tells that somebody who may has left it."""

    left = Signal()

    def __init__(self, shop: Shop, kind: type[Till] = Till) -> None:
        super().__init__()
        self._shop, self._clock = shop, shop.clock
        # Lanes of its own: a queue at the till never waits behind what somebody does at the desk.
        self.tasks = Tasks(interrupt=shop.database.interrupt)
        self._notices = Notices(log_file(shop.home.logs))  # said here, not behind the counter
        self.tasks.default_failed = self._notices.sentence
        self._remembered = Remembered(shop.home)
        self.sounds = Sounds(self, muted=self._remembered.get(MUTED) == "yes")
        till = kind(shop, till_name(self._remembered))
        self.serving = Serving(till, self.tasks, self._clock, self.sounds)
        self.camera, self.head = Camera(self.tasks), Head(self._clock)
        self.banner = Banner("warning", "")
        self.banner_line = holder(hbox((self.banner, 1), margin=("s6", "s2", "s6", "")))
        self.banner_line.hide()
        self._stack = QStackedWidget()
        self.setLayout(vbox(self.head, self.banner_line, (self._stack, 1)))
        for screen in (*self.serving.screens.all(), self.camera):
            self._stack.addWidget(screen)
        self._notices.attach(self._stack)
        self._wait = Wait(self)
        self._scanner: Scanner | None = None
        self._ended = False
        self.setWindowTitle(_("Counter"))
        self.setWindowIcon(QIcon(str(resources() / "icons" / "shopdesk.svg")))
        self.resize(theme().px("counter_width"), theme().px("counter_height"))
        self.serving.shows.connect(self._serve)
        self.serving.waits.connect(self._wait.show_waiting)
        for one in (self.serving.screens.waiting, self.serving.screens.result):
            one.camera.connect(lambda: self.show_screen(self.camera))
        self.camera.read.connect(self.serving.scan)
        self.camera.closed.connect(self.serving.next_customer)
        self.head.leave.connect(self.leave)

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

    def say_away(self, fact: str) -> None:
        """Say below the head that the data is out of reach, and how many visits wait for it."""
        advice = _("Visits are noted on this computer and counted when the connection is back.")
        noted = self.serving.till.noted()
        if noted:
            said = _n(
                "{n} visit is noted and counted when the connection is back.",
                "{n} visits are noted and counted when the connection is back.",
                noted,
            )
            advice = said.format(n=number(noted))
        self.banner.say(fact, advice)
        self.banner_line.show()

    def leave(self) -> None:
        """Leave the counter."""
        self.left.emit()

    def _serve(self, screen: QWidget) -> None:
        """Show what serving brings."""
        self.show_screen(screen)

    def _scanned(self, scan: Scan) -> None:
        self.serving.scan(scan.text)

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
