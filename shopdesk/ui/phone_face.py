"""A page as a customer's phone shows it, drawn: the frame, the bar with a name, and room for what stands below. The same in the dark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainterPath, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from shopdesk.ui.paint import CENTER, blob, smooth
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
        bar = QRectF(screen.x(), screen.y(), screen.width(), BAR)
        p.fillRect(bar, own["surface"])
        p.fillRect(QRectF(bar.x(), bar.bottom() - 1, bar.width(), 1), own["line"])
        one_line(p, bar, self.bar, "body_bold", "text")
        self.draw_page(p, screen.adjusted(SIDE, BAR + SIDE, -SIDE, -SIDE))

    def draw_page(self, p: QPainter, room: QRectF) -> None:
        """Draw what stands below the bar."""
        raise NotImplementedError


class Paragraph:
    """A paragraph in the phone's own font, laid out; the painter's pen is its colour."""

    def __init__(
        self, words: str, role: str, width: float, align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft
    ) -> None:
        own, self._high = light(), 0.0
        # QTextLayout does not break at \n
        self._layout = QTextLayout(words.replace("\n", "\N{LINE SEPARATOR}"), own.font(role))
        option = QTextOption(align)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout.setTextOption(option)
        self._layout.beginLayout()
        while (row := self._layout.createLine()).isValid():
            row.setLineWidth(width)
            row.setPosition(QPointF(0, self._high + (own.line(role) - row.height()) / 2))
            self._high += own.line(role)
        self._layout.endLayout()

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
