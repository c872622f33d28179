"""What was done, said once at the bottom of the window, with the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QTimer
from PySide6.QtWidgets import QGraphicsDropShadowEffect, QWidget

from shopdesk.ui.icons import Icon
from shopdesk.ui.paint import blob, smooth
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets.buttons import Button
from shopdesk.ui.widgets.layouts import hbox
from shopdesk.ui.widgets.text import elided

if TYPE_CHECKING:
    from collections.abc import Callable


class Toast(QWidget):
    """One line over the bottom middle of `host`, news below the head of its page; stays 6 s, and as long as the pointer is on it."""

    def __init__(
        self,
        host: QWidget,
        words: str,
        action: str = "",
        does: Callable[[], object] | None = None,
        *,
        wrong: bool = False,
        news: bool = False,
    ) -> None:
        super().__init__(host)
        self._host, self._does, self._news = host, does, news
        self.setAccessibleName(words)
        self._words = elided(words, "body", "tip_text")
        sign = Icon("message-circle" if news else "circle-alert" if wrong else "circle-check", "tip_text")
        self.action = Button(action, "tip", does=self._act) if action else None
        self.setLayout(hbox(sign, self._words, self.action, gap="mid", margin=("button_side", "mid")))
        _x, y, blur, colour = theme().shadow("popup")
        shadow = QGraphicsDropShadowEffect(self, blurRadius=blur, offset=QPointF(0, y))
        shadow.setColor(colour)
        self.setGraphicsEffect(shadow)
        self._timer = QTimer(self, singleShot=True, interval=theme().ms("toast_stays"))
        self._timer.timeout.connect(self.close_toast)
        host.installEventFilter(self)
        self._place()
        self.show()
        self.raise_()
        self._timer.start()

    def close_toast(self) -> None:
        """Go away."""
        self._host.removeEventFilter(self)
        self.hide()
        self.deleteLater()

    def _act(self) -> None:
        self.close_toast()
        if self._does is not None:
            self._does()

    def _place(self) -> None:
        host, t = self._host, theme()
        width = min(self.sizeHint().width(), host.width() - 2 * t.px("page_side"))
        self.resize(width, t.px("toast"))
        bar = t.px("s12") + t.px("s8")  # what can be done stands in a bar at the foot of a page: it stays free
        head = t.px("s12") + t.px("s8") + t.px("s2")
        # Nobody asked for news: it covers neither a button of the head nor a field that is being filled in.
        down = head if self._news else host.height() - t.px("toast") - bar
        self.move((host.width() - width) // 2, down)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def enterEvent(self, _event: object) -> None:
        self._timer.stop()

    def leaveEvent(self, _event: object) -> None:
        self._timer.start()

    def paintEvent(self, _event: object) -> None:
        p = smooth(self)
        blob(p, QRectF(self.rect()), "tip", theme().radius("toast"))
