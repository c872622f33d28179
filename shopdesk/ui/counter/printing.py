"""A shop card on paper, of the size of a bank card, to be cut out: code, number, shop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPen
from PySide6.QtPrintSupport import QPrintDialog, QPrinter

from shopdesk import qr
from shopdesk.i18n import _
from shopdesk.ui.theme import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPagedPaintDevice
    from PySide6.QtWidgets import QWidget

    from shopdesk.cards import Issued

_CARD_MM = (85.6, 54.0)
"""ISO/IEC 7810 ID-1."""
_CODE_MM = 34.0
_MM_PER_INCH = 25.4


def print_card(parent: QWidget, shop: str, issued: Issued) -> bool:
    """Ask for a printer (or a PDF file, which systems offer among them), print, and return whether it was done."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(_("Shop card"))
    dialog = QPrintDialog(printer, parent)
    if dialog.exec() != QPrintDialog.DialogCode.Accepted:
        return False
    return draw_card(printer, shop, issued)


def draw_card(device: QPagedPaintDevice, shop: str, issued: Issued) -> bool:
    """Draw the card in the upper left corner of a page; False where the device cannot be drawn on."""
    p = QPainter()
    if not p.begin(device):
        return False
    mm = device.logicalDpiX() / _MM_PER_INCH
    width, height = (side * mm for side in _CARD_MM)
    p.setPen(QPen(Qt.GlobalColor.gray, mm / 10, Qt.PenStyle.DashLine))
    p.drawRoundedRect(QRectF(0, 0, width, height), 3 * mm, 3 * mm)
    _draw_code(
        p, issued.code.digits, QRectF(width - (_CODE_MM + 4) * mm, (height - _CODE_MM * mm) / 2, _CODE_MM * mm, 0)
    )
    room = QRectF(5 * mm, 6 * mm, width - (_CODE_MM + 12) * mm, 10 * mm)
    p.setPen(Qt.GlobalColor.black)
    for words, points, bold, down in (
        (shop, 11.0, True, 0.0),
        (_("Shop card"), 9.0, False, 9.0),
        (issued.card.name, 11.0, False, 20.0),
        (_("No. {number:05}").format(number=issued.card.id), 12.0, True, 32.0),
    ):
        p.setFont(_font(points, bold=bold))
        p.drawText(
            room.translated(QPointF(0, down * mm)), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words
        )
    p.end()
    return True


def _draw_code(p: QPainter, digits: str, room: QRectF) -> None:
    rows = qr.squares(digits)
    each = room.width() / (len(rows) + 2 * qr.QUIET)
    for down, row in enumerate(rows, qr.QUIET):
        for across, dark in enumerate(row, qr.QUIET):
            if dark:
                p.fillRect(QRectF(room.x() + across * each, room.y() + down * each, each, each), Qt.GlobalColor.black)


def _font(points: float, *, bold: bool) -> QFont:
    font = QFont(theme().font("body", bold))
    font.setPointSizeF(points)
    return font
