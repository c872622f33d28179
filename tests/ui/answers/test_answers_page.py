"""自動応答: everything the machine goes by is set here through its service, can be undone, and is tried before it counts."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest

from shopdesk.assistant import Assistant
from shopdesk.messages import draft, sticker, text
from shopdesk.talks import NewRule
from shopdesk.ui import widgets as w
from shopdesk.ui.answers.page import AnswersPage
from tests.talks.machine.test_assisting import says, service

__all__ = ["service"]


@pytest.fixture
def shop(sqlite_shop):
    """A shop without a connection to LINE: the machine needs none to be set."""
    return sqlite_shop


@pytest.fixture
def opened(open_page):
    """The page, with a way to wait for what was asked, and to undo what was said last."""
    made = open_page(AnswersPage)
    made.undo = lambda: (made.toast().findChild(w.Button).click(), made.settle())
    return made


def rule(name, match, *words, says="", during="always"):
    return NewRule(name, match, words, draft([text(says or f"{name}です")]), during)


def names(card):
    return [row.accessibleName().split(",")[0] for row in card.rows.values()]


def write(made, words):
    """Type into the first bubble of the open editor."""
    edit = made.page.editor.form.first()
    edit.selectAll()
    QTest.keyClick(edit, Qt.Key.Key_Delete)
    edit.insertPlainText(words)


def save(made):
    QTest.keyClick(made.page.editor.form.first(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    made.settle()


def test_a_greeting_is_written_shown_undone_and_silenced(opened, shop):
    page, card = opened.page, opened.page.tabs["greetings"].cards["greeting"]
    assert (card.said.isVisible(), card.stop.isVisible()) == (False, False)
    assert "Nothing is said" in card.words.text()
    card.change.click()
    assert page.editing()
    write(opened, "あ" * 5001)
    save(opened)
    assert page.editing()  # LINE would not take it: said at the bubble
    write(opened, "ようこそ、みほん洋菓子店です。")
    page.editor.form.written.bubbles.insert(1, sticker("446", "1988"))
    save(opened)
    assert not page.editing()
    assert json.loads(shop.settings.get("greeting")) == [text("ようこそ、みほん洋菓子店です。"), sticker("446", "1988")]
    assert "ようこそ" in card.said.accessibleName()
    opened.undo()
    assert shop.settings.get("greeting") == ""
    shop.messages.templates.save("春", [text("型から")])
    shop.settings.set("greeting", "template:春")
    page.reload()
    opened.settle()
    assert "春" in card.words.text()
    card.stop.click()
    opened.settle()
    assert shop.settings.get("greeting") == ""
    opened.undo()
    assert shop.settings.get("greeting") == "template:春"
    shop.settings.set("greeting", "template:夏")
    page.reload()
    opened.settle()
    assert "夏" in card.words.text()  # it is gone: the sentence says so
    assert card.stop.isVisible()


def test_a_rule_is_made_with_errors_at_its_fields(opened, shop):
    page, rules = opened.page, shop.talks.machine.rules
    rules.add(rule("営業時間", "any", "何時"))
    page.reload()
    page.tabs["rules"].list.new.click()
    fields = page.editor.fields
    write(opened, "店の裏に3台分あります。")
    fields.name.setText("営業時間")
    fields.words.setPlainText("駐車場\n\nパーキング")
    save(opened)
    assert "already" in fields.name_field.error()
    fields.name.setText("駐車場")
    fields.words.setPlainText(" ")
    save(opened)
    assert (fields.name_field.error(), bool(fields.words_field.error())) == ("", True)
    fields.words.setPlainText("駐車場\n\nパーキング")
    fields.during._parts[1].click()
    save(opened)
    made = rules.all()[-1]
    assert (made.name, made.match, made.words, made.during) == ("駐車場", "any", ("駐車場", "パーキング"), "open")
    assert names(page.tabs["rules"].list) == ["営業時間", "駐車場"]
    page.tabs["rules"].list.rows[made.id].clicked.emit()
    fields.match._parts[0].click()
    save(opened)
    assert rules.all()[-1].match == "exact"
    opened.undo()
    assert rules.all()[-1] == made


def test_rules_are_switched_moved_past_questions_and_brought_back(opened, shop):
    rules = shop.talks.machine.rules
    kept = [rules.add(rule(*one)) for one in (("甲", "exact", "a"), ("問", "alike", "b"), ("乙", "any", "c"))]
    first, _question, last = kept
    opened.page.reload()
    opened.settle()
    card = opened.page.tabs["rules"].list
    assert [names(card), names(opened.page.tabs["questions"].list)] == [["甲", "乙"], ["問"]]
    assert not card.rows[first.id].up.isEnabled()
    card.rows[last.id].up.click()
    opened.settle()
    assert [one.name for one in rules.all()] == ["乙", "甲", "問"]
    card.rows[last.id].switch.click()
    opened.settle()
    card.rows[last.id].remove.click()
    opened.settle()
    assert names(card) == ["甲"]
    opened.undo()
    assert [(one.name, one.active) for one in rules.all()] == [("乙", False), ("甲", True), ("問", True)]


def test_unsaved_changes_are_asked_about(opened, shop, qtbot):
    page = opened.page
    page.tabs["rules"].list.new.click()
    page.back()
    assert not page.editing()  # nothing was written
    page.tabs["rules"].list.new.click()
    write(opened, "書きかけ")

    def stay():
        dialog = next(one for one in page.window().findChildren(w.Dialog) if one.isVisible())
        dialog.back.click()

    QTimer.singleShot(0, stay)
    assert page.back()
    assert page.editing()


def test_the_trial_says_which_rule_would_answer(opened, shop):
    machine, trial = shop.talks.machine, opened.page.trial
    machine.rules.add(rule("電話", "any", "電話", during="open"))
    machine.rules.add(rule("駐車場", "alike", "駐車場はありますか", says="3台あります"))
    shop.settings.set("opening_hours", "mon-sun 10:00-19:00")
    shop.settings.set("closed_message", "本日は終了しました")
    opened.page.reload()
    opened.settle()

    def tried(words, when="now"):
        trial.when.set_value(when)
        trial.text.setText(words)
        QTest.keyClick(trial.text, Qt.Key.Key_Return)
        opened.settle()
        return trial.verdict.text()

    assert "“電話” answers" in tried("電話番号は？")
    assert "closed" in tried("電話番号は？", "closed")
    assert "本日は終了しました" in trial.said.accessibleName()
    assert "“駐車場” is answered" in tried("駐車場ありますか？")
    assert trial.nearest.itemAt(0).widget().findChild(w.Badge).mark.words == "nearly the same"
    trial.open_rule.click()
    assert opened.page.editing()
    assert opened.page.editor.fields.words.toPlainText() == "駐車場はありますか"
    shop.settings.set("ask_button", "")
    assert "a person answers" in tried("こんにちは")
    assert not trial.said.isVisible()


def test_hours_with_bands_holidays_and_single_days(opened, shop):
    tab, kept = opened.page.tabs["hours"], lambda: shop.settings.get("opening_hours")
    assert not tab._box.isVisibleTo(tab)
    tab.on.click()
    opened.settle()
    assert kept() == "mon,tue,wed,thu,fri,sat,sun 10:00-19:00"
    monday, sunday = tab.days[0], tab.days[6]
    monday.add.click()
    monday.bands[0].end.setText("１４：００")
    monday.bands[0].end.editingFinished.emit()
    opened.settle()
    assert kept().startswith("mon 10:00-14:00,17:00-20:00; tue")
    before = kept()
    monday.bands[1].end.setText("25時")
    monday.bands[1].end.editingFinished.emit()
    opened.settle()
    assert (kept(), monday._wrong.isVisibleTo(tab)) == (before, True)
    monday.bands[1].end.setText("26:00")
    monday.bands[1].end.editingFinished.emit()
    sunday.bands[0].remove.click()
    tab.holiday_way.set_value("own")
    tab.holiday_way.chosen.emit("own")
    tab.new_day.setText("2026/12/31")
    QTest.keyClick(tab.new_day, Qt.Key.Key_Return)
    opened.settle()
    whole = (
        "mon 10:00-14:00,17:00-26:00; tue,wed,thu,fri,sat 10:00-19:00; sun closed; holiday closed; 2026-12-31 closed"
    )
    assert kept() == whole
    tab.new_day.setText("2026-11-21")
    QTest.keyClick(tab.new_day, Qt.Key.Key_Return)
    assert "to come" in tab.new_field.error()
    tab.same.click()
    opened.settle()
    assert kept().startswith("mon,tue,wed,thu,fri,sat,sun 10:00-14:00")
    opened.undo()
    assert kept() == whole
    assert len(sunday.bands) == 0
    tab.on.click()
    opened.settle()
    assert (kept(), tab.closed.isVisibleTo(tab)) == ("", False)


def test_how_near_and_the_offer_of_a_person(opened, shop):
    tab, settings = opened.page.tabs["questions"], shop.settings
    settings.set("likeness_percent", "72")
    opened.page.reload()
    opened.settle()
    assert tab.near.currentText() == "From 72 % on"
    tab.near.chosen.emit(45)
    opened.settle()
    assert settings.get("likeness_percent") == 45
    tab.button.clear()
    QTest.keyClicks(tab.button, "x" * 21)
    tab.keep_offer.click()
    opened.settle()
    assert "20" in tab.button_field.error()
    tab.button.clear()
    QTest.keyClicks(tab.button, "ask us")
    QTest.keyClick(tab.button, Qt.Key.Key_Return)
    opened.settle()
    assert settings.get("ask_button") == "ask us"
    tab.asks.click()
    opened.settle()
    assert (settings.get("ask_button"), tab.thanks.isVisibleTo(tab)) == ("", False)


def test_the_assistant_is_off_until_it_was_connected(opened, shop, service):
    tab = opened.page.tabs["assistant"]
    assert tab.state.mark.words == "Off"
    tab.connect_button.click()
    assert (bool(tab.url_field.error()), bool(tab.model_field.error())) == (True, True)
    tab.url.setText(service.url)
    tab.model.setText("small")
    tab.key.setText("sk-secret")
    tab.question.setText("予約は？")
    tab.ask.click()
    opened.settle()
    assert tab.said.text() == "はい、できます。"
    assert shop.assistant() is None  # trying keeps nothing
    tab.connect_button.click()
    opened.settle()
    assert shop.assistant() == Assistant(service.url, "sk-secret", "small")
    assert (tab.state.mark.words, tab.key.text()) == ("On", "")
    service.body = says("PASS")
    tab.ask.click()
    opened.settle()
    assert "person" in tab.said.text()
    assert service.asked[-1][1] == "Bearer sk-secret"
    tab.url.setText(service.url.replace("127.0.0.1", "localhost"))
    tab.ask.click()
    opened.settle()
    assert service.asked[-1][1] == ""  # a kept key goes to no other address
    tab.off.click()
    opened.settle()
    assert (shop.assistant(), shop.secrets.get("assistant_key")) == (None, None)
    assert tab.state.mark.words == "Off"
