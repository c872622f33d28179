"""Cards and the sheet for emergencies on paper: real PDF files, opened again and read as a phone would."""

from __future__ import annotations

import io
from unicodedata import normalize

import pytest
import zxingcpp
from PIL import Image
from PySide6.QtCore import QBuffer, QSize
from PySide6.QtGui import QPdfWriter
from PySide6.QtPdf import QPdfDocument

from shopdesk import i18n
from shopdesk.cards import SheetRow
from shopdesk.scancodes import new
from shopdesk.ui.loyalty.papers import PAPERS
from shopdesk.ui.loyalty.printing import PrintedCard, Printing, draw_cards
from shopdesk.ui.loyalty.sheet import ROWS, draw_sheet

FRIEND = "https://line.me/R/ti/p/%40mihon"
HOSTILE = "<img src=file:///x><b>花子</b>&amp;" * 4
DOTS = 200 / 72


def opened(file):
    document = QPdfDocument()
    assert document.load(str(file)) == QPdfDocument.Error.None_
    return document


def millimetres(points):
    return round(points / 72 * 25.4, 1)


def words(document, page):
    """What stands on a page; Qt's PDF names some signs by their look-alikes."""
    return normalize("NFKC", document.getAllText(page).text())


def codes(document, page):
    """What a reader finds on a page at 200 dots an inch: texts with the middle of each, in millimetres."""
    wide, high = document.pagePointSize(page).toTuple()
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    document.render(page, QSize(round(wide * DOTS), round(high * DOTS))).save(buffer, "PNG")
    drawn = Image.open(io.BytesIO(buffer.data().data())).convert("RGBA")
    white = Image.new("RGBA", drawn.size, "white")
    white.alpha_composite(drawn)
    found = {}
    for one in zxingcpp.read_barcodes(white.convert("L")):
        ends = one.position.top_left, one.position.bottom_right
        found[one.text] = tuple(millimetres(sum(getattr(end, axis) for end in ends) / 2 / DOTS) for axis in "xy")
    return found


@pytest.mark.parametrize("paper", PAPERS, ids=lambda one: one.key)
def test_every_code_of_a_sheet_is_read_back_from_its_own_place(appearance, tmp_path, paper):
    assert appearance
    i18n.set_language("ja")
    first = 0 if paper.places == 1 else paper.places - 2
    cards = [PrintedCard(n + 218, HOSTILE if n else "", new("card").digits) for n in range(3)]
    file = tmp_path / "cards.pdf"
    printing = Printing(paper, "みほん洋菓子店" * 3, first, FRIEND)
    assert draw_cards(QPdfWriter(str(file)), cards, printing)
    document = opened(file)
    assert tuple(map(millimetres, document.pagePointSize(0).toTuple())) == pytest.approx(
        (paper.width, paper.height), abs=0.2
    )
    assert document.pageCount() == (3 if paper.places == 1 else 2)
    pages = [codes(document, page) for page in range(document.pageCount())]
    for at, card in enumerate(cards, first):
        page, (left, top) = at // paper.places, paper.corner(at % paper.places)
        x, y = pages[page][card.digits]
        assert left < x < left + paper.card[0]
        assert top < y < top + paper.card[1]
        assert card.digits[:6] in words(document, page)
    assert "みほん洋菓子店" in words(document, 0)
    assert all((FRIEND in page) != paper.small for page in pages)


def test_the_sheet_for_emergencies_has_everybody_and_room_to_write(appearance, tmp_path, clock):
    assert appearance
    rows = [SheetRow(f"見本 {n:03}", n, n % 11, clock.now() if n % 2 else None) for n in range(1, ROWS + 4)]
    file = tmp_path / "sheet.pdf"
    assert draw_sheet(QPdfWriter(str(file)), "みほん洋菓子店", [SheetRow(HOSTILE, 9, 1, None), *rows], clock.now())
    document = opened(file)
    assert document.pageCount() == 2
    first, last = words(document, 0), words(document, 1)
    assert "2026/11/22 14:32" in first
    assert "<img src=" in first
    assert (first.count("見本"), last.count("見本")) == (ROWS - 1, 4)
    assert not draw_sheet(QPdfWriter(str(tmp_path / "no" / "where.pdf")), "", rows, clock.now())
