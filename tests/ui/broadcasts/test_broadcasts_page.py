"""A broadcast from the choice of people to what LINE took, as a shopkeeper does it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from urllib.request import urlopen

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QApplication, QDialog
from sqlalchemy import update

from shopdesk import messages
from shopdesk.broadcasts.tables import RecipientRow
from shopdesk.rehearsal import friend_id
from shopdesk.ui import widgets as w
from shopdesk.ui.broadcasts.recipients import Audience
from shopdesk.ui.messages.editors import KINDS


@pytest.fixture
def yes(monkeypatch):
    """Every question is answered with its verb; the questions are kept."""
    asked = []

    def answer(dialog):
        asked.append((dialog.windowTitle(), dialog.verb.words(), dialog.findChildren(w.Prose)[1].text()))
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(w.Dialog, "exec", answer)
    return asked


def received(world, number):
    with urlopen(f"{world.there.url}/rehearsal/people/{friend_id(number)}/received", timeout=5) as answer:
        return json.load(answer)["messages"]


def until(world, ready, seconds=60.0):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        world.tasks.settle(0.1)
        if ready():
            return
        time.sleep(0.02)  # the sender needs the processor too
    raise AssertionError(f"waited {seconds} s in vain")


def wrote(world, text="こんにちは", *, segment="東京の方"):
    """A draft of one text for the segment, kept and looked at."""
    world.window.show_page("broadcasts", segment=segment)
    composer = world.page.composer
    bubble_of(composer).editor.edit.show_text(text)
    composer.keep()
    until(world, lambda: composer._preview is not None)
    return composer


def bubble_of(composer):
    """The first bubble of what is written."""
    return composer.writing.sets[0].bubbles.bubbles[0]


def shown_reasons(table):
    """The sentences of each row: the reason and what becomes of it."""
    return [[one.text() for one in row.findChildren(w.Prose)] for row in table.findChildren(w.Row) if row.isVisible()]


def test_an_empty_list_says_what_to_do_next(world):
    assert not world.page.overview.list.empty.isHidden()
    world.bot.mouseClick(world.page.overview.list.empty.findChild(w.Button), Qt.MouseButton.LeftButton)
    assert not world.page.composer.isHidden()
    assert not world.page.composer.next_button.isEnabled()


def test_from_a_segment_to_received_exactly_once(world, yes, monkeypatch):
    started, real = [], subprocess.Popen

    def watched(command, **more):
        started.append((command, more["env"]))
        return real(command, **more)

    monkeypatch.setattr(subprocess, "Popen", watched)
    world.window.show_page("broadcasts", new=True)
    world.tasks.settle()
    composer = world.page.composer
    composer.recipients._segments["東京の方"][0].click()
    composer.next_button.click()
    edit = bubble_of(composer).editor.edit
    world.bot.mouseClick(bubble_of(composer).editor.name, Qt.MouseButton.LeftButton)
    edit.insertPlainText(" さん、{今日}は焼きたて 🍰 です。")
    composer.name.setText("焼きたて")
    composer.next_button.click()
    until(world, composer.next_button.isEnabled)
    assert composer.next_button.words() == "Send to 4 people"
    assert "見本" in composer.pane.phone.accessibleName()
    assert "さん、{今日}は焼きたて 🍰 です。" in composer.pane.phone.accessibleName()
    composer.next_button.click()
    assert yes == [
        (
            "Send to 4 people?",
            "Send to 4 people",
            "It counts as 4 messages and costs 0 yen extra. It cannot be taken back.",
        )
    ]
    course = world.page.course
    until(world, lambda: course.seen is not None and course.seen.status.state == "finished")
    assert course.title.text() == "Result of the broadcast"
    assert [tile.figure._number.text() for tile in course.tiles] == ["4", "0", "0", "0", "2"]
    for number in range(1, 5):
        texts = [one["message"]["text"] if "message" in one else one["text"] for one in received(world, number)]
        assert texts == [f"見本 {number} 髙𠮷 さん、{{今日}}は焼きたて 🍰 です。"]
    assert received(world, 0) == []
    assert received(world, 5) == []
    [(command, environment)] = started
    assert world.there.channel_secret not in " ".join([*command, *environment.values()])


def test_a_killed_sender_is_said_and_taken_up_again(world, yes):
    composer = wrote(world)
    page, course = world.page, world.page.course
    page.send(composer.id)
    until(world, lambda: course._process is not None)
    os.kill(course._process.pid, signal.SIGKILL)
    course._process._child.wait()
    course.look()
    until(world, lambda: course.seen is not None and (course.stalled() or course.seen.status.state == "finished"))
    assert course.stalled()
    assert not course.resume_button.isHidden()
    course.resume_button.click()
    until(world, lambda: course.seen.status.state == "finished")
    assert [len(received(world, number)) for number in range(6)] == [0, 1, 1, 1, 1, 0]


def test_what_the_sender_refuses_is_said(world):
    composer = wrote(world)
    world.there.rehearsal.quota.limit = 0
    world.page.send(composer.id)
    until(world, lambda: world.notices._toast is not None)
    assert "messages are left this month" in world.notices._toast.accessibleName()
    assert not world.page.composer.isHidden()


def test_everyone_tells_the_way_and_what_it_means(world):
    world.window.show_page("broadcasts", new=True)
    world.tasks.settle()
    recipients = world.page.composer.recipients
    recipients.everyone.click()
    assert not recipients._way_box.isHidden()
    assert recipients.audience() == Audience(everyone=True)
    recipients.known.click()
    assert recipients.audience() == Audience(everyone=True, each=True)
    composer = world.page.composer
    composer.go(1)
    bubble_of(composer).editor.edit.show_text("こんにちは")
    composer.go(2)
    until(world, lambda: composer._preview is not None)
    assert "every friend ShopDesk knows" in composer.checking._note.text()


def test_more_people_than_messages_left_cannot_be_sent(world):
    world.there.rehearsal.quota.limit = 3
    composer = wrote(world)
    composer.go(2)
    until(world, lambda: composer._preview is not None)
    assert not composer.next_button.isEnabled()
    why = composer.bar._why.text()
    assert why.startswith("This takes 4 messages and 3 are left this month.")
    assert composer.bar._figures[1][1].property("tone") == "danger_text"


def test_a_draft_is_kept_while_it_is_written_and_opened_again(world):
    composer = wrote(world, "{name|常連}さんへ {{印}}")
    first = composer.id
    bubble_of(composer).editor.edit.insertPlainText("！")
    until(world, lambda: world.shop.broadcasts.drafted(first).messages.messages[0]["text"].endswith("！"))
    composer.left.emit()
    world.tasks.settle()
    assert len(world.shop.broadcasts.list()) == 1
    world.page.open(world.shop.broadcasts.status(first))
    until(world, lambda: composer.id == first and composer._preview is not None)
    assert composer.writing.messages()[0]["text"] == "{name|常連}さんへ {{印}}！"


def test_five_bubbles_at_most(world):
    bubbles = wrote(world).writing.sets[0].bubbles
    for _n in range(4):
        bubbles.add_kind(KINDS[0])
    assert len(bubbles.bubbles) == 5
    assert bubbles._adding.isHidden()
    bubbles.bubbles[1].remove.click()
    assert len(bubbles.bubbles) == 4
    assert not bubbles._adding.isHidden()


def test_an_emoji_counts_as_two_and_too_many_stop_the_next_step(world):
    composer = wrote(world, "🍰")
    editor = bubble_of(composer).editor
    assert editor.count.text() == "2 / 5,000 characters"
    editor.edit.show_text("あ" * 5_001)
    assert editor.count.property("tone") == "danger_text"
    composer.next_button.click()
    assert composer._step == 1
    assert world.window.focusWidget() is editor.edit


def test_a_bubble_of_another_kind_stays_as_it_is(world):
    place = {"type": "location", "title": "お店", "address": "東京都", "latitude": 35.0, "longitude": 139.0}
    made = world.shop.broadcasts.draft(messages.draft([place]), segment="東京の方")
    world.page.open(world.shop.broadcasts.status(made))
    until(world, lambda: world.page.composer.id == made)
    kept = world.page.composer.writing.messages()[0]
    assert kept["title"] == "お店"
    assert world.page.composer.written().drafted().messages == world.shop.broadcasts.drafted(made).messages


def test_hostile_names_and_texts_are_drawn_as_they_are_written(world):
    composer = wrote(world, "<b>{name}</b><img src=file:///x>")
    assert "<img src=file:///x>" in composer.pane.phone.accessibleName()
    assert composer.writing.messages()[0]["text"] == "<b>{name}</b><img src=file:///x>"


def test_esc_goes_back_a_step_and_then_to_the_list(world):
    composer = wrote(world)
    assert world.page.back()
    assert composer._step == 0
    assert world.page.back()
    assert not world.page.overview.isHidden()
    assert not world.page.back()


def test_unclear_people_are_settled_by_a_person(world):
    composer = wrote(world)
    made = composer.id
    world.shop.broadcasts.freeze(made)
    with world.shop.database.write() as session:
        session.execute(update(RecipientRow).where(RecipientRow.state == "waiting").values(state="unknown"))
    world.page.open(world.shop.broadcasts.status(made))
    course = world.page.course
    until(world, lambda: course.seen is not None)
    assert "For 4 people it is unclear" in course._said[-1].fact
    world.tasks.settle()
    button = next(one for one in course.findChildren(w.Button) if one.words() == "Count as not sent")
    button.click()
    until(world, lambda: course.seen.status.failed == 4)
    assert all(one.state != "unknown" for one in course._said)
    assert (course._said[0].state, "4 people did not get it." in course._said[0].fact) == ("warning", True)
    until(world, lambda: bool(shown_reasons(course.reasons)))
    assert shown_reasons(course.reasons)[0] == ["Settled by hand", "Decided by you."]


def test_no_reason_is_cut_off_however_narrow_the_window(world):
    composer = wrote(world)
    composer.go(2)
    until(world, lambda: bool(shown_reasons(composer.checking._reasons)))
    world.window.resize(world.window.minimumSize())
    QApplication.processEvents()
    assert ["Not linked with a LINE friend", "They can be written to once they are linked with a LINE friend."] in (
        shown_reasons(composer.checking._reasons)
    )
    for one in composer.checking._reasons.findChildren(w.Prose):
        assert one.height() >= one.heightForWidth(one.width())


def test_one_that_nobody_sends_can_be_stopped_and_used_again(world, yes):
    composer = wrote(world)
    made = composer.id
    world.shop.broadcasts.freeze(made)
    world.page.open(world.shop.broadcasts.status(made))
    course = world.page.course
    until(world, lambda: course.seen is not None)
    assert course.stalled()
    course.end_button.click()
    until(world, lambda: course.seen.status.state == "cancelled")
    assert yes[-1][1] == "Stop here"
    assert course.seen.status.cancelled == 4
    assert not course.reuse_button.isHidden()
    course.reuse_button.click()
    assert composer.id is None
    assert composer.writing.messages()[0]["text"] == "こんにちは"


def test_pasted_markup_stays_plain(world):
    edit = bubble_of(wrote(world)).editor.edit
    pasted = QMimeData()
    pasted.setHtml("<b>太字</b><img src='file:///x'>")
    pasted.setText("<b>太字</b>\N{OBJECT REPLACEMENT CHARACTER}")
    edit.insertFromMimeData(pasted)
    assert edit.said()[0] == "こんにちは<b>太字</b>"
