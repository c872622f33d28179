"""G in the window and on paper: texts that are to be something else than text, in surveys, sources, pages and posters. Today's, or all by -m full."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColorConstants, QImage, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from shopdesk import qr
from shopdesk.links import Wanted
from shopdesk.site import NOBODY, Content, Part
from shopdesk.staff import PAGE
from shopdesk.surveys import Form, Option, Question
from shopdesk.ui.links.page import LinksPage
from shopdesk.ui.posters.files import write_for
from shopdesk.ui.posters.forms import FORMS
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


def words_on(page) -> list[str]:
    fields = [one.toPlainText() for one in page.findChildren(QPlainTextEdit)]
    said = [one.text() for kind in (Label, Prose, QLineEdit) for one in page.findChildren(kind)]
    return [*fields, *said, *(one.accessibleName() for one in page.findChildren(QWidget))]


def printed(shop, source, file, form) -> None:
    """Its sheet is one page, and its code is read from paper."""
    address = write_for(shop, source, form.key, file)
    document = QPdfDocument()
    assert document.load(str(file)) == QPdfDocument.Error.None_
    assert document.pageCount() == 1
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
