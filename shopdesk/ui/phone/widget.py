"""The phone that shows what a customer will get. It keeps its own colours, light or dark, and draws plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from shopdesk.i18n import _
from shopdesk.ui.icons import paint_icon
from shopdesk.ui.paint import LEFT, blob, smooth
from shopdesk.ui.phone.blocks import Look
from shopdesk.ui.phone.talk import Talk, write
from shopdesk.ui.theme import light

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QImage, QKeyEvent, QPainter, QWheelEvent

    from shopdesk.ui.phone.blocks import Pictures
    from shopdesk.ui.theme import Scheme

Message = dict[str, Any]
SHELL, TOP, BOTTOM = 10, 44, 40  # the frame's own measures, in the preview's px: a picture, not a control
_STEP = 60


def no_pictures(_address: str) -> QImage | None:
    """Know no picture."""
    return None


class Phone(QWidget):
    """A talk as the customer sees it. What is longer or wider than the screen moves with the wheel and the arrow keys."""

    def __init__(
        self,
        shop: str = "",
        messages: Sequence[Message] = (),
        *,
        scheme: Scheme = "light",
        pictures: Pictures = no_pictures,
    ) -> None:
        super().__init__()
        self._shop, self._messages, self._pictures = shop, list(messages), pictures
        self._look = Look.of(scheme, pictures)
        self._down = self._aside = 0.0
        self.setFixedWidth(light().px("phone_width"))
        self.setMinimumHeight(light().px("phone_width"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.show_talk(shop, messages)

    def show_talk(self, shop: str, messages: Sequence[Message]) -> None:
        """Show other messages, each with the placeholders already filled in for a real person."""
        self._shop, self._messages = shop, list(messages)
        self.setAccessibleName("\n".join([_("Preview"), *map(_said, self._messages)]))
        self._down = self._aside = 0.0
        self.lay_out()

    def show_scheme(self, scheme: Scheme) -> None:
        """Be a phone in light or in dark colours."""
        self._look = Look.of(scheme, self._pictures)
        self.lay_out()

    def lay_out(self) -> None:
        """Lay the talk out again, for example because a picture has come."""
        self._talk = Talk.of(self._look, self._shop, self._messages)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(light().px("phone_width"), 2 * light().px("phone_width"))

    def wheelEvent(self, event: QWheelEvent) -> None:
        delta = event.angleDelta()
        aside = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._move(-delta.y() / 2 if aside else -delta.x() / 2, 0.0 if aside else -delta.y() / 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key
        moves = {
            key.Key_Down: (0, _STEP),
            key.Key_Up: (0, -_STEP),
            key.Key_Right: (_STEP, 0),
            key.Key_Left: (-_STEP, 0),
        }
        if event.key() in moves:
            self._move(*moves[key(event.key())])
        else:
            super().keyPressEvent(event)

    def _move(self, aside: float, down: float) -> None:
        screen = self._screen()
        self._down = max(0.0, min(self._talk.height - screen.height(), self._down + down))
        self._aside = max(0.0, min(self._talk.widest - screen.width(), self._aside + aside))
        self.update()

    def _screen(self) -> QRect:
        return QRect(SHELL, SHELL + TOP, self.width() - 2 * SHELL, self.height() - 2 * SHELL - TOP - BOTTOM)

    def paintEvent(self, _event: object) -> None:
        p, own, w, h = smooth(self), self._look.own, self.width(), self.height()
        blob(p, QRectF(self.rect()), own["phone_shell"], own.radius("phone"))
        blob(p, QRectF(SHELL, SHELL, w - 2 * SHELL, h - 2 * SHELL), own["phone_bar"], own.radius("phone_screen"))
        talk = self._screen()
        p.fillRect(talk, own["talk_back"])
        self._bars(p, talk)
        p.setClipRect(talk)  # straight edges: nothing to go jagged
        p.translate(talk.x(), talk.y() - self._down)
        self._talk.draw(p, talk.width(), self._aside)

    def _bars(self, p: QPainter, talk: QRect) -> None:
        own, x, low = self._look.own, talk.x() + light().px("button_side"), talk.bottom() + 12
        small = own.px("icon_small")
        paint_icon(p, "arrow-left", own["phone_text"], x, talk.y() - 30, small)
        write(self._look, p, QRectF(x + 24, SHELL, talk.width() - 60, TOP), self._shop, "body_bold", "phone_text", LEFT)
        paint_icon(p, "plus", own["phone_icon"], x, low, small)
        paint_icon(p, "smile", own["phone_icon"], talk.right() - 30, low, small)
        blob(p, QRectF(talk.x() + 40, low - 5, talk.width() - 80, 26), own["phone_input"], 13)


class BubbleView(QWidget):
    """Messages on the talk's ground without the phone around them: beside the result of a broadcast."""

    def __init__(self, *messages: Message, pictures: Pictures = no_pictures) -> None:
        super().__init__()
        self._look = Look.of("light", pictures)
        self.show_messages(*messages)

    def show_messages(self, *messages: Message) -> None:
        """Show other messages."""
        self.setAccessibleName("\n".join(map(_said, messages)))
        talk = self._talk = Talk.of(self._look, "", messages)
        self.setFixedHeight(round(sum(one.height + light().px("s2") for one, _m in talk.rows)) + light().px("s4"))
        self.update()

    def paintEvent(self, _event: object) -> None:
        p, own = smooth(self), self._look.own
        blob(p, QRectF(self.rect()), own["talk_back"], own.radius("control"))
        y = float(own.px("s3"))
        for block, _message in self._talk.rows:
            block.paint(p, own.px("s3"), y)
            y += block.height + own.px("s2")


def _said(message: Message) -> str:
    return str(message.get("text") or message.get("altText") or message.get("title") or message.get("type") or "")
