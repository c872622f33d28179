"""データの鍵 as the owner meets it: three steps, the paper asked back, the program closed and opened again with a key."""

from __future__ import annotations

import shutil
import sys
from contextlib import closing

import keyring
import pytest
from keyring.backend import KeyringBackend
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QPdfWriter
from PySide6.QtWidgets import QApplication

from shopdesk import app
from shopdesk.at_rest import encrypt_shop, recover_key
from shopdesk.backup import is_plain
from shopdesk.customers import NewCustomer
from shopdesk.database import WrongKeyError
from shopdesk.encryption import new_key, recovery_code
from shopdesk.errors import ShopDeskError
from shopdesk.paths import Home
from shopdesk.shop import open_shop
from shopdesk.ui.interlude import Interlude, Work
from shopdesk.ui.main_window import MainWindow
from shopdesk.ui.refusal import Refusal
from shopdesk.ui.settings import key as section_module
from shopdesk.ui.settings.key_dialog import CodeCard, KeyDialog
from shopdesk.ui.settings.key_paper import draw_paper
from shopdesk.ui.widgets import Button

KEY = "0123456789abcdef" * 4
GROUPS = recovery_code(KEY).split("-")


class MemoryRing(KeyringBackend):
    """A key ring like the operating system's, in memory."""

    priority = 1

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service, username):
        return self.kept.get((service, username))

    def set_password(self, service, username, password):
        self.kept[service, username] = password


@pytest.fixture
def ring():
    before = keyring.get_keyring()
    keyring.set_keyring(MemoryRing())
    yield keyring.get_keyring()
    keyring.set_keyring(before)


@pytest.fixture
def home(tmp_path, empty_sqlite, ring):
    made = Home(tmp_path / "home")
    made.make()
    shutil.copyfile(empty_sqlite, made.database)
    with closing(open_shop(made.path)) as shop:
        shop.customers.add(NewCustomer(name="見本 花子", email="hanako@example.jp"))
    return made


def press(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


# The section


def test_without_a_key_ring_it_says_what_can_be_done(open_desk):
    section = open_desk("key", secrets=None).section
    assert section.fact.text() == "The data has no key"
    assert "SHOPDESK_KEYS_FILE" in section.note.text()
    assert "database_key" in section.note.text()
    assert not section.set_key.isVisible()


def test_the_demos_data_gets_no_key(open_desk, ring):
    assert not open_desk("key", secrets={}).section.set_key.isVisible()


def test_on_postgresql_the_server_is_meant(open_desk, fresh_postgresql):
    section = open_desk("key", url=fresh_postgresql, secrets=None).section
    assert "database server" in section.fact.text()
    assert not section.set_key.isVisible()


def test_a_key_is_asked_for_and_the_window_wants_to_start_again(qtbot, open_desk, ring, monkeypatch):
    desk = open_desk("key", secrets=None)
    wanted = []
    desk.window.again.connect(wanted.append)
    answers = [False, True]

    def exec_(dialog):
        assert dialog.sheets.currentIndex() == 0
        return KeyDialog.DialogCode.Accepted if answers.pop(0) else KeyDialog.DialogCode.Rejected

    monkeypatch.setattr(KeyDialog, "exec", exec_)
    for _time in range(2):
        press(qtbot, desk.section.set_key)
        assert desk.tasks.settle()
    assert [type(one) for one in wanted] == [Work]
    assert ring.kept == {}  # nothing is kept before the shop is closed


def test_a_keyed_shop_shows_its_code_again_and_replaces_plain_backups(qtbot, open_desk, home, monkeypatch):
    shutil.copyfile(home.database, home.backups / "old.db")
    encrypt_shop(KEY, home.path)
    desk = open_desk("key", secrets=None)
    assert desk.section.fact.text() == "The data has a key"
    assert not desk.section.set_key.isVisible()
    assert "1 older backup has no key" in desk.section.plain.prose.text()
    shown = []
    monkeypatch.setattr(section_module.CodeDialog, "exec", lambda one: shown.append(one.findChild(CodeCard)._code))
    press(qtbot, desk.section.show_code)
    assert desk.tasks.settle()
    assert shown == [recovery_code(KEY)]
    monkeypatch.setattr(section_module, "confirm", lambda *_a, **_k: True)
    press(qtbot, desk.section.plain.action)
    assert desk.tasks.settle()
    assert [one.plain for one in desk.shop.backups()] == [False]
    assert not desk.section.plain.isVisible()


# The dialog


@pytest.fixture
def dialog(qtbot, open_desk):
    printed = []
    made = KeyDialog(open_desk("key").page, KEY, lambda code: bool(printed.append(code)) or True)
    made.printed = printed
    qtbot.addWidget(made)
    made.show()
    return made


def test_the_code_is_shown_printed_copied_and_asked_back(qtbot, dialog):
    press(qtbot, dialog.verb)
    card = dialog.findChild(CodeCard)
    named = [one.accessibleName() for one in card.findChildren(type(card.done)) if one.accessibleName()]
    assert [one.partition(": ")[2].replace(" ", "") for one in named] == GROUPS
    for button in card.findChildren(Button):
        press(qtbot, button)
    assert dialog.printed == [recovery_code(KEY)]
    assert QGuiApplication.clipboard().text() == recovery_code(KEY)
    press(qtbot, dialog.verb)
    press(qtbot, dialog.verb)
    assert all("Not as on the paper" in field.error() for field in dialog.fields)
    assert dialog.isVisible()
    for at, field in zip(dialog.asked, dialog.fields, strict=True):
        field.control.setText(f" {GROUPS[at].lower()} ")
    press(qtbot, dialog.verb)
    assert dialog.result() == KeyDialog.DialogCode.Accepted


def test_esc_goes_one_step_back_and_out_at_the_first(qtbot, dialog):
    dialog.accept()
    dialog.accept()
    for step in (1, 0):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        assert (dialog.sheets.currentIndex(), dialog.isVisible()) == (step, True)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert dialog.result() == KeyDialog.DialogCode.Rejected


def test_the_paper_is_one_page(appearance, tmp_path, clock):
    file = tmp_path / "paper.pdf"
    assert draw_paper(QPdfWriter(str(file)), "見本<b>洋菓子店", recovery_code(KEY), clock.now())
    assert file.read_bytes().count(b"/Type /Page\n") == 1


# Between two windows, and a lost key


def test_the_interlude_does_the_work_and_gives_its_error(appearance):
    assert Interlude(Work("…", lambda: 1, "")).run() is None

    def fails():
        raise ShopDeskError("not now")

    assert str(Interlude(Work("…", fails, "")).run()) == "not now"


def test_a_lost_key_comes_back_with_the_code(qtbot, appearance, home, ring):
    encrypt_shop(KEY, home.path)
    ring.kept.clear()
    with pytest.raises(WrongKeyError) as refused:
        open_shop(home.path)
    window = Refusal(refused.value, lambda code: recover_key(code, home.path))
    qtbot.addWidget(window)
    window.show()
    window.code.setText(recovery_code(new_key()))
    press(qtbot, window.bring)
    assert "does not open this data" in window.field.error()
    window.code.setText("-".join(["AAAAA", *GROUPS[1:]]))
    press(qtbot, window.bring)
    assert "Group 1 " in window.field.error()
    assert not window.recovered
    window.code.setText(" ".join(GROUPS))
    press(qtbot, window.bring)
    assert window.recovered
    assert not window.isVisible()
    with closing(open_shop(home.path)) as shop:
        assert shop.customers.count() == 1


def test_the_program_closes_sets_the_key_and_opens_again(appearance, home, ring, monkeypatch):
    """The whole way through `run_window`: plain, keyed, then the key lost and brought back."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)  # each window takes it
    seen = []

    def drive() -> None:
        top = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
        for window in top:
            if isinstance(window, MainWindow) and not window._desk.tasks.busy:
                keyed = bool(window._desk.shop.database.key)
                seen.append(("window", keyed))
                if keyed:
                    window.close()
                else:
                    work = Work("…", lambda: encrypt_shop(KEY, home.path), "The data has a key now.")
                    window.start_again(work)
            elif isinstance(window, Refusal):
                seen.append(("refusal", False))
                window.code.setText(recovery_code(KEY))
                window.bring_back()

    timer = QTimer(interval=20)
    timer.timeout.connect(drive)
    timer.start()
    assert app.run_window(home.path) == 0
    assert not is_plain(home.database)
    ring.kept.clear()
    assert app.run_window(home.path) == 0
    timer.stop()
    assert seen == [("window", False), ("window", True), ("refusal", False), ("window", True)]
