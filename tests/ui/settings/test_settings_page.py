"""The page 設定 as a person meets it: each change is kept and seen at once, and what cannot be says why."""

from __future__ import annotations

from typing import get_args

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from shopdesk.broadcasts.records import State
from shopdesk.quarantine import COPIED
from shopdesk.rehearsal import Rehearsal, running
from shopdesk.ui import widgets as w
from shopdesk.ui.settings import quarantine
from shopdesk.ui.settings.backups import size
from shopdesk.ui.theme import theme

KEYS = ("line_channel_id", "line_channel_secret")


@pytest.fixture
def there(clock, monkeypatch):
    with running(Rehearsal(12, clock=clock)) as found:
        monkeypatch.setenv("SHOPDESK_LINE_HOST", found.url)
        yield found


def press(qtbot, desk, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert desk.tasks.settle()


def said(desk):
    return desk.notices._toast.accessibleName()


def test_the_shops_name_is_kept_and_shown_in_the_window(qtbot, open_desk):
    desk = open_desk("shop")
    desk.section.name.setText("見本<b>洋菓子店")
    desk.section.name.editingFinished.emit()
    assert desk.tasks.settle()
    assert desk.shop.settings.get("shop_name") == "見本<b>洋菓子店"
    assert desk.window.windowTitle() == "見本<b>洋菓子店"


def test_what_another_window_changed_is_shown(open_desk):
    desk = open_desk("shop")
    desk.shop.settings.set("plan", "standard")
    desk.tasks.settle(0.2)
    assert desk.tasks.settle()
    assert desk.section.plan.value() == "standard"


def test_colours_and_text_size_are_used_at_once_and_kept(qtbot, open_desk):
    desk = open_desk("appearance")
    desk.section.colours.chosen.emit("dark")
    desk.section.text_size.chosen.emit("large")
    assert (theme().name, theme().scale) == ("dark", 1.15)
    assert desk.tasks.settle()
    found = desk.shop.settings.all()
    assert (found["theme"], found["text_size"]) == ("dark", "large")


def test_staying_in_the_tray_is_kept(open_desk):
    desk = open_desk("appearance")
    assert not desk.section.tray.isChecked()
    for on in (True, False):
        desk.section.tray.click()
        assert desk.tasks.settle()
        assert desk.shop.settings.get("stay_in_tray") is on


def test_wrong_keys_are_one_sentence_and_good_ones_turn_the_marks(qtbot, open_desk, there):
    desk = open_desk("line")
    line = desk.section
    assert [step.state for step in line.steps] == ["later", "later", "now", "later"]
    line.channel.setText("abc")
    press(qtbot, desk, line.connect_button)
    assert line.channel_field.error()
    assert line.secret_field.error()
    line.channel.setText(there.channel_id)
    line.secret.setText("f" * 32)
    press(qtbot, desk, line.connect_button)
    assert "does not accept the keys" in line.secret_field.error()
    assert desk.shop.secrets.get(KEYS[1]) is None
    line.secret.setText(there.channel_secret)
    press(qtbot, desk, line.connect_button)
    assert said(desk).startswith("Connected with")
    assert line.secret.text() == ""
    assert [step.state for step in line.steps] == ["done", "done", "done", "now"]
    press(qtbot, desk, line.fetch)
    assert desk.shop.friends.counts().friends == 12
    assert [step.state for step in line.steps] == ["done"] * 4
    assert line.account._friends.text() == "12 people"


def test_an_account_that_may_not_list_its_friends_is_told_so(qtbot, open_desk, clock, monkeypatch):
    with running(Rehearsal(3, clock=clock)) as found:
        found.rehearsal.faults.add({"endpoint": "followers/ids", "answer": 403})
        monkeypatch.setenv("SHOPDESK_LINE_HOST", found.url)
        desk = open_desk("line", secrets=dict(zip(KEYS, (found.channel_id, found.channel_secret), strict=True)))
        press(qtbot, desk, desk.section.fetch)
    assert "verified accounts" in desk.section.said.text()
    assert desk.section.said.isVisible()


def test_without_a_key_ring_it_says_where_keys_go(qtbot, open_desk, there):
    desk = open_desk("line", secrets=None)
    line = desk.section
    assert "SHOPDESK_KEYS_FILE" in line._ring.text()
    line.channel.setText(there.channel_id)
    line.secret.setText(there.channel_secret)
    press(qtbot, desk, line.connect_button)
    assert "SHOPDESK_KEYS_FILE" in line.secret_field.error()


def test_a_backup_is_made_listed_and_its_command_copied(qtbot, open_desk):
    desk = open_desk("backup")
    assert desk.section.empty.isVisible()
    press(qtbot, desk, desk.section.make)
    (only,) = desk.shop.backups()
    assert said(desk).startswith(f"Backed up and checked: {only.file.name}")
    assert not desk.section.empty.isVisible()
    qtbot.waitUntil(lambda: [row.isVisible() for row in desk.section.findChildren(w.Row)] == [True])
    assert desk.section.plain.isVisible()
    desk.section._copy()
    assert QGuiApplication.clipboard().text() == f'shopdesk restore "{only.file}"'


def test_sizes_are_readable():
    assert [size(n) for n in (10, 99_000, 1_500_000)] == ["1 KB", "99 KB", "1.5 MB"]


def test_a_held_home_says_so_and_is_let_go_after_a_question(qtbot, open_desk, monkeypatch):
    desk = open_desk("shop")
    assert not desk.page.held.isVisible()
    with desk.shop.database.write() as session:
        desk.shop.installation._hold(session, COPIED)
    desk.page.reload()
    assert desk.tasks.settle()
    assert desk.page.held.isVisible()
    asked = []
    monkeypatch.setattr(quarantine, "confirm", lambda *a, **_k: asked.append(a[2]) or True)
    press(qtbot, desk, desk.page.held.banner.action)
    assert asked == ["No broadcast waits to be sent."]
    assert not desk.shop.installation.quarantine().quarantined
    assert not desk.page.held.isVisible()


def test_the_states_that_send_on_are_states_of_a_broadcast():
    assert set(get_args(State)) >= quarantine.WAITING


def test_about_looks_at_everything(open_desk):
    desk = open_desk("about")
    assert desk.section._lines.count() == 10
    assert desk.section.again.isEnabled()
