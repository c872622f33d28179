"""A page as a customer's phone shows it, drawn: the frame, the bar with a name, and room for what stands below. The same in the dark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainterPath
from PySide6.QtWidgets import QSizePolicy, QWidget

from shopdesk.japanese import phrased
from shopdesk.ui.paint import CENTER, blob, lines_of, smooth
from shopdesk.ui.theme import light

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

SHELL, BAR, SIDE = 10, 44, 12
"""The frame's own measures, in the preview's px: a picture, not a control."""


class PhoneFace(QWidget):
    """A phone; a subclass draws its page."""

    def __init__(self) -> None:
        super().__init__()
        self.bar = ""
        self.setFixedWidth(light().px("phone_width"))
        self.setMinimumHeight(2 * light().px("phone_width") - light().px("s12"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(light().px("phone_width"), 2 * light().px("phone_width"))

    def paintEvent(self, _event: object) -> None:
        p, own, whole = smooth(self), light(), QRectF(self.rect())
        blob(p, whole, own["phone_shell"], own.radius("phone"))
        screen = whole.adjusted(SHELL, SHELL, -SHELL, -SHELL)
        blob(p, screen, own["window"], own.radius("phone_screen"))
        path = QPainterPath()
        path.addRoundedRect(screen, own.radius("phone_screen"), own.radius("phone_screen"))
        p.setClipPath(path)
        self.draw_page(p, screen.adjusted(SIDE, BAR + SIDE, -SIDE, -SIDE))
        bar = QRectF(screen.x(), screen.y(), screen.width(), BAR)  # last: a page that moves goes below it
        p.fillRect(bar, own["surface"])
        p.fillRect(QRectF(bar.x(), bar.bottom() - 1, bar.width(), 1), own["line"])
        one_line(p, bar, self.bar, "body_bold", "text")

    def draw_page(self, p: QPainter, room: QRectF) -> None:
        """Draw what stands below the bar."""
        raise NotImplementedError


class Paragraph:
    """A paragraph in the phone's own font, laid out, its lines ending between phrases; the painter's pen is its colour."""

    def __init__(
        self, words: str, role: str, width: float, align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft
    ) -> None:
        own = light()
        self._layout, self._high = lines_of(phrased(words), own.font(role), width, own.line(role), align=align)

    def height(self) -> float:
        return self._high

    def draw(self, p: QPainter, at: QPointF) -> None:
        self._layout.draw(p, at)


def one_line(p: QPainter, room: QRectF, words: str, role: str, tone: str) -> None:
    """Draw one line in the middle of a room, cut with … where it does not fit."""
    own = light()
    p.setFont(own.font(role))
    p.setPen(own[tone])
    cut = p.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, round(room.width()) - 8)
    p.drawText(room, int(CENTER) | int(Qt.TextFlag.TextSingleLine), cut)
