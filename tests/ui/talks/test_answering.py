"""Answering: what is typed goes out once, by the way that was said; nothing goes while Japanese is being converted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from shopdesk import messages
from shopdesk.rehearsal import friend_id
from shopdesk.staff import Actor
from shopdesk.ui.talks.answer_edit import SETTLES_MS, AnswerEdit
from shopdesk.ui.talks.composer import NOTE, REPLY
from shopdesk.ui.talks.page import TalksPage
from shopdesk.ui.widgets import Label
from tests.people import person
from tests.ui.talks.conftest import tell

ENTER = Qt.Key.Key_Return


@pytest.fixture
def opened(open_page, wrote):
    """The page with one open talk."""
    friend, _message = wrote("予約できますか？")
    made = open_page(TalksPage, friend=friend)
    made.friend = friend
    made.settle()
    return made


@pytest.fixture
def phone(there):
    """What the friend's phone has got."""
    return lambda number=0: [one.get("text") for one in there.rehearsal.people.get(friend_id(number)).received()]


def type_(opened, text):
    edit = opened.page.composer.edit
    edit.setFocus()
    edit.insertPlainText(text)
    return edit


def test_enter_sends_and_the_thread_says_what_became_of_it(opened, phone):
    edit = type_(opened, "はい、承ります。")
    QTest.keyClick(edit, ENTER)
    assert not edit.toPlainText()
    opened.settle()
    assert phone() == ["はい、承ります。"]
    row = list(opened.page.messages.rows.values())[-1]
    assert (row.said.side, row.said.state, row.said.words) == ("shop", "accepted", "はい、承ります。")
    assert _labels(row) >= {"sent"}
    assert not any("deliver" in one for one in _labels(row))


def test_shift_enter_goes_to_the_next_line(opened, phone):
    edit = type_(opened, "一")
    QTest.keyClick(edit, ENTER, Qt.KeyboardModifier.ShiftModifier)
    edit.insertPlainText("二")
    QTest.keyClick(edit, ENTER)
    opened.settle()
    assert phone() == ["一\n二"]


def test_nothing_typed_is_nothing_sent(opened, phone):
    edit = type_(opened, " \n　")
    QTest.keyClick(edit, ENTER)
    opened.settle()
    assert phone() == []
    assert not opened.page.composer.send.isEnabled()


def convert(edit, preedit="", commit=""):
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(edit, event)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
@pytest.mark.parametrize(
    "modifier",
    [
        Qt.KeyboardModifier.NoModifier,
        Qt.KeyboardModifier.ShiftModifier,
        Qt.KeyboardModifier.ControlModifier,
        Qt.KeyboardModifier.KeypadModifier,
    ],
)
def test_no_enter_sends_while_japanese_is_being_converted(qtbot, appearance, key, modifier):
    edit = AnswerEdit()
    qtbot.addWidget(edit)
    sent = []
    edit.sent.connect(lambda: sent.append(edit.toPlainText()))
    edit.insertPlainText("きょうは")
    convert(edit, "はれです")
    QTest.keyClick(edit, key, modifier)
    convert(edit, "晴れです")
    QTest.keyClick(edit, key, modifier)
    assert sent == []
    assert edit.toPlainText() == "きょうは"


def test_the_enter_that_commits_does_not_send_and_the_next_one_does(qtbot, appearance):
    edit = AnswerEdit()
    qtbot.addWidget(edit)
    sent = []
    edit.sent.connect(lambda: sent.append(edit.toPlainText()))
    convert(edit, "晴れです")
    convert(edit, "", "晴れです")
    QTest.keyClick(edit, ENTER)  # some input methods pass it on after they have committed
    assert sent == []
    assert edit.toPlainText() == "晴れです"
    qtbot.wait(SETTLES_MS + 40)
    QTest.keyClick(edit, ENTER)
    assert sent == ["晴れです"]


def test_the_same_keys_without_a_conversion_do_send(qtbot, appearance):
    """The control: an Enter that is swallowed above is not swallowed for another reason."""
    edit = AnswerEdit()
    qtbot.addWidget(edit)
    sent = []
    edit.sent.connect(lambda: sent.append(1))
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        QTest.keyClick(edit, key)
        QTest.keyClick(edit, key, Qt.KeyboardModifier.ControlModifier)
    assert len(sent) == 4


def test_a_conversion_that_loses_the_focus_is_over(qtbot, appearance):
    edit = AnswerEdit()
    qtbot.addWidget(edit)
    sent = []
    edit.sent.connect(lambda: sent.append(1))
    convert(edit, "はれ")
    QApplication.sendEvent(edit, QFocusEvent(QEvent.Type.FocusOut))
    QTest.keyClick(edit, ENTER)
    assert sent == [1]


def test_a_typed_name_is_filled_in_and_other_braces_go_out_as_they_were_typed(opened, phone):
    edit = type_(opened, "{name} は {{そのまま}} $ < &")
    QTest.keyClick(edit, ENTER)
    opened.settle()
    assert phone() == [f"{opened.page.opened.talk.name} は {{{{そのまま}}}} $ < &"]


def test_two_answers_go_out_in_the_order_in_which_they_were_written(opened, phone):
    for text in ("一つめ", "二つめ", "三つめ"):
        QTest.keyClick(type_(opened, text), ENTER)
    opened.settle()
    assert phone() == ["一つめ", "二つめ", "三つめ"]


def test_the_cost_is_said_before_and_counts_down(opened, wrote, clock, there):
    token = there.rehearsal.reply_tokens.issue(friend_id(0), clock.now())
    wrote("まだですか", replyToken=token)
    clock.move(timedelta(seconds=13))
    opened.page.reload()
    opened.settle()
    badge = opened.page.composer.cost.badge
    assert badge.mark.words == "Free · 37 seconds left"
    clock.move(timedelta(seconds=36))
    opened.page.composer.cost.say()
    assert badge.mark.words == "Free · 1 second left"
    clock.move(timedelta(seconds=1))
    opened.page.composer.cost.say()
    assert badge.mark.words == "Counts as 1 message · 30,000 left"


def test_a_free_answer_is_free(opened, wrote, clock, there, phone):
    wrote("もしもし", replyToken=there.rehearsal.reply_tokens.issue(friend_id(0), clock.now()))
    QTest.keyClick(type_(opened, "はい"), ENTER)
    opened.settle()
    assert phone() == ["はい"]
    assert there.rehearsal.quota.used(clock.now()) == 0
    assert opened.page.composer.cost.badge.mark.words.startswith("Counts as 1 message")


def test_what_line_refuses_says_why_and_can_be_sent_again(opened, there, phone):
    there.rehearsal.quota.limit = 0
    QTest.keyClick(type_(opened, "お待ちしています"), ENTER)
    opened.settle()
    row = list(opened.page.messages.rows.values())[-1]
    assert row.said.state == "refused"
    assert "used up" in row.said.reason
    assert _labels(row) >= {"not sent"}
    there.rehearsal.quota.limit = 100
    row.again.click()
    opened.settle()
    row = list(opened.page.messages.rows.values())[-1]
    assert (row.said.state, row.again) == ("accepted", None)
    assert phone() == ["お待ちしています"]


def test_what_cannot_even_be_written_down_comes_back_into_the_field(opened, sqlite_shop, there):
    edit = type_(opened, "あしたでも大丈夫です")
    block(sqlite_shop, there)
    QTest.keyClick(edit, ENTER)
    opened.settle()
    assert edit.toPlainText() == "あしたでも大丈夫です"
    assert "blocked" in opened.toast()._words.text()


def block(shop, there):
    there.rehearsal.people.get(friend_id(0)).blocked = True
    tell(shop, 0, -0.1, type="unfollow")


def test_nobody_writes_to_a_friend_who_has_blocked_but_a_note_can_be_kept(opened, sqlite_shop, there):
    block(sqlite_shop, there)
    opened.page.reload()
    opened.settle()
    composer = opened.page.composer
    assert composer.banner.isVisible()
    assert not composer.edit.isEnabled()
    composer.mode._parts[1].click()
    assert composer.edit.isEnabled()
    QTest.keyClick(type_(opened, "電話した"), ENTER)
    opened.settle()
    assert list(opened.page.messages.rows.values())[-1].said.words == "電話した"


def test_a_note_is_the_shops_own(opened, phone):
    composer = opened.page.composer
    type_(opened, "書きかけの返信")
    composer.mode._parts[1].click()
    assert not composer.edit.toPlainText()
    QTest.keyClick(type_(opened, "卵アレルギー"), ENTER)
    opened.settle()
    said = list(opened.page.messages.rows.values())[-1].said
    assert (said.side, said.words) == ("note", "卵アレルギー")
    assert phone() == []
    composer.mode._parts[0].click()
    assert composer.edit.toPlainText() == "書きかけの返信"


def test_an_answer_goes_to_the_talk_on_the_screen_not_to_the_one_on_its_way(opened, wrote, phone):
    other, _message = wrote("別の話", friend=1)
    edit = type_(opened, "一人めの方へ")
    opened.page.open(other)  # chosen, and not read yet
    QTest.keyClick(edit, ENTER)
    opened.settle()
    assert phone(0) == ["一人めの方へ"]
    assert phone(1) == []


def test_an_unsent_text_stays_with_its_talk(opened, wrote):
    other, _message = wrote("別の話", friend=1)
    type_(opened, "書きかけ")
    opened.page.open(other)
    opened.settle()
    assert not opened.page.composer.edit.toPlainText()
    opened.page.open(opened.friend)
    opened.settle()
    assert opened.page.composer.edit.toPlainText() == "書きかけ"


def test_a_canned_reply_is_filled_in_and_can_be_changed_before_it_goes(opened, sqlite_shop, phone):
    sqlite_shop.friends.link(friend_id(0), person(sqlite_shop, "見本 花子"))
    sqlite_shop.messages.templates.save("お取り置き", [messages.text("{name} さま、お取り置きしました。")])
    opened.page.reload()
    opened.settle()
    canned = opened.page.composer.canned
    chip = canned.chips.itemAt(0).widget()
    assert chip.words == "お取り置き"
    chip.click()
    opened.settle()
    edit = opened.page.composer.edit
    assert edit.toPlainText() == "見本 花子 さま、お取り置きしました。"
    QTest.keyClick(edit, ENTER)
    opened.settle()
    assert phone() == ["見本 花子 さま、お取り置きしました。"]


def test_a_canned_reply_that_is_no_text_is_shown_before_it_goes(opened, sqlite_shop, there):
    kept = sqlite_shop.messages.templates.save(
        "場所", [messages.location("みほん洋菓子店", "東京都千代田区", 35.6, 139.7)]
    )
    opened.page.composer.canned.use(kept)
    opened.settle()
    received = there.rehearsal.people.get(friend_id(0)).received
    assert received() == []
    opened.page.composer.canned.dialog.accept()
    opened.settle()
    assert [one["title"] for one in received()] == ["みほん洋菓子店"]


def test_a_text_can_be_kept_as_a_canned_reply(opened, sqlite_shop):
    type_(opened, "火曜はお休みです {笑}\nまたどうぞ")
    opened.page.composer.canned.keep_wanted.emit()
    opened.settle()
    (kept,) = sqlite_shop.messages.templates.list()
    assert kept.name == "火曜はお休みです {笑}"
    opened.page.composer.edit.clear()
    opened.page.composer.canned.use(kept)
    opened.settle()
    assert opened.page.composer.edit.toPlainText() == "火曜はお休みです {笑}\nまたどうぞ"


def test_a_sticker_goes_out_at_once(opened, there):
    composer = opened.page.composer
    composer.sticker.click()
    composer.sheet.chosen.emit("446", "1988")
    opened.settle()
    assert there.rehearsal.people.get(friend_id(0)).received()[0]["stickerId"] == "1988"


def test_the_other_computers_see_who_types(opened, sqlite_shop, clock):
    with sqlite_shop.staff.acting(Actor("さくら", "manager")):
        sqlite_shop.talks.desk.typing(opened.friend)
    opened.page.reload()
    opened.settle()
    assert opened.page.composer.typing.text() == "さくら is typing …"
    clock.move(timedelta(seconds=21))
    opened.page.say_times()
    assert not opened.page.composer.typing.isVisible()


def test_how_long_somebody_waits_is_said_anew_as_time_passes(opened, clock):
    assert opened.page.head.waits.text() == "waiting since just now"
    clock.move(timedelta(minutes=3))
    opened.page.say_times()
    assert opened.page.head.waits.text() == "waiting for 3 minutes"


def test_typing_is_told_now_and_then_and_taken_back(opened, sqlite_shop, there, clock):
    edit = type_(opened, "か")
    opened.settle()
    first = sqlite_shop.talks.get(opened.friend).typing_at
    assert first == clock.now()
    assert there.rehearsal.people.get(friend_id(0)).typing_until is not None
    clock.move(timedelta(seconds=3))
    edit.insertPlainText("き")
    opened.settle()
    assert sqlite_shop.talks.get(opened.friend).typing_at == first
    clock.move(timedelta(seconds=6))
    edit.insertPlainText("く")
    opened.settle()
    assert sqlite_shop.talks.get(opened.friend).typing_at == clock.now()
    opened.page.reload()
    opened.settle()
    assert not opened.page.composer.typing.isVisible()  # that is we
    edit.clear()
    opened.settle()
    assert sqlite_shop.talks.get(opened.friend).typing_by == ""


def test_notes_are_typed_in_private(opened, sqlite_shop):
    opened.page.composer.turn_to(NOTE)
    type_(opened, "ないしょ")
    opened.settle()
    assert sqlite_shop.talks.get(opened.friend).typing_by == ""
    opened.page.composer.turn_to(REPLY)


def _labels(row):
    return {one.text() for one in row.findChildren(Label)}


def test_any_kind_of_message_is_written_with_the_broadcasts_forms(opened, there):
    composer = opened.page.composer
    type_(opened, "{}の件です")
    composer.more.click()
    opened.settle()
    form = composer.dialog.form
    assert form.messages() == [messages.text("{{}}の件です")]  # what stood in the field goes along, letter by letter
    assert composer.dialog.cost.badge.mark.words.startswith(("Free", "Counts"))
    form.written.bubbles.insert(1, messages.sticker("", ""))
    composer.dialog.verb.click()
    assert composer.dialog.isVisible()  # LINE would not take a sticker without its number
    form.show_messages([*form.messages()[:1], messages.confirm("予約しますか", "予約しますか", *_yes_and_no())])
    QTest.keyClick(composer.dialog, ENTER, Qt.KeyboardModifier.ControlModifier)
    opened.settle()
    got = there.rehearsal.people.get(friend_id(0)).received()
    assert [one["type"] for one in got] == ["text", "template"]
    assert got[0]["text"] == "{}の件です"
    assert composer.edit.toPlainText() == ""


def _yes_and_no():
    return messages.actions.say("はい", "はい"), messages.actions.say("いいえ", "いいえ")


def test_a_message_that_was_begun_or_not_sent_is_gone_on_with(opened, there):
    composer = opened.page.composer
    composer.more.click()
    composer.dialog.form.show_messages([messages.text("あとで"), messages.sticker("446", "1988")])
    composer.dialog.reject()
    assert "Go on" in composer.more.accessibleName()
    composer.more.click()
    assert len(composer.dialog.form.messages()) == 2
    there.rehearsal.people.get(friend_id(0)).blocked = True
    tell(opened.page.shop, 0, type="unfollow")
    composer.dialog.accept()
    opened.settle()
    assert "Go on" in composer.more.accessibleName()
    assert len(composer._begun[opened.friend]) == 2
