"""The phone that shows what a customer will get. It keeps its own colours in the dark theme and draws plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from shopdesk.i18n import _
from shopdesk.ui.icons import paint_icon
from shopdesk.ui.paint import CENTER, LEFT, Run, blob, lay_out, smooth
from shopdesk.ui.theme import light
from shopdesk.ui.widgets.marks import draw_avatar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter, QWheelEvent

SHELL, TOP, BOTTOM = 10, 44, 40  # the frame's own measures, in the preview's px: a picture, not a control


class Phone(QWidget):
    """A talk as the customer sees it: `show_talk(shop name, bubbles)`. Long talks scroll with the wheel."""

    def __init__(self, shop: str = "", bubbles: Sequence[str] = ()) -> None:
        super().__init__()
        self._shop, self._bubbles, self._scrolled = shop, list(bubbles), 0
        self.setFixedWidth(light().px("phone_width"))
        self.setMinimumHeight(light().px("phone_width"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.show_talk(shop, bubbles)

    def show_talk(self, shop: str, bubbles: Sequence[str]) -> None:
        """Show other bubbles, each with the placeholders already filled in for a real person."""
        self._shop, self._bubbles = shop, list(bubbles)
        self.setAccessibleName("\n".join([_("Preview"), *self._bubbles]))
        self._scrolled = 0
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(light().px("phone_width"), 2 * light().px("phone_width"))

    def wheelEvent(self, event: QWheelEvent) -> None:
        low = max(0, round(self._height_of_all()) - (self.height() - 2 * SHELL - TOP - BOTTOM))
        self._scrolled = max(0, min(low, self._scrolled - event.angleDelta().y() // 2))
        self.update()

    def _height_of_all(self) -> float:
        return (
            sum(bubble_height(text) + light().px("s2") for text in self._bubbles) + light().px("s10") + light().px("s2")
        )

    def paintEvent(self, _event: object) -> None:
        p, own, w, h = smooth(self), light(), self.width(), self.height()
        blob(p, QRectF(self.rect()), own["phone_shell"], own.radius("phone"))
        blob(p, QRectF(SHELL, SHELL, w - 2 * SHELL, h - 2 * SHELL), own["phone_bar"], own.radius("phone_screen"))
        talk = QRect(SHELL, SHELL + TOP, w - 2 * SHELL, h - 2 * SHELL - TOP - BOTTOM)
        p.fillRect(talk, own["talk_back"])
        self._bars(p, talk)
        p.setClipRect(talk)  # straight edges: nothing to go jagged
        p.translate(talk.x(), talk.y() - self._scrolled)
        draw_talk(p, talk.width(), self._shop, self._bubbles)

    def _bars(self, p: QPainter, talk: QRect) -> None:
        own, x, low = light(), talk.x() + light().px("button_side"), talk.bottom() + 12
        small = own.px("icon_small")
        paint_icon(p, "arrow-left", own["phone_text"], x, talk.y() - 30, small)
        _write(p, QRect(x + 24, SHELL, talk.width() - 60, TOP), self._shop, "body_bold", "phone_text")
        paint_icon(p, "plus", own["phone_icon"], x, low, small)
        paint_icon(p, "smile", own["phone_icon"], talk.right() - 30, low, small)
        blob(p, QRectF(talk.x() + 40, low - 5, talk.width() - 80, 26), own["phone_input"], 13)


class BubbleView(QWidget):
    """Bubbles on the talk's ground without the phone around them: beside the result of a broadcast."""

    def __init__(self, *bubbles: str) -> None:
        super().__init__()
        self._bubbles = list(bubbles)
        self.show_bubbles(*bubbles)

    def show_bubbles(self, *bubbles: str) -> None:
        """Show other bubbles."""
        self._bubbles = list(bubbles)
        self.setAccessibleName("\n".join(bubbles))
        self.setFixedHeight(round(sum(bubble_height(text) + light().px("s2") for text in bubbles)) + light().px("s4"))
        self.update()

    def paintEvent(self, _event: object) -> None:
        p, own = smooth(self), light()
        blob(p, QRectF(self.rect()), own["talk_back"], own.radius("control"))
        y = float(own.px("s3"))
        for text in self._bubbles:
            y += draw_bubble(p, own.px("s3"), y, text) + own.px("s2")


def draw_talk(p: QPainter, width: int, shop: str, bubbles: Sequence[str]) -> None:
    """Draw the day's mark, the shop's mark and the bubbles from the top."""
    own = light()
    blob(p, QRectF(width / 2 - 21, 12, 42, 20), own["phone_day"], 10)
    _write(p, QRect(0, 12, width, 20), _("Today"), "phone_small", "phone_day_text", CENTER)
    y = float(own.px("s10"))
    if bubbles:
        draw_avatar(p, QRectF(10, y, 28, 28), shop[:1], own)
    for text in bubbles:
        y += draw_bubble(p, 45, y, text) + own.px("s2")


def _lay_out(text: str):  # type: ignore[no-untyped-def]  # noqa: ANN202
    own = light()
    width = own.px("bubble") - 2 * own.px("s3")
    return lay_out([Run(text, tone="phone_text")], own.font("bubble"), own.font("bubble"), width, own.line("bubble"))


def bubble_height(text: str) -> float:
    """Return how high a bubble is, with its padding."""
    height: float = _lay_out(text)[1]
    return height + 2 * light().px("s2")


def draw_bubble(p: QPainter, x: float, y: float, text: str) -> float:
    """Draw one text bubble and return its height."""
    own, (layout, height) = light(), _lay_out(text)
    inside = max((layout.lineAt(i).naturalTextWidth() for i in range(layout.lineCount())), default=0.0)
    width = min(own.px("bubble"), inside + 2 * own.px("s3") + 1)
    whole = height + 2 * own.px("s2")
    blob(p, QRectF(x, y, width, whole), own["talk_theirs"], own.radius("bubble"))
    p.setPen(own["talk_text"])
    layout.draw(p, QPointF(x + own.px("s3"), y + own.px("s2")))
    return float(whole)


def _write(p: QPainter, rect: QRect, text: str, role: str, tone: str, align: Qt.AlignmentFlag = LEFT) -> None:
    p.setFont(light().font(role))
    p.setPen(light()[tone])
    p.drawText(QRectF(rect), int(align) | int(Qt.TextFlag.TextSingleLine), text)
