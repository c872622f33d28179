"""The locked window: opened by PIN and badge for a role, locked by hand and by time; what is due goes on behind it."""

from __future__ import annotations

from datetime import time, timedelta

from PySide6.QtCore import Qt

from shopdesk.exports import NewSchedule, Timing
from shopdesk.staff import NOBODY, OWNER, Act
from shopdesk.ui.widgets import Dialog
from tests.people import person
from tests.ui.staff.conftest import PINS


def pages(desk):
    return {key for key, item in desk.window.sidebar.items.items() if not item.isHidden()}


def refused(shop):
    with shop.staff.acting(OWNER):
        return [(one.actor, one.object) for one in shop.staff.entries(500) if one.action == "refused"]


def test_without_staff_nothing_is_locked_and_the_first_owner_goes_on(open_desktop, sqlite_shop, qapp):
    desk = open_desktop(sqlite_shop, page="settings")
    desk.window.show_page("settings", section="staff")
    desk.settle()
    page = desk.window.page()
    assert not desk.window.locked
    assert desk.window.sidebar.lock.isHidden()
    desk.presence.lock()
    assert not desk.window.locked, "there would be nobody to open it"
    sqlite_shop.staff.members.add("さくら", "owner", PINS["さくら"])
    desk.settle()
    assert not desk.window.locked, "whoever adds the first owner is that owner"
    assert desk.window.page() is page
    assert not desk.window.sidebar.lock.isHidden()
    assert sqlite_shop.staff.actor.name == "さくら"


def test_it_opens_locked_and_shows_what_the_role_allows(qtbot, desk):
    window = desk.window
    assert window.locked
    assert window.page() is None
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.page() is None
    desk.enter("りょう")
    assert not window.locked
    assert pages(desk) & {"home", "customers", "talks", "settings"} == set()
    window.show_page("customers")
    assert window.current != "customers"
    desk.presence.lock()
    desk.enter("ゆう")
    assert pages(desk) >= {"talks"}
    assert pages(desk) & {"home", "customers"} == set()
    assert window.current == "talks"
    desk.presence.lock()
    desk.enter("みか")
    assert pages(desk) >= {"home", "talks", "customers", "imports", "segments", "broadcasts", "settings"}
    for key in sorted(pages(desk), key="settings".__eq__):
        window.show_page(key)
        desk.settle()
    assert list(window.page().sections) == ["record", "about"]
    assert refused(desk.shop) == [], "what a role sees asks for nothing that it may not"
    desk.presence.lock()
    desk.enter("さくら")
    window.show_page("settings")
    assert len(window.page().sections) > 2
    assert desk.shop.staff.actor.name == "さくら"
    acts = [(one.actor, one.action) for one in desk.shop.staff.entries(20) if one.action.startswith("sign")]
    assert acts[:3] == [("さくら", "sign in"), ("みか", "sign out"), ("みか", "sign in")]


def test_pages_wait_behind_the_lock_for_their_person_and_for_nobody_else(desk):
    desk.enter("さくら")
    desk.window.show_page("customers")
    desk.settle()
    page = desk.window.page()
    dialog = Dialog(page, "Sure?", verb="Yes")
    dialog.open()
    desk.presence.lock()
    desk.settle()
    assert not dialog.isVisible(), "nothing of the shop stands above a lock"
    assert desk.shop.staff.actor == NOBODY
    desk.window.show_page("segments")
    desk.enter("さくら")
    assert desk.window.current == "segments", "what was asked for meanwhile"
    desk.window.show_page("customers")
    assert desk.window.page() is page
    desk.presence.lock()
    desk.enter("みか")
    assert desk.window.current == "home"
    desk.window.show_page("customers")
    assert desk.window.page() is not page


def test_nobody_touches_it_and_it_locks(qtbot, desk, clock):
    desk.enter("みか")
    clock.move(timedelta(minutes=4))
    desk.presence.tick()
    assert not desk.window.locked
    qtbot.keyClick(desk.window, Qt.Key.Key_F5)
    clock.move(timedelta(minutes=4))
    desk.presence.tick()
    assert not desk.window.locked
    clock.move(timedelta(minutes=1))
    desk.presence.tick()
    desk.settle()
    assert desk.window.locked
    assert desk.shop.staff.actor == NOBODY


def test_wrong_pins_are_said_and_count_down_and_a_badge_chooses(qtbot, desk, clock):
    who = desk.presence.lock_screen.who
    with desk.shop.staff.acting(OWNER):
        badge = desk.shop.staff.members.make_code(desk.ids["みか"]).digits
    qtbot.keyClicks(who.pad, "1111")
    qtbot.keyClick(who.pad, Qt.Key.Key_Return)
    assert "name first" in who.pad.sentence.text()
    qtbot.keyClicks(who.pad, "4" + "7" * 41)
    desk.settle()
    assert "badge" in who.pad.sentence.text()
    qtbot.keyClicks(who.pad, badge)
    qtbot.keyClick(who.pad, Qt.Key.Key_Return)  # what a scanner ends with
    desk.settle()
    assert who.chosen().name == "みか"
    qtbot.keyClicks(who.pad, "99")
    desk.presence.look()  # something was written somewhere
    desk.settle()
    assert who.chosen().name == "みか"
    qtbot.keyClick(who.pad, Qt.Key.Key_Backspace)
    qtbot.keyClick(who.pad, Qt.Key.Key_Backspace)
    for _try in range(3):
        for figure in "1111":
            qtbot.mouseClick(
                next(one for one in who.pad.keypad.children() if getattr(one, "words", str)() == figure),
                Qt.MouseButton.LeftButton,
            )
        qtbot.mouseClick(who.pad.verb, Qt.MouseButton.LeftButton)
        desk.settle()
    assert "0:30" in who.pad.sentence.text()
    qtbot.keyClicks(who.pad, PINS["みか"])
    qtbot.keyClick(who.pad, Qt.Key.Key_Return)
    desk.settle()
    assert desk.window.locked, "even the right one waits"
    with desk.shop.staff.acting(OWNER):
        wrong = [one for one in desk.shop.staff.entries(20) if one.action == "wrong pin"]
    assert [(one.actor, one.ids) for one in wrong] == [("", str(desk.ids["みか"]))] * 3
    clock.move(timedelta(seconds=31))
    who.pad._tick()
    desk.enter("みか")
    assert not desk.window.locked
    desk.presence.lock()
    desk.settle()
    assert (who.chosen(), who.asked.text()) == (None, "Choose your name"), "nothing of whoever was here last"
    # Whoever is wrong again while the field shakes: it comes to rest where it was, and swings within its pad.
    home, end = who.pad.dots.pos(), who.pad._shaking.setCurrentTime
    seen = set()
    for _try in range(2):
        who.pad.wrong("No")
        for at in range(0, who.pad._shaking.duration(), 10):
            end(at)
            seen.add((who.pad.dots.geometry().left(), who.pad.dots.geometry().right()))
        end(30)
    end(who.pad._shaking.duration())
    assert who.pad.dots.pos() == home
    assert len(seen) > 2
    assert min(left for left, _right in seen) >= 0
    assert max(right for _left, right in seen) < who.pad.width()


def test_who_is_let_go_at_another_computer_is_out_at_once(qtbot, desk, make_shop):
    desk.enter("みか")
    desk.desktop.live.look()  # what is new is what was written after the first look
    desk.settle()
    elsewhere = make_shop()
    elsewhere.staff.members.change(desk.ids["みか"], "みか", "counter", answers=True, exports=False)
    desk.desktop.live.look()
    qtbot.waitUntil(lambda: pages(desk) & {"home", "talks", "customers"} == {"talks"})
    elsewhere.staff.members.remove(desk.ids["みか"])
    desk.desktop.live.look()
    qtbot.waitUntil(lambda: desk.window.locked)


def test_behind_the_lock_what_is_due_is_done_and_talks_are_counted(desk, clock, tmp_path):
    desk.enter("さくら")
    person(desk.shop, "見本 花子")
    desk.shop.exports.schedules.save(NewSchedule("毎日", "customers", str(tmp_path), Timing("daily", time(15))))
    desk.presence.lock()
    desk.settle()
    clock.move(timedelta(hours=1))
    counted = []
    desk.desktop.bell.counted.connect(counted.append)
    for loop in (desk.desktop.do_due, desk.desktop.bell.look, desk.desktop.look_at_gateway, desk.desktop.look_at_line):
        loop()
    desk.settle()
    assert desk.window.locked
    assert set(counted) == {0}
    [written] = tmp_path.glob("*.xlsx")
    assert written.stat().st_size > 0
    with desk.shop.staff.acting(OWNER):
        [run] = [one for one in desk.shop.staff.entries(50) if one.object == "regular export" and one.action == "run"]
    assert (run.actor, run.role) == ("shopdesk", "program")
    assert refused(desk.shop) == []


def test_what_was_begun_ends_in_the_name_of_who_began_it(desk):
    desk.enter("みか")
    names = []
    desk.desktop.tasks.run(desk.window, lambda: desk.shop.staff.actor.name, names.append)
    desk.presence.lock()
    desk.desktop.tasks.run(desk.window, lambda: desk.shop.staff.actor.name, names.append)
    desk.settle()
    assert names == ["みか", "みか"]
    assert not desk.shop.staff.may(Act.SEE_PEOPLE)
