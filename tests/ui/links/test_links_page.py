"""The page of friend-add codes: made, written anew, drawn as it is written, kept as files."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog

from shopdesk import pictures, qr
from shopdesk.links import Wanted, hour_of
from shopdesk.links.tables import ArrivalRow
from shopdesk.secrets import LINE_LOGIN_ID
from shopdesk.ui import widgets as w
from shopdesk.ui.link_clicks import LinkDialog
from shopdesk.ui.links.asking import CameDialog, CountedDialog, LoginDialog, PlaceDialog
from shopdesk.ui.links.page import LinksPage
from shopdesk.ui.posters.forms import FORMS
from tests.tracking.friends import friends

BASE = "https://shop.example.jp"


@pytest.fixture
def shop(sqlite_shop):
    for key, value in {"shop_name": "みほん洋菓子店", "public_url": BASE, "line_basic_id": "@mihon"}.items():
        sqlite_shop.settings.set(key, value)
    return sqlite_shop


def answer(monkeypatch, kind, **fields):
    """Fill a dialog's fields and accept it."""

    def accepted(dialog):
        for name, value in fields.items():
            getattr(dialog, name).setText(value)
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(kind, "exec", accepted)


def test_a_code_is_made_written_and_kept(shop, open_page, monkeypatch, tmp_path):
    opened = open_page(LinksPage)
    page = opened.page
    assert page.list.empty.isVisible()
    assert not page.form.isVisible()
    answer(monkeypatch, PlaceDialog, name="レジ横")
    page.begin()
    opened.settle()
    (made,) = shop.links.sources.list()
    assert (made.wanted.name, made.wanted.way) == ("レジ横", "page")
    assert page.preview.view.poster.code.text == f"{BASE}/add/{made.key}"
    # What is written is drawn at once, and kept by the button.
    assert not page.form.keep.isEnabled()
    page.form.headline.setPlainText("焼きたて")
    page.form.way.set_value("talk")
    page.form.way.chosen.emit("talk")
    opened.settle()
    assert page.preview.view.poster.headline == "焼きたて"
    assert page.preview.view.poster.code.text.startswith("https://line.me/R/oaMessage/%40mihon/")
    assert shop.links.sources.get(made.id).wanted.headline == ""
    page.form.keep.click()
    opened.settle()
    assert shop.links.sources.get(made.id).wanted.headline == "焼きたて"
    assert not page.form.keep.isEnabled()
    # Each file holds the same code.
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda _page, _title, name, _kind: (str(tmp_path / name), ""))
    for button in page.code.files:
        button.click()
    page.to_pdf()
    opened.settle()
    assert sorted(one.name for one in tmp_path.iterdir() if one.suffix in {".pdf", ".png", ".svg"}) == sorted(
        ["レジ横.pdf", "レジ横.png", "レジ横.svg", "Poster A4.pdf"]
    )
    grey, width, height = pictures.grey((tmp_path / "レジ横.png").read_bytes())
    assert qr.read(grey, width, height, width) == page.preview.view.poster.code.text
    for form in FORMS:
        page.preview.forms.chosen.emit(form)
        assert not page.preview.view.grab().toImage().isNull()


def test_figures_trouble_and_sign_in(shop, open_page, monkeypatch):
    till = shop.links.sources.add(Wanted("レジ横", note="左"))
    plain = shop.links.sources.add(Wanted("写真", "plain"))
    (friend,) = friends(shop, None)
    with shop.database.write() as session:
        session.add(ArrivalRow(friend_id=friend, source_id=till.id, at=shop.clock.now(), how="said"))
    opened = open_page(LinksPage, source=plain.id)
    page = opened.page
    rows = [page.list.model.record(at) for at in range(2)]
    assert [(page.list._named(one).words, page.list._came(one).words) for one in rows] == [
        ("レジ横", "1 person"),
        ("写真", "–"),
    ]
    assert page.preview.view.poster.way == "plain"
    page.list.table.picked.emit(rows[0])
    opened.settle()
    came = []
    monkeypatch.setattr(CameDialog, "exec", lambda dialog: came.append(dialog.windowTitle()))
    page.show_friends()
    opened.settle()
    assert came == ["Who came by “レジ横”"]
    page.code._copy()
    assert QGuiApplication.clipboard().text() == f"{BASE}/add/{till.key}"
    answer(monkeypatch, LoginDialog, channel="2000000002", secret="s" * 32)
    assert page.login.isVisible()
    page.ask_login()
    opened.settle()
    assert shop.secrets.get(LINE_LOGIN_ID) == "2000000002"
    assert not page.login.isVisible()
    # Without an address that stays a page can be no code; what is written is not lost by that.
    page.form.headline.setPlainText("x")
    shop.settings.set("public_url", "")
    page.reload()
    opened.settle()
    page.form.edited.emit()
    opened.settle()
    assert page.preview.view.poster is None
    assert "address" in page.preview._wrong.prose.text()
    assert not page.print.isEnabled()
    assert page.form.headline.toPlainText() == "x"
    page.end()
    opened.settle()
    assert shop.links.sources.get(till.id).ended_at is not None


def test_counted_links_stand_in_a_list_with_their_clicks(shop, open_page, monkeypatch):
    link = shop.links.add("https://example.jp/aki", "チラシ")
    shop.links.count({(link.id, None, hour_of(shop.clock.now())): 2})
    page, said = open_page(LinksPage).page, []

    def looked(dialog):
        said.append(" ".join(one.text() for one in dialog.findChildren(w.Label)))
        for row in dialog.findChildren(w.Row):
            row.clicked.emit()
        return QDialog.DialogCode.Rejected

    monkeypatch.setattr(CountedDialog, "exec", looked)
    monkeypatch.setattr(LinkDialog, "exec", looked)
    page.counted.click()
    while len(said) < 2:
        page.tasks.settle()
    assert all(words in said[0] for words in ("チラシ", "https://example.jp/aki", "2 clicks"))
    assert "2 clicks" in said[1]
