"""The sheet for emergencies: every card's balance by name, with room to write what is earned and used by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QPainter

from shopdesk.clock import in_japan
from shopdesk.i18n import _
from shopdesk.ui.amounts import people
from shopdesk.ui.directions import isolated, named
from shopdesk.ui.loyalty.printing import Pen, lay_out
from shopdesk.ui.loyalty.words import card_number, last_day, stamps
from shopdesk.ui.paint import RIGHT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from PySide6.QtGui import QPagedPaintDevice

    from shopdesk.cards import SheetRow

_WIDTH, _HEIGHT = 210.0, 297.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 15.0, 195.0, 15.0, 282.0
_HEAD, _ROW = 18.0, 8.0
ROWS = int((_BOTTOM - _TOP - _HEAD - _ROW) / _ROW)
"""So many cards stand on a page."""
_POINTS = 9.0


def draw_sheet(device: QPagedPaintDevice, shop: str, rows: Sequence[SheetRow], now: datetime) -> bool:
    """Draw all pages; returns whether the device took them."""
    lay_out(device, _WIDTH, _HEIGHT)
    painter = QPainter()
    if not painter.begin(device):
        return False
    pen, pages = Pen(painter, device), max(1, -(-len(rows) // ROWS))
    for page in range(pages):
        if page:
            device.newPage()
        about = _("{when}: {people}").format(when=f"{in_japan(now):%Y/%m/%d %H:%M}", people=people(len(rows)))
        pen.write(pen.rect(_LEFT, _TOP, 90, 8), _("Balances of the shop cards"), 14, bold=True)
        # Beside the title, so that a long name takes no room from the time of which the balances are.
        pen.write(pen.rect(_LEFT + 95, _TOP, _RIGHT - _LEFT - 95, 8), isolated(shop), _POINTS, align=RIGHT)
        pen.write(pen.rect(_LEFT, _TOP + 8, 120, 6), about, _POINTS)
        number = _("page {page} of {pages}").format(page=page + 1, pages=pages)
        pen.write(pen.rect(_RIGHT - 40, _TOP + 8, 40, 6), number, _POINTS, align=RIGHT)
        _draw_rows(pen, rows[page * ROWS : (page + 1) * ROWS])
    painter.end()
    return True


def _draw_rows(pen: Pen, rows: Sequence[SheetRow]) -> None:
    y = _TOP + _HEAD
    heads = (_("Name"), _("Card"), _("Balance"), _("Good until"), _("Earned or used"))
    _draw_row(pen, y, heads, bold=True)
    for row in rows:
        y += _ROW
        name = named(row.name)
        _draw_row(pen, y, (name, card_number(row.card_id), stamps(row.balance), last_day(row.expires_at), ""))


def _draw_row(pen: Pen, y: float, words: Sequence[str], *, bold: bool = False) -> None:
    for (x, width), one in zip(((0, 58), (60, 24), (84, 24), (110, 26), (140, 40)), words, strict=True):
        pen.write(pen.rect(_LEFT + x, y, width, _ROW), one, _POINTS, bold=bold)
    pen.line(_LEFT, y + _ROW, _RIGHT, y + _ROW)
    pen.line(_LEFT + 138, y, _LEFT + 138, y + _ROW)
