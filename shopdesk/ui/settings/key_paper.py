"""The recovery code on paper: one plain page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPainter, QTextOption
from PySide6.QtPrintSupport import QPrintDialog, QPrinter

from shopdesk.clock import in_japan
from shopdesk.i18n import _
from shopdesk.ui.directions import isolated
from shopdesk.ui.theme import theme

if TYPE_CHECKING:
    from datetime import datetime

    from PySide6.QtGui import QPagedPaintDevice
    from PySide6.QtWidgets import QWidget

IN_ROW = 5
_MARGIN_MM = 22
_MM_PER_INCH = 25.4


def print_code(parent: QWidget, shop: str, code: str, now: datetime) -> bool:
    """Ask for a printer (or a PDF file, which systems offer among them), print, and return whether it was done."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(_("Recovery code"))
    dialog = QPrintDialog(printer, parent)
    if dialog.exec() != QPrintDialog.DialogCode.Accepted:
        return False
    return draw_paper(printer, shop, code, now)


def draw_paper(device: QPagedPaintDevice, shop: str, code: str, now: datetime) -> bool:
    """Draw the page: whose code, since when, what it is for, and the code in numbered groups."""
    device.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Portrait,
            QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM),
            QPageLayout.Unit.Millimeter,
        )
    )
    painter = QPainter()
    if not painter.begin(device):
        return False
    paper = _Paper(painter, device.logicalDpiX() / _MM_PER_INCH)
    paper.say(_("Recovery code"), 20, bold=True)
    paper.say(_("{shop}, printed {day}").format(shop=isolated(shop), day=f"{in_japan(now):%Y/%m/%d}"), 11)
    paper.room(8)
    paper.groups(code.split("-"))
    paper.room(8)
    paper.say(
        _("With this code the shop's data opens on another computer, and on this one when its key has been lost."), 11
    )
    paper.say(_("Whoever has the code and the data can read everything. Keep this page away from the computer."), 11)
    paper.say(_("Without the key and without this page, nobody can open the data any more."), 11)
    painter.end()
    return True


class _Paper:
    """A page that is written from top to bottom; lengths in millimetres, letters in points."""

    def __init__(self, painter: QPainter, dots_per_mm: float) -> None:
        self._painter, self._mm, self._y = painter, dots_per_mm, 0.0
        self._width = painter.viewport().width()
        painter.setPen(Qt.GlobalColor.black)

    def room(self, mm: float) -> None:
        self._y += mm * self._mm

    def say(self, words: str, points: float, *, bold: bool = False) -> None:
        self._painter.setFont(_font(points, bold=bold))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        room = QRectF(0, self._y, self._width, 100 * self._mm)
        needed = self._painter.boundingRect(room, words, option)
        self._painter.drawText(room, words, option)
        self._y += needed.height() + 3 * self._mm

    def groups(self, groups: list[str]) -> None:
        width, height = self._width / IN_ROW, 17 * self._mm
        for at, group in enumerate(groups):
            x, y = at % IN_ROW * width, self._y + at // IN_ROW * height
            self._painter.setFont(_font(8))
            self._painter.drawText(QRectF(x, y, width, 5 * self._mm), str(at + 1))
            self._painter.setFont(_font(19, bold=True))
            self._painter.drawText(QRectF(x, y + 4 * self._mm, width, 11 * self._mm), group)
        self._y += -(-len(groups) // IN_ROW) * height


def _font(points: float, *, bold: bool = False) -> QFont:
    font = QFont(theme().font("body", bold))
    font.setPointSizeF(points)
    return font
