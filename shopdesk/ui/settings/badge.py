"""A badge: the QR code by which a scanner knows who stands there, on the screen once and on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPen
from PySide6.QtPrintSupport import QPrintDialog, QPrinter

from shopdesk import qr
from shopdesk.i18n import _
from shopdesk.ui.paint import LEFT
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets import Button, Dialog, Prose, QrCode, hbox, label

if TYPE_CHECKING:
    from PySide6.QtGui import QPagedPaintDevice
    from PySide6.QtWidgets import QWidget

_BADGE_MM = (85.6, 54.0)
"""ISO/IEC 7810 ID-1: it fits every holder."""
_CODE_MM = 38.0
_PAD_MM = 5.0
_MM_PER_INCH = 25.4


class BadgeDialog(Dialog):
    """Shows a new badge's code; it is not kept and cannot be shown again."""

    def __init__(self, parent: QWidget, name: str, shop: str, digits: str) -> None:
        self._name, self._shop, self._digits = name, shop, digits
        about = Prose(
            _("Print it now; it is shown only this once. A badge says who stands there, the PIN is still asked."),
            tone="text_2",
        )
        self.printed = label("", "small", "success_text")
        acts = hbox(Button(_("Print"), icon="printer", does=self._print), (self.printed, 1))
        super().__init__(
            parent,
            _("The badge of {name}").format(name=name),
            about,
            "s4",
            hbox(..., QrCode(digits), ...),
            "s3",
            acts,
            verb=_("Close"),
        )
        self.back.hide()

    def _print(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(_("Badge"))
        asked = QPrintDialog(printer, self)
        if asked.exec() == QPrintDialog.DialogCode.Accepted and draw_badge(
            printer, self._name, self._shop, self._digits
        ):
            self.printed.setText(_("Sent to the printer."))


def draw_badge(device: QPagedPaintDevice, name: str, shop: str, digits: str) -> bool:
    """Draw a badge of the size of a bank card in the corner of a page; False where the device cannot be drawn on."""
    p = QPainter()
    if not p.begin(device):
        return False
    mm = device.logicalDpiX() / _MM_PER_INCH
    width, height = (side * mm for side in _BADGE_MM)
    p.setPen(QPen(Qt.GlobalColor.gray, mm / 10, Qt.PenStyle.DashLine))
    p.drawRoundedRect(QRectF(0, 0, width, height), 3 * mm, 3 * mm)
    code = QRectF(width - (_CODE_MM + _PAD_MM) * mm, (height - _CODE_MM * mm) / 2, _CODE_MM * mm, _CODE_MM * mm)
    _draw_code(p, digits, code)
    p.setPen(Qt.GlobalColor.black)
    room = QRectF(_PAD_MM * mm, _PAD_MM * mm, width - (_CODE_MM + 3 * _PAD_MM) * mm, height - 2 * _PAD_MM * mm)
    wraps = int(LEFT) | int(Qt.TextFlag.TextWrapAnywhere)
    for words, points, bold, share in ((shop, 8.0, False, (0.0, 0.3)), (name, 14.0, True, (0.3, 1.0))):
        font = QFont(theme().font("body", bold))
        font.setPointSizeF(points)
        p.setFont(font)
        top, bottom = share
        p.drawText(
            QRectF(room.x(), room.y() + top * room.height(), room.width(), (bottom - top) * room.height()), wraps, words
        )
    p.end()
    return True


def _draw_code(p: QPainter, digits: str, room: QRectF) -> None:
    rows = qr.squares(digits)
    each = room.width() / (len(rows) + 2 * qr.QUIET)
    for down, row in enumerate(rows, qr.QUIET):
        for across, dark in enumerate(row, qr.QUIET):
            if dark:
                at = QRectF(room.x() + across * each, room.y() + down * each, each, each)
                p.fillRect(at, Qt.GlobalColor.black)
