"""The page of talks as a shopkeeper uses it: the list, the thread, the person beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QFileDialog
from sqlalchemy import update

from shopdesk.changes import Topic
from shopdesk.friends.tables import FriendRow
from shopdesk.japanese import clean
from shopdesk.messages import draft, text as written
from shopdesk.rehearsal import friend_id
from shopdesk.rehearsal.contents import Content
from shopdesk.secrets import LINE_CHANNEL_ID, LINE_CHANNEL_SECRET
from shopdesk.shop import Shop
from shopdesk.staff import Actor
from shopdesk.talks import NewRule, saved_as
from shopdesk.ui.answers.page import AnswersPage
from shopdesk.ui.asking import PersonDialog
from shopdesk.ui.directions import isolated
from shopdesk.ui.exporting import Progress
from shopdesk.ui.talks import row_painter
from shopdesk.ui.talks.bubble import LONGEST, Bubble
from shopdesk.ui.talks.exporting import TalkExportDialog
from shopdesk.ui.talks.message_row import MessageRow
from shopdesk.ui.talks.page import AT_ONCE, TalksPage
from shopdesk.ui.talks.pictures import decoded
from shopdesk.ui.talks.words import called, waits
from shopdesk.ui.widgets import Badge, Banner, Chip, Label, Prose
from tests.hostile import CORPUS
from tests.people import order, person, product
from tests.ui.talks.conftest import tell

KANA = "ミホン ハナコ"


def names(page):
    return [one.friend_id for one in page.inbox.model.talks]


def rows(page):
    return list(page.messages.rows.values())


def texts(widget):
    said = [one.text() for one in widget.findChildren(Label) if not one.isHidden()]
    return said + [one.text() for one in widget.findChildren(Prose) if not one.isHidden()]


def png(width=40, height=30):
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


@pytest.mark.parametrize(
    ("keys", "said", "section"),
    [
        ({}, "not connected", "line"),
        ({LINE_CHANNEL_ID: "1", LINE_CHANNEL_SECRET: "0" * 32}, "does not receive", "receiving"),
    ],
)
def test_what_is_missing_is_said_with_the_way_to_where_it_is_set(make_shop, desk_of, qtbot, keys, said, section):
    desk = desk_of(make_shop("other", secrets=keys))
    page = TalksPage(desk)
    qtbot.addWidget(page)
    page.show()
    desk.tasks.settle()
    assert said in page.missing.lack.words
    assert page.nothing._fact.text() == "No talks yet"
    page.missing.findChild(Banner).action.click()
    page.machine.click()
    assert desk.navigator.asked == [("settings", {"section": section}), ("answers", {})]


def test_no_talks_yet(open_page):
    page = open_page(TalksPage).page
    assert page.missing.lack is None  # the rehearsal needs no address
    assert page.nothing._fact.text() == page.inbox.empty._fact.text() == "No talks yet"
    assert not page.side.isVisible()


def test_the_list_shows_who_waits_and_who_is_unread(open_page, wrote, sqlite_shop):
    first, _message = wrote("こんにちは", friend=0, minutes=70)
    second, _message = wrote("予約したいです", friend=1, minutes=5)
    sqlite_shop.talks.desk.done(first)
    page = open_page(TalksPage).page
    assert names(page) == [second]
    assert page.inbox.pills["waiting"]._said() == "To reply 1"
    assert page.inbox.pills["unread"]._said() == "Unread 2"
    shown = page.inbox.model.index(0).data()
    assert "14:27" in shown
    assert "予約したいです" in shown
    assert "1 unread" in shown


@pytest.mark.parametrize(("which", "expected"), [("all", 3), ("unread", 2), ("waiting", 2), ("done", 1), ("mine", 1)])
def test_the_filters(open_page, wrote, sqlite_shop, which, expected):
    friends = [wrote("やあ", friend=number, minutes=number)[0] for number in range(3)]
    sqlite_shop.talks.desk.read(friends[0])
    sqlite_shop.talks.desk.done(friends[1])
    sqlite_shop.talks.desk.assign(friends[2], sqlite_shop.staff.actor.name)
    opened = open_page(TalksPage)
    opened.page.inbox.pills[which].click()
    opened.settle()
    assert len(names(opened.page)) == expected


def test_an_empty_filter_says_so_and_nothing_found_too(open_page, wrote, qtbot):
    wrote("モンブランはありますか")
    opened = open_page(TalksPage)
    opened.page.inbox.pills["mine"].click()
    opened.settle()
    assert opened.page.inbox.empty._fact.text() == "No talk is yours"
    opened.page.inbox.show_only("all")
    opened.page.search()
    qtbot.keyClicks(opened.page.inbox.search, "zzz")
    qtbot.waitUntil(lambda: opened.page.inbox.empty._fact.text() == "Nothing found")


def test_search_finds_words_in_any_width_and_kana(open_page, wrote, qtbot):
    friend, _message = wrote("ﾓﾝﾌﾞﾗﾝはありますか", friend=2)
    wrote("ほかの話", friend=1)
    opened = open_page(TalksPage)
    opened.page.search()
    assert opened.page.inbox.search.hasFocus()
    opened.page.inbox.search.setText("もんぶらん")
    qtbot.waitUntil(lambda: names(opened.page) == [friend])


def test_the_arrow_keys_open_and_enter_goes_to_the_answer(open_page, wrote):
    friends = [wrote("やあ", friend=number, minutes=number)[0] for number in range(3)]
    opened = open_page(TalksPage)
    view = opened.page.inbox.rows
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Down)
    opened.settle()
    assert opened.page.open_one in friends[:2]
    before = opened.page.open_one
    QTest.keyClick(view, Qt.Key.Key_Down)
    opened.settle()
    assert opened.page.open_one == friends[friends.index(before) + 1]
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert opened.page.composer.edit.hasFocus()


def test_labels_narrow_the_list(open_page, wrote, sqlite_shop):
    first, _message = wrote("やあ", friend=0)
    wrote("やあ", friend=1)
    sqlite_shop.talks.desk.label(first, "予約")
    opened = open_page(TalksPage)
    opened.page.inbox._take_label("予約")
    opened.settle()
    assert names(opened.page) == [first]
    (chip,) = [one for one in opened.page.inbox.findChildren(Chip) if one.words == "予約"]
    chip.click()
    opened.settle()
    assert len(names(opened.page)) == 2


def test_a_talk_in_front_of_somebody_is_read(qtbot, open_page, wrote, sqlite_shop, there):
    friend, _message = wrote("見えますか")
    opened = open_page(TalksPage)
    assert sqlite_shop.talks.get(friend).unread == 1
    with qtbot.waitActive(opened.page):
        opened.page.activateWindow()
    opened.page.open(friend)
    opened.settle()
    assert sqlite_shop.talks.get(friend).unread == 0


def test_a_talk_in_a_window_nobody_looks_at_stays_unread(open_page, wrote, sqlite_shop):
    friend, _message = wrote("見えますか")
    opened = open_page(TalksPage)
    opened.page.hide()
    opened.page.open(friend)
    opened.settle()
    assert sqlite_shop.talks.get(friend).unread == 1


def test_the_thread_says_what_happened_to_messages(open_page, wrote, sqlite_shop):
    friend, first = wrote("まちがい", minutes=1500)
    _friend, second = wrote("あした 3時", minutes=9)
    tell(sqlite_shop, 0, 8, type="messageEdited", message={"id": second, "type": "text", "text": "あした 4時"})
    tell(sqlite_shop, 0, 7, type="unsend", unsend={"messageId": first})
    tell(sqlite_shop, 0, 6, type="postback", postback={"data": "<b>x</b>"})
    page = open_page(TalksPage, friend=friend).page
    assert [row.said.state for row in rows(page)] == ["unsent", "received", "received"]
    said = texts(page.messages)
    assert any("took a message back" in one for one in said)
    assert any("pressed a button" in one for one in said)
    assert {"edited", "Yesterday", "Today"} <= set(said)
    assert "まちがい" not in "".join(said)
    assert rows(page)[1].bubble.accessibleName() == "あした 4時"


def test_every_kind_is_shown_as_it_is(open_page, wrote, sqlite_shop, there):
    kinds = [
        {"type": "sticker", "packageId": "446", "stickerId": "1988", "text": "ありがとう"},
        {"type": "location", "title": "みほん駅", "address": "東京都", "latitude": 35.0, "longitude": 139.0},
        {"type": "file", "fileName": "注文書.pdf", "fileSize": 2_400_000},
        {"type": "audio", "duration": 65_000, "contentProvider": {"type": "line"}},
        {"type": "video", "duration": 5_000, "contentProvider": {"type": "line"}},
        {"type": "hologram", "text": "未来"},
    ]
    for number, one in enumerate(kinds):
        friend, message = wrote(one, minutes=9 - number)
        if one["type"] in {"file", "audio"}:
            there.rehearsal.contents.keep(message, Content(b"%PDF", "application/pdf", sqlite_shop.clock.now()))
    assert sqlite_shop.talks.files.fetch() == 2
    page = open_page(TalksPage, friend=friend).page
    bubbles = [row.bubble for row in rows(page)]
    assert [one.accessibleName() for one in bubbles[:3]] == ["ありがとう", "みほん駅\n東京都", "注文書.pdf"]
    assert [one.opens for one in bubbles] == [False, False, True, True, False, False]
    for one in bubbles:
        assert _ink(one) > 100


def _ink(widget):
    image = widget.grab().toImage()
    ground = image.pixel(image.width() // 2, 2)
    return sum(image.pixel(x, y) != ground for x in range(image.width()) for y in range(0, image.height(), 2))


@pytest.mark.parametrize(
    "body",
    [
        {"type": "audio", "duration": "x" * 9},
        {"type": "video", "duration": -1},
        {"type": "file", "fileName": ["a"], "fileSize": {"b": 1}},
        {"type": "sticker", "packageId": {"a": []}, "stickerId": None, "keywords": 3},
        {"type": "location", "title": 7, "address": [], "latitude": "<b>"},
        {"type": "image", "contentProvider": "x"},
        {"type": "text", "text": "やあ", "emojis": "none", "mention": 3},
        {"type": "text"},
        {"type": 3},
    ],
)
def test_a_message_in_no_form_of_lines_is_drawn_all_the_same(open_page, wrote, body):
    friend, _message = wrote(body)
    page = open_page(TalksPage, friend=friend).page
    (row,) = rows(page)
    assert row.bubble.width() > 10


def test_a_picture_comes_and_opens(open_page, wrote, sqlite_shop, there):
    friend, message = wrote({"type": "image", "contentProvider": {"type": "line"}})
    there.rehearsal.contents.keep(message, Content(png(), "image/png", sqlite_shop.clock.now()))
    opened = open_page(TalksPage, friend=friend)
    assert not rows(opened.page)[0].bubble.opens
    sqlite_shop.talks.files.fetch()
    sqlite_shop.changes.tell(Topic.TALKS)
    opened.settle()
    opened.settle()
    bubble = rows(opened.page)[0].bubble
    middle = bubble.grab().toImage().pixelColor(bubble.width() // 2, bubble.height() // 2)
    assert middle == Qt.GlobalColor.red
    QTest.mouseClick(bubble, Qt.MouseButton.LeftButton)
    opened.settle()
    assert opened.page.files.dialog.isVisible()
    opened.page.files.dialog.reject()


def test_a_file_is_saved_under_a_name_without_a_path(open_page, wrote, sqlite_shop, there, monkeypatch, tmp_path):
    friend, message = wrote({"type": "file", "fileName": "../../注文書.pdf", "fileSize": 4})
    there.rehearsal.contents.keep(message, Content(b"%PDF", "application/pdf", sqlite_shop.clock.now()))
    sqlite_shop.talks.files.fetch()
    opened = open_page(TalksPage, friend=friend)
    offered = []

    def ask(_parent, _title, name):
        offered.append(name)
        return str(tmp_path / "saved.pdf"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    rows(opened.page)[0].bubble.pressed.emit()
    opened.settle()
    opened.settle()
    assert offered == ["_.._注文書.pdf"]
    assert (tmp_path / "saved.pdf").read_bytes() == b"%PDF"


def test_a_name_to_save_under_is_never_a_path(wrote, sqlite_shop):
    friend, _message = wrote("x")
    said = sqlite_shop.talks.messages(friend)[0]
    for name in CORPUS:
        offered = saved_as(clean(name), "image/png", said.id, said.at)
        assert offered
        assert not set(offered) & set('/\\:<>|"*?\n\r\t\x00')
        assert not offered.startswith((".", " "))
        assert offered.isprintable()


@pytest.mark.parametrize("content", [b"", b"no picture", png()[:60], b"<svg xmlns='http://www.w3.org/2000/svg'/>"])
def test_what_is_no_picture_is_none(content):
    assert decoded(content) is None


def test_a_large_picture_is_made_small():
    image = decoded(png(4000, 20))
    assert (image.width(), image.height()) == (1600, 8)


def test_older_messages_are_read_when_somebody_scrolls_up(open_page, wrote):
    for number in range(AT_ONCE + 30):
        friend, _message = wrote(f"{number} 通目", minutes=200 - number)
    opened = open_page(TalksPage, friend=friend)
    opened.settle()
    thread = opened.page.messages
    assert thread.shown == AT_ONCE
    assert thread._bar.value() == thread._bar.maximum()
    thread._bar.setValue(10)
    opened.settle()
    opened.settle()
    assert thread.shown == AT_ONCE + 30
    assert rows(opened.page)[0].said.words == "0 通目"
    assert thread._bar.value() > 500  # what was being read has not moved away


def test_an_unchanged_message_keeps_its_row(open_page, wrote):
    friend, _message = wrote("ひとつ")
    opened = open_page(TalksPage, friend=friend)
    before = rows(opened.page)[0]
    wrote("ふたつ", minutes=-0.1)
    opened.settle()
    assert rows(opened.page)[0] is before
    assert len(rows(opened.page)) == 2


def test_what_the_machine_said_is_marked(open_page, wrote, sqlite_shop, qtbot):
    friend, _message = wrote("x")
    said = replace(
        sqlite_shop.talks.messages(friend)[0],
        side="shop",
        by_machine=True,
        author="営業時間",
        state="accepted",
        body={"type": "text", "text": "10時からです"},
    )
    row = MessageRow(said, "花子", "owner", lambda _address: None)
    qtbot.addWidget(row)
    assert {"automatic answer", isolated("営業時間")} <= set(texts(row))
    by_hand = MessageRow(replace(said, by_machine=False, author="さくら"), "花子", "owner", lambda _address: None)
    qtbot.addWidget(by_hand)
    assert "さくら" in texts(by_hand)
    assert "automatic answer" not in texts(by_hand)


def test_copy_takes_the_text(open_page, wrote):
    friend, _message = wrote("電話は 090-0000-0000")
    page = open_page(TalksPage, friend=friend).page
    QTest.keyClick(rows(page)[0].bubble, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "電話は 090-0000-0000"


# The person beside the talk


@pytest.fixture
def hana(sqlite_shop, clock):
    cake = product(sqlite_shop, "いちごのショートケーキ")
    made = person(sqlite_shop, "見本 花子", KANA, note="栗が好き")
    order(sqlite_shop, made, clock.now() - timedelta(days=2), 4860, (cake,))
    sqlite_shop.customers.tag([made], "常連")
    return made


def test_the_customer_stands_beside_the_talk(open_page, wrote, sqlite_shop, hana, desk):
    friend, _message = wrote("やあ")
    sqlite_shop.friends.link(friend_id(0), hana)
    page = open_page(TalksPage, friend=friend).page
    said = texts(page.side)
    assert {"見本 花子", KANA, "1 time · 4,860 yen", "栗が好き", "いちごのショートケーキ"} <= set(said)
    page.side.person.customer_wanted.emit(hana)
    assert desk.navigator.asked == [("customers", {"customer": hana})]


def test_an_unlinked_friend_is_linked_from_a_suggestion_and_back(open_page, wrote, sqlite_shop, hana, clock):
    friend, _message = wrote("やあ")
    name = sqlite_shop.friends.get(friend_id(0)).name
    twin = person(sqlite_shop, name)
    opened = open_page(TalksPage, friend=friend)
    buttons = [one for one in opened.page.side.findChildren(type(opened.page.head.done)) if one.words() == "Link"]
    buttons[0].click()
    opened.settle()
    assert sqlite_shop.friends.of_customer(twin).user_id == friend_id(0)
    assert opened.page.opened.customer.id == twin
    opened.toast().action.click()
    opened.settle()
    assert sqlite_shop.friends.of_customer(twin) is None


def test_who_is_searched_for_from_a_talk_is_linked_with_its_friend(open_page, wrote, sqlite_shop, hana, monkeypatch):
    friend, _message = wrote("やあ")
    opened = open_page(TalksPage, friend=friend)
    asked = []

    def pick(dialog):
        asked.append(dialog.windowTitle())
        dialog.search.setText(sqlite_shop.customers.get(hana).name[:2])
        dialog.search.returnPressed.emit()
        opened.settle()
        dialog.rows.itemAt(0).widget().findChild(type(opened.page.head.done)).click()
        return dialog.result()

    monkeypatch.setattr(PersonDialog, "exec", pick)
    opened.page.side.person.search_wanted.emit()
    opened.settle()
    assert sqlite_shop.friends.of_customer(hana).user_id == friend_id(0)
    assert opened.page.opened.customer.id == hana
    assert len(asked) == 1


def test_labels_assignment_done_and_the_machine(open_page, wrote, sqlite_shop):
    friend, _message = wrote("やあ")
    opened = open_page(TalksPage, friend=friend)
    page, talks = opened.page, sqlite_shop.talks
    page.side.labels.open()
    page.side.labels.field.setText("  予約 ")
    QTest.keyClick(page.side.labels.field, Qt.Key.Key_Return)
    opened.settle()
    page.side.assigned.emit(sqlite_shop.staff.actor.name)
    page.head.machine.click()
    opened.settle()
    talk = talks.get(friend)
    assert (talk.labels, talk.assigned_to, talk.silenced) == (("予約",), sqlite_shop.staff.actor.name, True)
    assert page.side.keeper.currentText() == "me"
    page.head.done.click()
    opened.settle()
    assert talks.get(friend).waiting_since is None
    assert page.head.done.words() == "Open again"
    page.head.done.click()
    page.head.machine.click()
    (chip,) = [one for one in page.side.labels.findChildren(Chip) if one.words == "予約"]
    chip.click()
    opened.settle()
    talk = talks.get(friend)
    assert talk.waiting_since is not None
    assert (talk.labels, talk.silenced) == ((), False)


def test_somebody_else_who_looks_after_it_is_named(open_page, wrote, sqlite_shop):
    friend, _message = wrote("やあ")
    sqlite_shop.talks.desk.assign(friend, Actor("さくら", "staff").name)
    page = open_page(TalksPage, friend=friend).page
    assert page.side.keeper.currentText() == "さくら"


@pytest.mark.parametrize("scale", ["standard", "large", "largest"])
def test_in_a_narrow_window_the_person_stands_in_the_place_of_the_list(appearance, open_page, wrote, scale):
    appearance.apply("light", scale)
    wrote("見本" * 60, minutes=2)
    friend, _message = wrote({"type": "file", "fileName": "長い名前" * 20, "fileSize": 3})
    opened = open_page(TalksPage, width=900, friend=friend)
    page = opened.page
    for side in (False, True, False):
        assert (page.side.isVisible(), page.inbox.isVisible()) == (side, not side)
        opened.settle()
        assert _whole(page)
        page.head.side.click()


def _whole(page):
    """Nothing of the thread or the answer stands out of its place."""
    middle = page.messages.width()
    bubbles = all(row.bubble.mapTo(page.messages, row.bubble.rect().topRight()).x() < middle for row in rows(page))
    send = page.composer.send
    return (
        bubbles
        and send.width() >= send.sizeHint().width()
        and page.head.done.width() >= page.head.done.sizeHint().width()
    )


# Hostile names and texts


@pytest.mark.parametrize("part", range(4))
def test_a_hostile_text_is_shown_letter_by_letter_everywhere(open_page, wrote, sqlite_shop, clock, part):
    friend, _message = wrote("はじめまして", minutes=9)
    opened = open_page(TalksPage, friend=friend)
    page = opened.page
    for text in CORPUS[part::4]:
        told = clean(text)
        clock.move(timedelta(minutes=1))
        wrote(text, minutes=0.5)
        rename(sqlite_shop, told)
        sqlite_shop.talks.desk.note(friend, told + "。")
        sqlite_shop.talks.desk.label(friend, (told.strip() or "空")[:20])
        opened.settle()
        assert page.head.name.text() == page.side.name.text() == called(told)
        *_before, row, note = rows(page)
        assert row.bubble.accessibleName() == (told[:LONGEST] or "text")
        assert (told + "。").strip() in texts(note)
        assert called(told) in page.inbox.model.index(0).data()
        assert page.grab().height() == page.height()


def rename(shop: Shop, name: str) -> None:
    with shop.database.write() as session:
        session.execute(update(FriendRow).where(FriendRow.user_id == friend_id(0)).values(display_name=name))


def test_markup_takes_the_room_of_its_letters_in_a_bubble(open_page, wrote):
    friend, _message = wrote("太字", minutes=2)
    wrote("<b>太字</b>", minutes=1)
    plain, marked = [row.bubble for row in rows(open_page(TalksPage, friend=friend).page)]
    assert marked.width() > plain.width() + 20
    assert isinstance(marked, Bubble)


def test_a_name_that_turns_words_around_stands_apart():
    assert called("\u202eevil") == isolated("\u202eevil") != "\u202eevil"
    assert called("\u200b") == "(no name)"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (-3, "waiting since just now"),
        (0.5, "waiting since just now"),
        (1, "waiting for 1 minute"),
        (59, "waiting for 59 minutes"),
        (60, "waiting for 1 hour"),
        (24 * 60 - 1, "waiting for 23 hours"),
        (24 * 60, "waiting for 1 day"),
        (72 * 60, "waiting for 3 days"),
    ],
)
def test_how_long_somebody_waits(clock, minutes, words):
    assert waits(clock.now() - timedelta(minutes=minutes), clock.now()) == words


def test_what_the_machine_answered_is_listed_and_leads_to_its_talk(open_page, wrote, sqlite_shop, desk):
    rule = NewRule("営業時間", "any", ("何時",), draft([written("10時からです")]))
    sqlite_shop.talks.machine.rules.add(rule)
    friend, _message = wrote("何時からですか\n<b>朝</b>", replyToken="0" * 32)
    for hostile in CORPUS[::5]:
        wrote(f"{hostile}何時", replyToken="0" * 32, minutes=0.1)
    sqlite_shop.talks.machine.speak()
    opened = open_page(TalksPage)
    assert opened.page.machine.words == "Auto reply: on"
    page = open_page(AnswersPage, tab="log").page
    *hostiles, row = page.tabs["log"].rows
    assert len(hostiles) == len(CORPUS[::5])
    assert page.grab().height() == page.height()
    said = {one.text() for one in row.findChildren(Label)}
    assert any("“何時からですか <b>朝</b>”" in one for one in said)
    assert {"営業時間 → 10時からです", "today 14:32"} <= said
    assert row.findChild(Badge).mark.words == "Not delivered"  # the rehearsal never gave that token
    row.clicked.emit()
    assert desk.navigator.asked[-1] == ("talks", {"friend": friend})


@pytest.mark.parametrize(("which", "kind", "rows"), [("this", "zip", 1), ("all", "cp932", 2)])
def test_talks_are_written_to_a_file(open_page, wrote, tmp_path, monkeypatch, which, kind, rows):
    """The open talk with what was sent, or all of them as a table; the friend's name is no path."""
    friend, _number = wrote("こんにちは")
    wrote("もしもし", friend=1)
    opened = open_page(TalksPage, friend=friend)
    page, offered = opened.page, []

    def chosen(dialog):
        dialog.which.set_value(which)
        dialog.form.set_value(kind)
        return QDialog.DialogCode.Accepted

    def place(_page, _title, name, _kinds):
        offered.append(name)
        return str(tmp_path / name), ""

    monkeypatch.setattr(TalkExportDialog, "exec", chosen)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", place)
    page.exporter.ask(page.opened.talk)
    opened.settle()
    (shown,) = page.window().findChildren(Progress)
    assert shown._rows.text() == ("1 row" if rows == 1 else "2 rows")
    assert shown.verb.isVisible()
    (written,) = tmp_path.glob("*.zip" if kind == "zip" else "*.csv")
    assert written.name == offered[0]
    assert written.stem == (f"Talk with {page.opened.talk.name}" if which == "this" else "Talks")


def test_words_are_looked_for_in_all_talks_and_a_failed_answer_marks_its_row(open_page, wrote, there):
    friend, _number = wrote("モンブランはありますか")
    shown = open_page(TalksPage)
    page, shop = shown.page, shown.page.shop
    shop.talks.reply(friend, draft([written("はい")]))
    shown.settle()
    assert page.inbox.model.talks == []
    page.inbox.search.setText("もんぶらん")
    page.inbox._search()
    shown.settle()
    assert [one.friend_id for one in page.inbox.model.talks] == [friend]
    assert page.inbox.pills["all"].isChecked()
    page.inbox.show_only("waiting")
    shown.settle()
    assert page.inbox.model.talks == []
    there.rehearsal.faults.add({"endpoint": "push", "nth": 1, "answer": 400})
    shop.talks.reply(friend, draft([written("あります")]))
    page.reload()
    shown.settle()
    (talk,) = page.inbox.model.talks
    assert row_painter.standing(talk, shop.clock.now()).words == "1 answer not sent"
