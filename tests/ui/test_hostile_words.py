"""G in the window and on paper: texts that are to be something else than text, in surveys, sources, pages and posters. Today's, or all by -m full."""

from __future__ import annotations

from collections import Counter
from unicodedata import bidirectional, category, normalize

import pytest
from PySide6.QtGui import QColorConstants, QImage, QPainter, QPdfWriter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from shopdesk import qr
from shopdesk.customers import NewCustomer
from shopdesk.links import Wanted
from shopdesk.site import NOBODY, Content, Part
from shopdesk.staff import PAGE
from shopdesk.surveys import Form, Option, Question
from shopdesk.ui.links.page import LinksPage
from shopdesk.ui.loyalty.papers import PAPERS
from shopdesk.ui.loyalty.printing import PrintedCard, Printing, draw_cards
from shopdesk.ui.loyalty.sheet import draw_sheet
from shopdesk.ui.loyalty.words import printed_number
from shopdesk.ui.posters.files import write_for
from shopdesk.ui.posters.forms import FORMS
from shopdesk.ui.settings.key_paper import draw_paper
from shopdesk.ui.site.page import SitePage
from shopdesk.ui.surveys.page import SurveysPage
from shopdesk.ui.widgets import Label, Prose
from tests.faults.cases import PARTS, seed_of_today
from tests.faults.strangers.words import plain, taken
from tests.hostile import CORPUS

DOTS = 6
"""On a millimetre of paper."""


@pytest.fixture
def shop(sqlite_shop):
    for key, value in {"shop_name": "みほん", "public_url": "https://shop.example.jp"}.items():
        sqlite_shop.settings.set(key, value)
    return sqlite_shop


@pytest.mark.parametrize("number", range(seed_of_today() % PARTS, len(CORPUS), PARTS))
def test_todays_words_stay_words(open_page, shop, tmp_path, number):
    stay_words(open_page, shop, tmp_path, number)


@pytest.mark.full
@pytest.mark.parametrize("number", range(len(CORPUS)))
def test_all_words_stay_words(open_page, shop, tmp_path, number):
    stay_words(open_page, shop, tmp_path, number)


def stay_words(open_page, shop, folder, number: int) -> None:
    text = CORPUS[number]

    def survey(said):
        asked = Question("問", said, "one", options=(Option(said), Option("ほか")))
        return shop.surveys.publish(shop.surveys.create(Form("声", said, (asked,), intro=said)).id)

    def comment(said):
        news = shop.site.publish(shop.site.write("news", Content(said, (Part("text", said),))).id)
        with shop.staff.acting(PAGE):
            shop.site.feedback.comment(news.key, NOBODY, name="", text=said, nonce="c" * 22)

    def source(said):
        return shop.links.sources.add(Wanted(said, headline=said, offer=said))

    for keep, kind in ((survey, SurveysPage), (comment, SitePage), (source, LinksPage)):
        if (made := taken(text, keep)) is None:
            continue
        there = {SurveysPage: "survey", LinksPage: "source"}.get(kind)
        opened = open_page(kind, **({there: made[1].id} if there else {"part": "comments"}))
        opened.settle()
        assert not opened.page.grab().isNull()
        assert plain(made[0]) in plain("\n".join(words_on(opened.page))), kind
        if kind is LinksPage:
            printed(shop, made[1], folder / "print.pdf", FORMS[number % len(FORMS)])
    on_other_papers(shop, folder / "paper.pdf", text, PAPERS[number % len(PAPERS)])


def on_other_papers(shop, file, text: str, paper) -> None:
    """Cards, the sheet for emergencies and the page with the recovery code have the name of a person, and of the shop, as they are written."""
    named = taken(text, lambda said: str(shop.settings.set("shop_name", said)))
    name, hana = named[1] if named else "", shop.customers.add(NewCustomer(name="花")).id
    made = taken(text, lambda said: shop.cards.issue(hana, said))
    issued = made[1] if made else shop.cards.issue(hana)
    printing, now = Printing(paper, name), shop.clock.now()
    card = PrintedCard(issued.card.id, issued.card.name, issued.code.digits)
    number = printed_number(issued.card.id).partition(" ")[2]
    for draw, words in (
        (lambda device: draw_cards(device, [card], printing), (card.name, name, number)),
        (lambda device: draw_sheet(device, name, shop.cards.sheet(), now), (card.name, name, "2026/11/22", number[:5])),
        (lambda device: draw_paper(device, name, "ABCDE-23456", now), (name, "printed 2026/11/22", "23456")),
    ):
        assert draw(QPdfWriter(str(file)))
        document = opened_pdf(file)
        found = words_of(document)
        assert [one for one in words if not stands(one, found)] == []


def words_on(page) -> list[str]:
    fields = [one.toPlainText() for one in page.findChildren(QPlainTextEdit)]
    said = [one.text() for kind in (Label, Prose, QLineEdit) for one in page.findChildren(kind)]
    return [*fields, *said, *(one.accessibleName() for one in page.findChildren(QWidget))]


def opened_pdf(file) -> QPdfDocument:
    document = QPdfDocument()
    assert document.load(str(file)) == QPdfDocument.Error.None_
    return document


def words_of(document: QPdfDocument) -> str:
    """Return the letters on all pages; Qt names 長 by the sign for its radical, which looks the same."""
    said = "".join(document.getAllText(page).text() for page in range(document.pageCount()))
    return letters(said.replace("\u2ed1", "長"))


def letters(said: str) -> str:
    """Return of a text what a PDF of Qt's can tell: neither marks upon letters nor letters beyond the first 65,536; drawn they are all."""
    return "".join(one for one in normalize("NFD", plain(said)) if ord(one) <= 0xFFFF and category(one) != "Mn")


def stands(said: str, found: str) -> bool:
    """Say whether a text stands there whole, or ends with …; of one that turns its letters each has to be there."""
    wanted = letters(said)
    if any(bidirectional(one) in {"R", "AL", "RLO"} for one in said):
        return not Counter(wanted) - Counter(found)
    return wanted in found or any(f"{wanted[:most]}..." in found for most in range(6, len(wanted)))


def printed(shop, source, file, form) -> None:
    """Its sheet is one page that says what was written, and its code is read from paper."""
    address = write_for(shop, source, form.key, file)
    document = opened_pdf(file)
    assert document.pageCount() == 1
    found = words_of(document)
    assert [one for one in (source.wanted.headline, source.wanted.offer) if not stands(one, found)] == []
    size = document.pagePointSize(0).toSize()
    drawn = document.render(0, size * (DOTS * 25.4 / 72))
    left, top = form.corner(0)
    piece = drawn.copy(*(round(one * DOTS) for one in (left, top, *form.piece)))
    white = QImage(piece.size(), QImage.Format.Format_RGB32)
    white.fill(QColorConstants.White)
    painter = QPainter(white)
    painter.drawImage(0, 0, piece)
    painter.end()
    grey = white.convertToFormat(QImage.Format.Format_Grayscale8)
    assert qr.read(memoryview(grey.constBits()), grey.width(), grey.height(), grey.bytesPerLine()) == address
