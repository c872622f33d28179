"""A QR code on the screen."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from shopdesk import qr
from shopdesk.i18n import _
from shopdesk.ui.theme import theme


class QrCode(QWidget):
    """A QR code, dark on light in every theme: many phones read nothing else."""

    def __init__(self, text: str, size: str = "qr") -> None:
        super().__init__()
        self._size = size
        self._squares = qr.squares(text)
        self.setAccessibleName(_("QR code"))
        self.dress()

    def dress(self) -> None:
        """Take the size from the theme in use."""
        side = len(self._squares) + 2 * qr.QUIET
        self._each = max(2, theme().px(self._size) // side)
        self.setFixedSize(side * self._each, side * self._each)

    def paintEvent(self, _event: object) -> None:
        p, each = QPainter(self), self._each
        p.fillRect(self.rect(), Qt.GlobalColor.white)
        for down, row in enumerate(self._squares, qr.QUIET):
            for across, dark in enumerate(row, qr.QUIET):
                if dark:
                    p.fillRect(QRectF(across * each, down * each, each, each), Qt.GlobalColor.black)
