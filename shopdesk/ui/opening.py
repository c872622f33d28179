"""The opening window: painted after Qt alone, in the place and the colours of the shop's window, which follows it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QCoreApplication, QEventLoop, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

from shopdesk.i18n import _
from shopdesk.paths import resources
from shopdesk.ui.tasks import wait_for
from shopdesk.ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent, QPaintEvent

T = TypeVar("T")
PAINTED_WITHIN_SECONDS = 0.5


class Opening(QWidget):
    """Stands until the shop is open; it cannot be closed before. It imports no other widget: each costs the first paint."""

    def __init__(self) -> None:
        super().__init__()
        t, logo = theme(), str(resources() / "icons" / "shopdesk.svg")
        self.painted = False
        self._logo = QSvgRenderer(logo, self)
        self.setWindowTitle("ShopDesk")
        self.setWindowIcon(QIcon(logo))
        self.resize(t.px("window_width"), t.px("window_height"))
        self.setMinimumSize(t.px("window_least_width"), t.px("window_least_height"))

    def during(self, work: Callable[[], T]) -> T:
        """Do `work` off the screen's thread with this window shown; return what it returns or raise what it raises."""
        self.show()
        until = time.monotonic() + PAINTED_WITHIN_SECONDS
        while not self.painted and time.monotonic() < until:  # before the work begins to take the interpreter's time
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)
        return wait_for(work)

    def hand_place_to(self, window: QWidget) -> None:
        """Put the window that follows where this one stands."""
        window.setGeometry(self.normalGeometry() if self.isMaximized() else self.geometry())
        window.setWindowState(self.windowState())

    def make_way(self) -> None:
        """Go, once the window that now stands over this one has been painted."""
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        self.painted = True
        t, p = theme(), QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        sidebar = t.px("sidebar_narrow" if self.width() < t.px("narrow_below") else "sidebar")
        p.fillRect(self.rect(), t["window"])
        p.fillRect(0, 0, sidebar, self.height(), t["sidebar"])
        p.fillRect(sidebar - 1, 0, 1, self.height(), t["line"])
        self._logo.render(
            p, QRectF(t.px("label_gap") + t.px("mid"), t.px("s3") + t.px("s1"), t.px("logo"), t.px("logo"))
        )
        p.setFont(t.font("body"))
        p.setPen(t["text_2"])
        p.drawText(self.rect().adjusted(sidebar, 0, 0, 0), Qt.AlignmentFlag.AlignCenter, _("Opening the shop…"))

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
