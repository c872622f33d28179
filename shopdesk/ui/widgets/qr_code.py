"""A QR code, on the screen and on paper: dark on light in every theme, many phones read nothing else."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QWidget

from shopdesk import qr
from shopdesk.i18n import _
from shopdesk.ui.theme import theme


def draw_qr(p: QPainter, room: QRectF, text: str) -> None:
    """Draw the code of a text into the middle of a room, with the light around that readers need; its squares end on whole dots."""
    rows = qr.squares(text)
    side = len(rows) + 2 * qr.QUIET
    each = int(min(room.width(), room.height()) / side)
    left, top = room.x() + (room.width() - side * each) / 2, room.y() + (room.height() - side * each) / 2
    p.fillRect(QRectF(left, top, side * each, side * each), Qt.GlobalColor.white)
    shape = QPainterPath()  # one shape: squares drawn one by one leave hairs of light between them on paper
    shape.setFillRule(Qt.FillRule.WindingFill)
    for down, row in enumerate(rows, qr.QUIET):
        for across, dark in enumerate(row, qr.QUIET):
            if dark:
                shape.addRect(left + across * each, top + down * each, each, each)
    p.fillPath(shape, Qt.GlobalColor.black)


class QrCode(QWidget):
    """A QR code on the screen. `size` is a name of the theme."""

    def __init__(self, text: str, size: str = "qr") -> None:
        super().__init__()
        self._text, self._size = text, size
        self._squares = len(qr.squares(text)) + 2 * qr.QUIET
        self.setAccessibleName(_("QR code"))
        self.dress()

    def dress(self) -> None:
        """Take the size from the theme in use."""
        side = self._squares * max(2, theme().px(self._size) // self._squares)
        self.setFixedSize(side, side)

    def paintEvent(self, _event: object) -> None:
        draw_qr(QPainter(self), QRectF(self.rect()), self._text)
