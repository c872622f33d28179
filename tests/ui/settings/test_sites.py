"""Settings → members' sign-in: a site registered, built in, given another secret, looked at for what did not fit, removed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog

from shopdesk.line import SignedIn
from shopdesk.member_sites import Asked
from shopdesk.rehearsal import Rehearsal, running
from shopdesk.secrets import LINE_CHANNEL_ID, LINE_CHANNEL_SECRET
from shopdesk.ui.settings import sites
from shopdesk.ui.settings.site_dialogs import ConflictsDialog, RenewDialog, SecretDialog, SnippetDialog
from shopdesk.ui.widgets import Label, Prose


def press(qtbot, desk, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    for _turn in range(2):
        assert desk.tasks.settle()
        qtbot.wait(1)


@pytest.fixture
def keys(clock, monkeypatch):
    with running(Rehearsal(2, clock=clock)) as found:
        monkeypatch.setenv("SHOPDESK_LINE_HOST", found.url)
        yield {LINE_CHANNEL_ID: found.channel_id, LINE_CHANNEL_SECRET: found.channel_secret}, found.rehearsal.people


def contradict(shop, site, person):
    """Let somebody sign in as one member, and then as another."""
    who = SignedIn(person.user_id, "はな<b>", "", is_friend=True)
    for number in ("1001", "1002"):
        asked = Asked(site.id, site.key, site.wanted.name, number, number * 6, site.wanted.returns[0], 1)
        shop.member_sites.signing_in.answer(asked, who)


def test_from_the_first_site_to_none(qtbot, open_desk, monkeypatch, keys):
    secrets, (person, _other) = keys
    desk = open_desk("sites", secrets=secrets)
    section, service = desk.section, desk.shop.member_sites
    assert section.empty.isVisible()
    assert "address" in section.missing.prose.text()
    press(qtbot, desk, section.add_button)
    dialog = section.dialog
    dialog.name.setText("本店<b>")
    unsafe = (
        "http://ec.example.jp/b",
        "https://a@ec.example.jp/x",
        "https://ec.example.jp/?a",
        "javascript:1",
        "ftp://x",
        "",
    )
    for said in unsafe:
        dialog.returns.setPlainText(said)
        press(qtbot, desk, dialog.verb)
        assert "address" in dialog.problem.text(), said
    assert service.list() == []
    dialog.returns.setPlainText("https://ec.example.jp/back\n\nhttp://localhost:8000/back")
    dialog.cart.set_value("shopify")
    press(qtbot, desk, dialog.verb)
    (site,) = service.list()
    assert (site.wanted.cart, site.wanted.returns) == (
        "shopify",
        ("https://ec.example.jp/back", "http://localhost:8000/back"),
    )
    shown = section.dialog
    assert isinstance(shown, SecretDialog)
    secret = shown.secret.text()
    press(qtbot, desk, shown.verb)
    assert QGuiApplication.clipboard().text() == secret
    assert len(secret) == 43
    # What is built in needs an address that stays.
    section.build_in(site)
    assert desk.tasks.settle()
    assert "address" in desk.notices._toast.accessibleName()
    desk.shop.settings.set("public_url", "https://shop.example.jp")
    assert desk.tasks.settle()
    section.build_in(site)
    assert desk.tasks.settle()
    shown = section.dialog
    assert isinstance(shown, SnippetDialog)
    for language, word in (("php", "function line_begin"), ("python", "def begin"), ("node", "export function begin")):
        shown.language.set_value(language)
        shown.language.chosen.emit(language)
        assert word in shown.program.toPlainText()
        assert f"https://shop.example.jp/signin/{site.key}" in shown.program.toPlainText()
    press(qtbot, desk, shown.verb)
    assert QGuiApplication.clipboard().text() == service.snippet(site, "node")
    contradict(desk.shop, site, person)
    section.load()
    assert desk.tasks.settle()
    (site,) = service.list()
    section.show_conflicts(site)
    assert desk.tasks.settle()
    assert isinstance(section.dialog, ConflictsDialog)
    said = " ".join(one.text() for kind in (Label, Prose) for one in section.dialog.findChildren(kind))
    assert ("1002" in said, "はな<b>" in said) == (True, True)
    section.dialog.reject()
    section.change(site)
    section.dialog.name.setText("新しい本店")
    press(qtbot, desk, section.dialog.verb)
    assert service.find("新しい本店").id == site.id
    told = {"", secret}
    for at_once in (False, True):

        def answer(dialog, ends=at_once):
            dialog.at_once.setChecked(ends)
            return QDialog.DialogCode.Accepted

        monkeypatch.setattr(RenewDialog, "exec", answer)
        section.renew(site)
        assert desk.tasks.settle()
        assert section.dialog.secret.text() not in told
        assert (service.list()[0].previous_until is None) is at_once
        told.add(section.dialog.secret.text())
        section.dialog.reject()
    monkeypatch.setattr(sites, "confirm", lambda *_said, **_more: True)
    section.remove(site)
    assert desk.tasks.settle()
    assert service.list() == []
