"""The page of the shop's own pages as a shopkeeper uses it: written beside the phone, comments decided, requests answered."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from shopdesk.clock import JAPAN
from shopdesk.site import NOBODY, Part, Wanted
from shopdesk.ui import widgets
from shopdesk.ui.directions import isolated
from shopdesk.ui.home.page import HomePage
from shopdesk.ui.home.todo import todos
from shopdesk.ui.reserving import AnswerDialog, TellDialog
from shopdesk.ui.site.address import AddressDialog
from shopdesk.ui.site.page import SitePage
from tests.site.conftest import BASE, news, nonce, shop_page

EVENING = datetime(2026, 11, 28, 18, 30, tzinfo=JAPAN)
HOSTILE = "<img src=file:///x><b>花子</b>&amp;"


def press(widget, words: str) -> None:
    next(one for one in widget.findChildren(widgets.Button) if one.isVisible() and one.words() == words).click()


@pytest.fixture
def agree(monkeypatch):
    monkeypatch.setattr(widgets, "confirm", lambda *_facts, **_more: True)


def test_a_page_is_written_beside_the_phone(sqlite_shop, open_page, agree, tmp_path):
    shop = sqlite_shop
    shop.settings.set("shop_name", "みほん洋菓子店")
    opened = open_page(SitePage)
    page, editor = opened.page, opened.page.editor
    page.begin("news")
    opened.settle()
    editor.publish.emit()
    assert editor.form.title_field.error() == "Write a title."
    editor.form.title.setText("秋の栗")
    editor.form.parts.add(Part("text", "栗の季節です"))
    editor.form.parts.add(Part("picture"))
    file = tmp_path / "photo.png"
    image = QImage(1200, 700, QImage.Format.Format_RGB32)
    image.fill(0x00AA5500)
    image.save(str(file))
    editor.form.parts.forms[1].picture.add(file)
    opened.settle()
    editor.form.parts.forms[1].moved.emit(-1)
    assert [one.kind for one in editor.form.content().parts] == ["picture", "text"]
    drawn = []
    for said in ("あ", "い", HOSTILE):
        editor.form.parts.forms[1].text.setPlainText(said)
        editor.show_face()
        drawn.append(editor.phone.grab().toImage())
    assert drawn[0] != drawn[1]  # as high as each other: it is the words that differ
    assert editor.dirty()
    editor.publish.emit()
    opened.settle()
    (made,) = shop.site.news()
    assert (made.content.title, made.content.parts[1].text) == ("秋の栗", HOSTILE)
    assert not editor.dirty()
    editor.form.parts.add(Part("link", "押す", "javascript:alert(1)"))
    editor.save.emit()
    opened.settle()
    assert shop.site.get(made.id).content == made.content  # refused: nothing was kept
    assert page.back()
    opened.settle()
    assert page.overview.list.model.rowCount() == 1
    page.open(made)
    opened.settle()
    editor.hide_wanted.emit()
    opened.settle()
    assert shop.site.news() == []
    page.open(made)
    opened.settle()
    editor.delete_wanted.emit()
    opened.settle()
    assert shop.site.list() == []


def test_of_the_shop_page_there_is_one_and_a_privacy_page_has_first_words(sqlite_shop, open_page, monkeypatch):
    shop = sqlite_shop
    shop.settings.set("shop_contact", "03-0000-0001")
    shown = []
    monkeypatch.setattr(
        AddressDialog, "exec", lambda dialog: shown.append((dialog.text.text(), dialog.note.isHidden()))
    )
    opened = open_page(SitePage)
    page = opened.page
    page.begin("privacy")
    opened.settle()
    assert any("03-0000-0001" in one.text for one in page.editor.form.content().parts)
    page.editor.save.emit()
    opened.settle()
    page.editor.address_wanted.emit()
    opened.settle()
    assert shown == []  # there is no address that stays
    shop.settings.set("public_url", BASE)
    page.editor.address_wanted.emit()
    opened.settle()
    assert shown == [(f"{BASE}/privacy", False)]
    shop_page(shop, menu="https://menu.example.jp/")
    page.begin("shop")
    opened.settle()
    assert page.editor.form.content().menu == "https://menu.example.jp/"
    assert page.editor.page is not None


def later(dialog):
    """Choose an hour later; nothing is added where nobody would read it, and the hour asked for is no other."""
    assert (dialog.words, dialog.verb.isEnabled()) == (None, False)
    dialog.at.hour.set_value(19)
    dialog.at.hour.chosen.emit(19)
    return dialog.DialogCode.Accepted if dialog.verb.isEnabled() else dialog.DialogCode.Rejected


def seen(dialog):
    """Return what it asks to be done, without the name, and what its first button copies."""
    next(one for one in dialog.findChildren(widgets.Button) if one.words() == "Copy").click()
    return dialog.windowTitle().replace(isolated(HOSTILE), "{}"), QApplication.clipboard().text()


def test_comments_and_requests_wait_at_home_and_are_answered(sqlite_shop, open_page, agree, monkeypatch):
    shop = sqlite_shop
    shop_page(shop)
    found = news(shop)
    shop.site.feedback.comment(found.key, NOBODY, name=HOSTILE[:20], text=HOSTILE, nonce=nonce(1))
    for number in (2, 3, 4):
        shop.site.reservations.ask(NOBODY, Wanted(EVENING, 2, HOSTILE, "090-0000-0001", note=HOSTILE), nonce(number))
    home = open_page(HomePage).page
    titles = [one.title for one in todos(home.today)]
    assert "3 reservations are asked for" in titles
    assert "1 comment waits to be looked at" in titles

    opened = open_page(SitePage, part="comments")
    page = opened.page
    opened.settle()
    assert page.part._tabs[1].words == "Comments (1)"
    press(page.comments, "Show it")
    opened.settle()
    assert [one.text for one in shop.site.feedback.article(found.key).comments] == [HOSTILE]
    press(page.comments, "Hide it")
    opened.settle()
    assert shop.site.feedback.article(found.key).comments == ()

    told = []
    monkeypatch.setattr(TellDialog, "exec", lambda dialog: told.append(seen(dialog)))
    page.shown(part="reservations")
    first, second, third = (one.id for one in shop.site.reservations.list())
    press(page.requests, "Accept")
    opened.settle()
    assert shop.site.reservations.get(first).state == "accepted"
    assert told.pop() == ("Tell {} that 11/28 (Sat) 18:30 is reserved", "090-0000-0001")
    monkeypatch.setattr(AnswerDialog, "exec", later)
    press(page.requests, "Another time…")
    opened.settle()
    assert shop.site.reservations.get(second).offered_at == EVENING + timedelta(hours=1)
    assert told.pop() == ("Ask {} whether 11/28 (Sat) 19:30 would do", "090-0000-0001")
    monkeypatch.setattr(AnswerDialog, "exec", lambda dialog: dialog.DialogCode.Accepted)
    page.answering.answer(third, "decline", EVENING, in_talk=False)
    opened.settle()
    assert shop.site.reservations.get(third).state == "declined"
    assert told.pop()[0] == "Tell {} that 11/28 (Sat) 18:30 is not possible"
    page.answering.answer(first, "call_off", EVENING)
    opened.settle()
    assert told == []  # nobody is told
    assert [shop.site.reservations.get(one).state for one in (first, second, third)] == [
        "called_off",
        "offered",
        "declined",
    ]
