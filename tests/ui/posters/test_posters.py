"""What is printed for a friend-add code: each form as a PDF file whose pages are drawn, looked at and read back."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColorConstants, QFontMetricsF, QImage, QPainter
from PySide6.QtPdf import QPdfDocument

from shopdesk import qr
from shopdesk.cli.qr import poster
from shopdesk.errors import InvalidInputError
from shopdesk.japanese import nfkc
from shopdesk.links import Wanted
from shopdesk.ui.posters import typeset
from shopdesk.ui.posters.drawing import Poster
from shopdesk.ui.posters.files import poster_of, write_for, write_pdf
from shopdesk.ui.posters.forms import FORMS, Form
from tests.doors.test_qr_files import logo

BASE = "https://shop.example.jp"
DOTS = 6
"""On a millimetre: what a phone's camera has of a sheet that fills its picture, or more."""


@pytest.fixture
def source(sqlite_shop):
    for key, value in {"shop_name": "みほん洋菓子店", "public_url": BASE}.items():
        sqlite_shop.settings.set(key, value)
    mark = sqlite_shop.messages.pictures.add(logo(), "印", (1, 1)).id
    wide = sqlite_shop.messages.pictures.add(logo(), "写真").id
    said = Wanted(
        "レジ横",
        headline="LINE で\n焼きたてをお知らせ",
        offer="コーヒー 1 杯",
        colour="#30499b",
        logo=mark,
        picture=wide,
    )
    return sqlite_shop.links.sources.add(said)


def page(file, form: Form) -> QImage:
    """Draw the one page of a file on white."""
    width, height = form.paper
    document = QPdfDocument()
    assert document.load(str(file)) == QPdfDocument.Error.None_
    assert document.pageCount() == 1
    size = document.pagePointSize(0)
    assert abs(size.width() / 72 * 25.4 - width) < 1
    assert abs(size.height() / 72 * 25.4 - height) < 1
    image = QImage(QSize(round(width * DOTS), round(height * DOTS)), QImage.Format.Format_RGB32)
    image.fill(QColorConstants.White)
    painter = QPainter(image)
    painter.drawImage(0, 0, document.render(0, image.size()))
    painter.end()
    words = nfkc(document.getAllText(0).text())  # some letters are kept under another number of the same shape
    assert "焼きたてをお知らせ" in words  # letters, not pictures of letters
    assert "みほん洋菓子店" in words
    assert ("ページのボタンを押すだけ" in words) is not form.wide  # whatever that button says
    return image


def text_in(image: QImage) -> str | None:
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    return qr.read(memoryview(grey.constBits()), grey.width(), grey.height(), grey.bytesPerLine())


@pytest.mark.parametrize("form", FORMS, ids=lambda one: one.key)
def test_each_piece_of_each_form_is_read_back(appearance, sqlite_shop, source, tmp_path, form):
    file = tmp_path / "print.pdf"
    address = write_for(sqlite_shop, source, form.key, file)
    assert address == f"{BASE}/add/{source.key}"
    assert re.search(rb"/FontFile[23]?\b", file.read_bytes())  # the letters travel with the file
    image = page(file, form)
    places = {0, form.places - 1}
    for place in places:
        left, top = form.corner(place)
        width, height = form.piece
        piece = image.copy(*(round(one * DOTS) for one in (left, top, width, height)))
        assert text_in(piece) == address
    colours = {image.pixelColor(x, y).name() for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}
    assert {"#ffffff", "#30499b"} <= colours


def test_who_has_to_send_what_stands_there_is_told_on_every_form(appearance, sqlite_shop, source, tmp_path):
    made = replace(poster_of(sqlite_shop, source), way="talk", offer="はじめての方に全品10%オフのクーポンと粗品")
    for form in FORMS:
        write_pdf(tmp_path / "print.pdf", form, made)
        document = QPdfDocument()
        document.load(str(tmp_path / "print.pdf"))
        words = nfkc(document.getAllText(0).text())
        assert words.count("カメラで読み取り、") == words.count("出てきた言葉をそのまま送信") == form.places
        assert "…" not in words


def test_the_command_line_offers_every_form(qapp):
    (form,) = (one for one in poster.params if one.name == "form")
    assert list(form.type.choices) == [one.key for one in FORMS]


def test_what_cannot_be_printed_is_said(appearance, sqlite_shop, source, tmp_path):
    made = poster_of(sqlite_shop, source)
    assert isinstance(made, Poster)
    with pytest.raises(InvalidInputError):
        write_pdf(tmp_path / "nowhere" / "print.pdf", FORMS[0], made)
    with pytest.raises(InvalidInputError, match="レジ横"):
        sqlite_shop.messages.pictures.delete(source.wanted.logo)


def test_long_words_are_broken_before_they_get_tiny_and_none_is_cut(appearance):
    """A sticker's headline has about 31 × 11 mm; lines that fit stay as they were typed."""
    high = lambda found: found.font.pixelSize() / typeset.PER_MM  # noqa: E731
    assert typeset.fit("LINE で\n焼きたてをお知らせ", 31, 11, 4, bold=True).lines == ("LINE で", "焼きたてをお知らせ")
    for words in ("とても長い見出し" * 7, "𠮷野家の一日𠮷" * 8, "あ" * 60):
        found = typeset.fit(words, 31, 11, 4, bold=True)
        metrics = QFontMetricsF(found.font)
        assert "".join(found.lines) == words
        assert max(map(metrics.horizontalAdvance, found.lines)) <= 31 * typeset.PER_MM
        assert found.high * len(found.lines) <= 11 * typeset.PER_MM
        assert len(found.lines) > 1
        assert high(found) >= 1.6
        assert len(found.lines[-1]) > 2
    told = typeset.fit("カメラで読み取り、出てきた言葉をそのまま送信", 31, 6.3, 2.2, bold=False)
    assert told.lines == ("カメラで読み取り、", "出てきた言葉をそのまま送信")
    asked = "LINE で友だちになりませんか"  # what stands there where the shop writes nothing
    for room in ((31, 11, 4), (25, 8, 4), (20, 11, 4), (60, 20, 9), (91, 30, 14)):
        assert typeset.fit(asked, *room, bold=True).lines == ("LINE で", "友だちになりませんか")
    named = typeset.fit("みほん洋菓子店 北山本店 二階カフェ", 31, 11, 4, bold=True)
    assert named.lines == ("みほん洋菓子店", "北山本店 二階カフェ")
    endless = typeset.fit("終わらない言葉" * 90, 31, 11, 4, bold=True)
    assert endless.lines[-1].endswith("…")
    assert endless.high * len(endless.lines) <= 11 * typeset.PER_MM
