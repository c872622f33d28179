"""The section メール: the sender is kept as typed; the server only once it has let the shop in."""

from __future__ import annotations

from PySide6.QtCore import Qt

from shopdesk.secrets import MAIL_PASSWORD
from tests.mail_provider import PASSWORD, USER, running


def test_the_sender_is_kept_and_a_known_provider_filled_in(open_desk):
    section = open_desk("mail").section
    section.texts["mail_address"].setText("mihon@gmail.com")
    section.texts["mail_address"].editingFinished.emit()
    section.texts["shop_contact"].setText("075-000-0000")
    section.texts["shop_contact"].editingFinished.emit()
    assert section.tasks.settle()
    assert section.shop.settings.get("mail_address") == "mihon@gmail.com"
    assert section.shop.settings.get("shop_contact") == "075-000-0000"
    assert (section.host.text(), section.port.value(), section.user.text()) == (
        "smtp.gmail.com",
        465,
        "mihon@gmail.com",
    )


def test_an_address_that_is_none_is_not_kept(open_desk):
    section = open_desk("mail").section
    section.texts["mail_address"].setText("mihon@")
    section.texts["mail_address"].editingFinished.emit()
    assert section.tasks.settle()
    assert section.shop.settings.get("mail_address") == ""


def test_a_server_that_lets_the_shop_in_is_kept(qtbot, open_desk):
    section = open_desk("mail").section
    with running() as (_provider, account):
        section.host.setText(account.host)
        section.port.set_value(account.port)
        section.security.set_entries([("none", "none")], "none")  # loopback speaks no TLS
        section.user.setText(USER)
        for password, kept in (("wrong", None), (PASSWORD, PASSWORD)):
            section.password.setText(password)
            qtbot.mouseClick(section.connect_button, Qt.MouseButton.LeftButton)
            assert section.tasks.settle()
            assert section.shop.secrets.get(MAIL_PASSWORD) == kept
            assert bool(section.shop.settings.get("mail_host")) == (kept is not None)
    assert section.shop.mail_account() == account
