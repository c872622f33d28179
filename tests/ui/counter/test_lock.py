"""Where staff are registered the counter opens locked; who may leave it is asked for a PIN."""

from __future__ import annotations

import shutil
from datetime import timedelta
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QLabel

from shopdesk.changes import Changes
from shopdesk.clock import FixedClock
from shopdesk.customers import NewCustomer
from shopdesk.database import Database
from shopdesk.paths import Home
from shopdesk.staff import OWNER, NotAllowedError, Staff
from shopdesk.ui.desktop import Desktop
from shopdesk.ui.staff.confirming import ConfirmDialog
from shopdesk.ui.tasks import Lane
from tests.conftest import NOW

PINS = {"Shiho": "824615", "Mio": "591738", "Ryo": "739164"}


@pytest.fixture(scope="module")
def staffed(empty_sqlite, tmp_path_factory):
    """The file of a shop with an owner, a manager and somebody for the counter: PINs take their time to be kept."""
    home = Home(tmp_path_factory.mktemp("staffed"))
    home.make()
    shutil.copyfile(empty_sqlite, home.database)
    database, clock = Database.in_file(home.database), FixedClock(NOW)
    members = Staff(database, clock, OWNER, Changes()).members
    for name, role in zip(PINS, ("owner", "manager", "counter"), strict=True):
        members.add(name, role, PINS[name])
    database.checkpoint()
    database.close()
    return home.database


@pytest.fixture
def sqlite_shop(staffed, make_shop, tmp_path):
    """A shop with staff."""
    home = Home(tmp_path / "home")
    home.make()
    shutil.copyfile(staffed, home.database)
    return make_shop()


@pytest.fixture
def team(counter):
    """Those who work here, by name; the counter is locked."""
    counter.settle()
    counter.window.lock()
    counter.settle()
    return SimpleNamespace(**{one.name.lower(): one for one in counter.shop.staff.members.all()})


def offered(lock):
    """The names on a locked screen, with their numbers."""
    return {tile.member.name: tile.member.id for tile in lock.who.tiles}


def choose(lock, name):
    """Choose a name."""
    assert lock.who.choose(offered(lock)[name])


def sign_in(counter, name, pin=""):
    """Choose a name and type the PIN on the keyboard."""
    counter.settle()
    choose(counter.window.lock_screen, name)
    counter.type(pin or PINS[name])
    counter.press("enter")


def test_nothing_is_seen_or_done_before_somebody_signs_in(counter, team):
    hana = counter.shop.cards.walk_in
    assert counter.screen is counter.window.lock_screen
    counter.scan("4" * 42)
    assert counter.screen is counter.window.lock_screen
    with pytest.raises(NotAllowedError):
        counter.shop.customers.count()
    sign_in(counter, "Ryo", "1234")
    assert "not the PIN" in counter.window.lock_screen.who.pad.sentence.text()
    sign_in(counter, "Ryo")
    assert counter.screen is counter.screens.waiting
    assert counter.shop.staff.actor.name == "Ryo"
    card = hana("Hana")
    counter.scan(card.code.digits)
    counter.press("enter")
    assert [one.actor for one in counter.shop.cards.history(card.card.customer_id)] == ["Ryo"]


def test_wrong_pins_wait_as_long_as_the_service_says(counter, team, clock):
    for _try in range(3):
        sign_in(counter, "Ryo", "1234")
    pad = counter.window.lock_screen.who.pad
    assert "0:30" in pad.sentence.text()
    counter.type(PINS["Ryo"])
    counter.press("enter")
    assert counter.screen is counter.window.lock_screen
    clock.move(timedelta(seconds=31))
    pad._tick()
    counter.type(PINS["Ryo"])
    counter.press("enter")
    assert counter.screen is counter.screens.waiting


def test_a_badge_says_who_and_the_pin_is_still_asked(counter, team):
    with counter.shop.staff.acting(OWNER):
        badge = counter.shop.staff.members.make_code(team.ryo.id)
    sign_in(counter, "Mio")
    counter.scan(badge.digits)  # Ryo takes over from Mio
    assert counter.screen is counter.window.lock_screen
    assert counter.shop.staff.actor.name == ""
    counter.type(PINS["Ryo"])
    counter.press("enter")
    assert counter.shop.staff.actor.name == "Ryo"


def test_only_an_owner_or_a_manager_leaves(counter, team):
    left = []
    counter.window.left.connect(lambda: left.append(counter.shop.staff.actor.name))
    sign_in(counter, "Ryo")
    counter.window.head.leave.emit()
    counter.settle()
    lock = counter.window.lock_screen
    assert list(offered(lock)) == ["Shiho", "Mio"]
    assert (lock.who.asked.text(), lock.who.pad.verb.words()) == ("Choose your name", "Leave")
    counter.press("esc")
    assert (counter.screen, left) == (counter.screens.waiting, [])
    counter.window.close()  # the window's own cross is no way around it
    counter.settle()
    assert (counter.screen, counter.window.isVisible()) == (lock, True)
    sign_in(counter, "Mio")
    assert left == ["Mio"]


def test_an_answer_that_comes_when_the_counter_is_locked_stays_unseen(counter, team):
    sign_in(counter, "Ryo")
    hana = counter.shop.cards.walk_in("Hana")
    counter.scan(hana.code.digits)
    with counter.shop.database.write():
        counter.keys.press("enter", 2_000)
        counter.window._locked = True
        counter.window.show_screen(counter.window.lock_screen)
    counter.settle()
    assert counter.screen is counter.window.lock_screen
    assert counter.balance(hana.card.id) == 1


def test_counter_staff_see_neither_phone_nor_talk(counter, team):
    with counter.shop.staff.acting(OWNER):
        counter.shop.cards.issue(counter.shop.customers.add(NewCustomer(name="Sato", phone="090-1234-5678")).id)
    sign_in(counter, "Ryo")
    counter.type("5678")
    counter.press("enter")
    assert counter.screen is counter.screens.person
    shown = " ".join(one.text() for one in counter.window.findChildren(QLabel))
    assert "Sato" in shown
    assert "1234" not in shown


def test_the_shop_s_window_opens_locked_and_counter_staff_get_to_the_counter_only(qtbot, qapp, appearance, sqlite_shop):
    desktop = Desktop(qapp, sqlite_shop)
    keeper, window = desktop.presence, desktop.window

    def settle():
        for _pass in range(2):
            qtbot.wait(1)
            assert desktop.tasks.settle()
            assert keeper.counter is None or keeper.counter.tasks.settle()

    def enter(lock, name):
        settle()
        choose(lock, name)
        lock.who.given.emit(offered(lock)[name], PINS[name])
        settle()

    try:
        desktop.open("home")
        settle()
        window.show_page("customers")
        assert (window.locked, window.page()) == (True, None)
        enter(keeper.lock_screen, "Ryo")
        assert (keeper.counter.isVisible(), window.isVisible()) == (True, False)
        keeper.counter.leave()
        enter(keeper.counter.lock_screen, "Mio")
        assert (keeper.counter.isVisible(), window.isVisible()) == (False, True)
        assert (window.locked, window.current) == (False, "home")
        window.show_page("counter")  # from the sidebar, as the manager
        settle()
        assert keeper.counter.screen_shown() is keeper.counter.serving.screens.waiting
        keeper.counter.leave()
        enter(keeper.counter.lock_screen, "Shiho")
        keeper.lock()
        settle()
        assert (window.locked, sqlite_shop.staff.actor.name) == (True, "")
    finally:
        desktop.close()
        window.deleteLater()


def test_what_needs_an_owners_word_asks_for_it_at_the_counter(counter, team, qtbot):
    with counter.shop.staff.acting(OWNER):
        card = counter.shop.cards.walk_in("花子").card.id
    sign_in(counter, "Mio")
    adjust = counter.shop.cards.adjust
    counter.window.tasks.run(counter.window, lambda: adjust(card, 2_000, "開店祝い"), lane=Lane.WRITE)
    counter.settle()
    dialog = next(one for one in counter.window.findChildren(ConfirmDialog) if one.isVisible())
    assert list(offered(dialog)) == ["Shiho"]
    dialog.who.given.emit(team.shiho.id, PINS["Shiho"])
    counter.settle()
    assert counter.balance(card) == 2_000
    assert counter.shop.staff.actor.name == "Mio"
