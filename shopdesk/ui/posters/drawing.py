"""A friend-add code with the shop's name, picture, words and offer, as large as its piece of paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter

from shopdesk.i18n import N_, for_customers
from shopdesk.ui.posters.ink import Ink

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QPagedPaintDevice

    from shopdesk.links import Way
    from shopdesk.qr import Code
    from shopdesk.ui.posters.forms import Form

_MM_PER_INCH = 25.4
_PAPER, _TEXT, _SOFT = "#ffffff", "#24221f", "#595349"
_HINTS: dict[str, str] = {
    "talk": N_("Read it with the camera, then send what stands there"),
    "page": N_("Read it with the camera and go on by the button"),
    "plain": N_("Read it with the camera and add us"),
}


@dataclass(frozen=True)
class Poster:
    """What is printed. `picture` is None for none; `way` is what the code opens, which the hint below it goes by."""

    shop: str
    headline: str
    offer: str
    colour: str
    code: Code
    way: Way = "page"
    picture: QImage | None = None

    @property
    def words(self) -> str:
        """The headline, or what stands there without one."""
        return self.headline or for_customers(N_("Be friends with us on LINE"))

    @property
    def hint(self) -> str:
        """What to do with the code."""
        return for_customers(_HINTS[self.way])


def print_poster(device: QPagedPaintDevice, form: Form, poster: Poster) -> bool:
    """Draw a sheet; returns whether the device took it."""
    size = QPageSize(QSizeF(*form.paper), QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    layout = QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
    layout.setMode(QPageLayout.Mode.FullPageMode)
    device.setPageLayout(layout)
    painter = QPainter()
    if not painter.begin(device):
        return False
    draw_sheet(Ink(painter, device.logicalDpiX() / _MM_PER_INCH), form, poster)
    painter.end()
    return True


def draw_sheet(ink: Ink, form: Form, poster: Poster) -> None:
    """Draw every piece of a sheet."""
    width, height = form.piece
    draw = _draw_wide if form.wide else _draw_high
    for place in range(form.places):
        draw(ink, QRectF(*form.corner(place), width, height), poster)
    if form.lines:
        left, top = form.corner(0)
        right, bottom = left + form.across * width, top + form.down * height
        for column in range(form.across + 1):
            ink.cut(left + column * width, top, left + column * width, bottom)
        for row in range(form.down + 1):
            ink.cut(left, top + row * height, right, top + row * height)


def _draw_high(ink: Ink, piece: QRectF, poster: Poster) -> None:
    """Draw a piece that is read from top to bottom; all its measures follow its width."""
    unit, x, y = piece.width() / 100, piece.x(), piece.y()

    def room(top: float, height: float, side: float = 8) -> QRectF:
        return QRectF(x + side * unit, y + top * unit, (100 - 2 * side) * unit, height * unit)

    ink.fill(piece, _PAPER)
    banner = QRectF(x, y, piece.width(), 46 * unit)
    if poster.picture is not None:
        ink.picture(banner, poster.picture)
        ink.write(room(49, 5), poster.shop, 3.4 * unit, _SOFT)
    else:
        ink.fill(banner, poster.colour)
        ink.write(room(6, 34), poster.shop, 8.5 * unit, _PAPER, bold=True)
    ink.write(room(54, 25, 5), poster.words, 8.2 * unit, _TEXT, bold=True)
    code = QRectF(x + 30 * unit, y + 81 * unit, 40 * unit, 40 * unit)
    ink.fill(code, _PAPER, 2.5 * unit)
    ink.code(code.adjusted(unit, unit, -unit, -unit), poster.code)
    ink.frame(code, _TEXT, 2.5 * unit, 0.35 * unit)
    if poster.offer:
        pill = room(123.5, 10, 14)
        ink.fill(pill, poster.colour, 5 * unit)
        ink.write(
            pill.adjusted(4 * unit, unit, -4 * unit, -unit),
            poster.offer,
            4.2 * unit,
            _PAPER,
            bold=True,
        )
    ink.write(room(134.5, 4.5), poster.hint, 2.9 * unit, _SOFT)


def _draw_wide(ink: Ink, piece: QRectF, poster: Poster) -> None:
    """Draw a label or a card: the code at the left, the words beside it; all its measures follow its width.

    What to do with the code stands there only where the phone does not say it: that its words are to be sent.
    """
    unit, x, y = piece.width() / 100, piece.x(), piece.y()
    high = piece.height() / unit
    code = QRectF(x + 4 * unit, y + (high - 42) / 2 * unit, 42 * unit, 42 * unit)
    ink.fill(piece, _PAPER)
    ink.code(code, poster.code)

    def room(top: float, height: float) -> QRectF:
        return QRectF(x + 48.5 * unit, y + top * unit, 47 * unit, height * unit)

    ink.write(room(high * 0.09, 7), poster.shop, 3.6 * unit, _SOFT, centred=False)
    below, end = high * 0.09 + 8, high * 0.91
    if poster.way == "talk":
        ink.write(room(end - 9.5, 9.5), poster.hint, 3.3 * unit, _SOFT, centred=False)
        end -= 10.5
    half = (end - below) * (0.56 if poster.offer else 1)
    ink.write(room(below, half), poster.words, 6 * unit, _TEXT, bold=True, centred=False)
    if poster.offer:
        rest = room(below + half + 1, end - below - half - 1)
        ink.write(rest, poster.offer, 4.3 * unit, poster.colour, bold=True, centred=False)
