"""New talks are told of: on the sidebar, at home, beside the clock; also those another process took in, also behind a closed window."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from sqlalchemy import update

from shopdesk.messages import literal, text
from shopdesk.rehearsal import friend_id
from shopdesk.talks.replying import ByMachine
from shopdesk.talks.tables import TalkMessageRow, TalkRow
from shopdesk.ui.bell import Bell
from shopdesk.ui.home.page import HomePage
from shopdesk.ui.tray import Tray, badged
from shopdesk.ui.widgets import Button
from tests.ui.talks.conftest import tell


@pytest.fixture
def world(open_window, sqlite_shop):
    """A window over the shop, with a bell whose ringing is noted."""
    made = open_window(sqlite_shop, "talks")
    made.live = made.window._desk.live
    made.bell = Bell(sqlite_shop, made.tasks, made.live, made.window)
    made.rung, made.counts = [], []
    made.bell.rang.connect(lambda *said: made.rung.append(said))
    made.bell.counted.connect(made.counts.append)
    made.window.show_page("customers")
    return made


def settle(world):
    world.tasks.settle()
    world.bot.wait(1)
    world.tasks.settle()


def test_who_waits_at_the_start_is_counted_and_not_told_of(world, wrote):
    wrote("ずっと前", minutes=90)
    settle(world)
    world.bell.look()
    settle(world)
    assert world.window.sidebar.items["talks"]._count == 1
    assert world.counts[-1] == 1
    assert world.rung == []


def test_a_new_talk_rings_once_with_name_and_words(world, wrote, sqlite_shop):
    world.bell.look()
    settle(world)
    friend, _message = wrote("予約を\nしたいです")
    settle(world)
    assert world.rung == [(sqlite_shop.friends.get(friend_id(0)).name, "予約を したいです", friend)]
    world.bell.look()
    settle(world)
    assert len(world.rung) == 1
    sqlite_shop.talks.desk.done(friend)
    settle(world)
    assert world.counts[-1] == 0
    assert len(world.rung) == 1


def test_what_the_machine_answers_rings_for_nobody_and_never_with_its_own_words(world, wrote, sqlite_shop):
    world.bell.look()
    settle(world)
    friend, _message = wrote("営業時間は?")
    tell(sqlite_shop, 0, type="postback", postback={"data": "survey"})
    settle(world)
    world.rung.clear()
    with sqlite_shop.database.write() as session:
        talk = session.get(TalkRow, friend)
        way = ByMachine("token", talk.waiting_since, talk.waiting_since, "survey")
        sqlite_shop.talks.machine._replies.write_down(
            session, friend, [text(literal("10 時からです。"))], "", by_machine=way
        )
    wrote("もうひとつ")
    world.bell.look()
    settle(world)
    assert world.rung == [], "its answer is on its way"
    with sqlite_shop.database.write() as session:
        session.execute(update(TalkMessageRow).where(TalkMessageRow.by_machine).values(state="accepted"))
    world.bell.look()
    settle(world)
    assert [one[1] for one in world.rung] == ["もうひとつ"], "the friend's words, though the shop's came later"


def test_a_picture_rings_without_words(world, wrote):
    world.bell.look()
    settle(world)
    wrote({"type": "image", "contentProvider": {"type": "line"}})
    settle(world)
    assert world.rung[0][1] == "Open the talk to see what it is."


def test_several_at_once_ring_together(world, wrote, sqlite_shop):
    world.bell.look()
    settle(world)
    wrote("やあ", friend=0)
    tell(sqlite_shop, 1, type="message", message={"id": "88", "type": "text", "text": "もしもし"})
    settle(world)
    assert [one[1] for one in world.rung] in (["2 friends have written."], ["やあ", "もしもし"])


def test_nothing_rings_while_somebody_looks_at_the_talks(world, wrote):
    world.bell.look()
    settle(world)
    world.window.show_page("talks")
    with world.bot.waitActive(world.window):
        world.window.activateWindow()
    wrote("見えますか")
    settle(world)
    assert world.rung == []


def test_what_another_process_took_in_rings_too(world, make_shop, sqlite_shop):
    world.bell.look()
    world.live.look()
    settle(world)
    other = make_shop()  # the gateway, for one
    tell(other, 2, type="message", message={"id": "99", "type": "text", "text": "ゲートウェイから"})
    world.live.look()
    world.bot.waitUntil(lambda: bool(world.rung), timeout=5000)
    assert world.rung[0][1] == "ゲートウェイから"


def test_it_rings_behind_a_window_that_was_closed_into_the_tray(world, wrote):
    world.bell.look()
    settle(world)
    closed = []
    world.window.closed.connect(lambda: closed.append(1))
    world.window.stays_in_tray = True
    world.window.close()
    assert not world.window.isVisible()
    assert closed == []
    wrote("まだいますか")
    settle(world)
    assert [one[1] for one in world.rung] == ["まだいますか"]
    world.window.bring_to_front()
    assert world.window.isVisible()
    world.window.close_for_good()
    assert closed == [1]


def test_closing_without_a_tray_closes(world):
    closed = []
    world.window.closed.connect(lambda: closed.append(1))
    world.window.close()
    assert closed == [1]
    assert QApplication.quitOnLastWindowClosed()


def test_a_click_on_what_the_tray_says_opens_that_talk(world, wrote):
    friend, _message = wrote("予約したいです", friend=3)
    tray = Tray(world.window)
    tray.stay(on=True)
    assert not QApplication.quitOnLastWindowClosed()
    world.window.close()
    tray.show_count(1)
    tray.say("<b>見本</b>", "予約したいです", friend)
    tray._icon.messageClicked.emit()
    settle(world)
    assert world.window.isVisible()
    assert (world.window.current, world.window.page().open_one) == ("talks", friend)
    tray.leave()
    assert QApplication.quitOnLastWindowClosed()
    assert not world.window.stays_in_tray


def test_the_sign_beside_the_clock_shows_the_number(appearance):
    plain, three = badged(0).pixmap(64, 64).toImage(), badged(3).pixmap(64, 64).toImage()
    assert plain != three
    assert three != badged(12).pixmap(64, 64).toImage()


def test_home_says_how_many_wait_and_leads_there(open_page, wrote, desk):
    wrote("やあ", friend=0)
    wrote("やあ", friend=1)
    page = open_page(HomePage).page
    assert page.today.talks.waiting == 2
    next(one for one in page.todo.findChildren(Button) if one.words() == "Answer").click()
    assert desk.navigator.asked == [("talks", {"which": "waiting"})]
