"""Cards and the sheet for emergencies on paper. What draws takes any paged device: a printer, or a PDF file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPainter, QPen, QTextOption

from shopdesk.i18n import N_, for_customers
from shopdesk.ui.directions import isolated
from shopdesk.ui.loyalty.words import printed_number
from shopdesk.ui.paint import CENTER, LEFT
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets.qr_code import draw_qr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPagedPaintDevice

    from shopdesk.ui.loyalty.papers import Paper

MM_PER_INCH = 25.4
_GROUP = 6
"""The digits of a code in groups that a person can read out."""


@dataclass(frozen=True)
class PrintedCard:
    """What stands on one card. `digits` are its code; `name` is '' where the card names nobody, `card_id` None where it is nobody's."""

    card_id: int | None
    name: str
    digits: str


@dataclass(frozen=True)
class Printing:
    """How cards are printed: from which place of the first sheet on; `friend_address` adds a code that adds the shop on LINE."""

    paper: Paper
    shop: str
    first: int = 0
    friend_address: str = ""


class Pen:
    """A painter whose lengths are millimetres and whose letters are points."""

    def __init__(self, painter: QPainter, device: QPagedPaintDevice) -> None:
        self.p = painter
        self.dots = device.logicalDpiX() / MM_PER_INCH

    def rect(self, x: float, y: float, width: float, height: float) -> QRectF:
        """Return a rectangle in the device's dots."""
        return QRectF(*(one * self.dots for one in (x, y, width, height)))

    def write(
        self,
        room: QRectF,
        words: str,
        points: float,
        *,
        bold: bool = False,
        align: Qt.AlignmentFlag = LEFT,
        wraps: bool = False,
    ) -> None:
        """Write plain text in black; what does not fit into its line is cut with …."""
        self.p.setFont(font(points, bold=bold))
        self.p.setPen(Qt.GlobalColor.black)
        if wraps:
            option = QTextOption(align)
            option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
            self.p.drawText(room, words, option)
            return
        # The metrics of the device: those of the screen are for another resolution.
        cut = self.p.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(room.width()))
        self.p.drawText(room, int(align) | int(Qt.TextFlag.TextSingleLine), cut)

    def line(self, x: float, y: float, x2: float, y2: float, *, dashed: bool = False) -> None:
        """Draw a thin grey line."""
        style = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
        self.p.setPen(QPen(Qt.GlobalColor.gray, 0.15 * self.dots, style))
        self.p.drawLine(*(round(one * self.dots) for one in (x, y, x2, y2)))


def font(points: float, *, bold: bool = False) -> QFont:
    """Return the program's font at a size in points."""
    made = QFont(theme().font("body", bold))
    made.setPointSizeF(points)
    return made


def lay_out(device: QPagedPaintDevice, width: float, height: float) -> None:
    """Let a device's pages be of this size in millimetres, and its corner the corner of the paper."""
    size = QPageSize(QSizeF(width, height), QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    layout = QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
    layout.setMode(QPageLayout.Mode.FullPageMode)
    device.setPageLayout(layout)


def draw_cards(device: QPagedPaintDevice, cards: Sequence[PrintedCard], printing: Printing) -> bool:
    """Draw cards, sheet by sheet; returns whether the device took them."""
    paper = printing.paper
    lay_out(device, paper.width, paper.height)
    painter = QPainter()
    if not painter.begin(device):
        return False
    pen = Pen(painter, device)
    for at, card in enumerate(cards, printing.first):
        place = at % paper.places
        if place == 0 and at > printing.first:
            device.newPage()
        if paper.lines and (place == 0 or at == printing.first):
            _cutting_lines(pen, paper)
        x, y = paper.corner(place)
        (_draw_small if paper.small else _draw_card)(pen, card, printing, x, y)
    painter.end()
    return True


def _cutting_lines(pen: Pen, paper: Paper) -> None:
    left, top = paper.corner(0)
    width, height = paper.card
    right, bottom = left + paper.across * width, top + paper.down * height
    for column in range(paper.across + 1):
        pen.line(left + column * width, top, left + column * width, bottom, dashed=True)
    for row in range(paper.down + 1):
        pen.line(left, top + row * height, right, top + row * height, dashed=True)


def _draw_card(pen: Pen, card: PrintedCard, printing: Printing, x: float, y: float) -> None:
    """Draw a card as large as a name card: words at the left, the code with its digits at the right."""
    side, code, half = 5.0, 32.0, 44.0
    pen.write(pen.rect(x + side, y + side, half, 6), isolated(printing.shop), 10, bold=True)
    pen.write(pen.rect(x + side, y + 13, half, 8), _number(card), 15, bold=True)
    pen.write(pen.rect(x + side, y + 21, half, 6), _for(card), 10)
    right = x + 91 - side - code
    draw_qr(pen.p, pen.rect(right, y + side, code, code), card.digits)
    _digits(pen, card.digits, right, y + side + code, code, 5.5)
    hint = for_customers(N_("Show this card at the till each time you come."))
    if printing.friend_address:
        draw_qr(pen.p, pen.rect(x + side, y + 29, 21, 21), printing.friend_address)
        add = for_customers(N_("The shop on LINE"))
        pen.write(pen.rect(x + side + 21, y + 31, 25, 8), add, 6, bold=True, wraps=True)
        pen.write(pen.rect(right - 4, y + 46, code + 8, 5), hint, 5.5, align=CENTER)
    else:
        pen.write(pen.rect(x + side, y + 41, half, 8), hint, 7, wraps=True)


def _draw_small(pen: Pen, card: PrintedCard, printing: Printing, x: float, y: float) -> None:
    """Draw a card on a small label."""
    side, code, half = 3.0, 23.5, 35.0
    pen.write(pen.rect(x + side, y + 3.5, half, 5), isolated(printing.shop), 8, bold=True)
    pen.write(pen.rect(x + side, y + 10, half, 6), _number(card), 12, bold=True)
    pen.write(pen.rect(x + side, y + 17, half, 5), _for(card), 8)
    draw_qr(pen.p, pen.rect(x + 66 - side - code, y + 2, code, code), card.digits)
    _digits(pen, card.digits, x + 66 - side - code - 1, y + 2 + code, code + 2, 4.5)


def _number(card: PrintedCard) -> str:
    """A card that is nobody's yet has no number, but room for a name."""
    return for_customers(N_("Name:")) if card.card_id is None else printed_number(card.card_id)


def _for(card: PrintedCard) -> str:
    return for_customers(N_("{name}’s card")).format(name=isolated(card.name)) if card.name else ""


def _digits(pen: Pen, digits: str, x: float, y: float, width: float, points: float) -> None:
    """Write a code's digits below it in two lines: what a till takes where the code cannot be scanned."""
    groups = [digits[at : at + _GROUP] for at in range(0, len(digits), _GROUP)]
    high = points * 0.5
    for number, some in enumerate((groups[:4], groups[4:])):
        pen.write(pen.rect(x, y + number * high, width, high), " ".join(some), points, align=CENTER)
