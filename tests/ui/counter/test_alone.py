"""A till whose data is out of reach before anybody has signed in: at the start, and while the counter is locked (M4)."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from shopdesk import app
from shopdesk.database import OfflineError
from shopdesk.scancodes import new, printed_number
from shopdesk.shop import open_shop
from shopdesk.ui.counter import alone, result
from shopdesk.ui.counter.alone import Alone
from shopdesk.ui.counter.setup import till_name
from shopdesk.ui.counter.window import CounterWindow
from shopdesk.ui.main_window import MainWindow
from shopdesk.ui.refusal import Refusal
from shopdesk.ui.screen import Screen
from tests.links import Link
from tests.ui.counter.conftest import Counter, Keyboard


@pytest.fixture
def link(fresh_postgresql):
    made = Link(fresh_postgresql)
    yield made
    made.close()


@pytest.fixture(autouse=True)
def _at_once(monkeypatch):
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)  # each window takes it
    monkeypatch.setattr(result, "SETTLES_MS", 0)
    monkeypatch.setattr(alone, "TRIES_EVERY_MS", 20)


@pytest.fixture
def driven():
    """Let a test drive what stands on the screen while the program runs: what it returns for each window is done every 20 ms."""
    timers = []

    def drive(does):
        timer = QTimer(interval=20)
        timer.timeout.connect(lambda: [does(one) for one in QApplication.topLevelWidgets() if one.isVisible()])
        timer.start()
        timers.append(timer)

    yield drive
    for one in timers:
        one.stop()


def test_a_till_that_starts_without_the_data_notes_visits_and_comes_to_the_lock_when_it_is_back(
    appearance, make_shop, link, driven
):
    shop = make_shop(url=link.url)
    home, made = shop.home.path, shop.cards.walk_in("花子")
    shop.staff.members.add("Shiho", "owner", "824615")
    shop.close()
    seen, typed, front = [], [made.code.digits, "1234", printed_number(made.card.id).replace("-", "")], []

    def does(window):
        if isinstance(window, Refusal):
            seen.append("refused")
            window.close()
        elif isinstance(window, MainWindow) and not window._desk.tasks.busy:
            seen.append("window")
            window.close()
        elif isinstance(window, Alone) and not window.tasks.busy:
            serve(window)
        elif isinstance(window, CounterWindow) and not window.tasks.busy:
            seen.append(("counter", window.screen_shown() is window.lock_screen))
            QApplication.exit(0)

    def serve(window):
        seen.append("alone") if "alone" not in seen else None
        keys, screens = Keyboard(window), window.serving.screens
        if window.screen_shown() is screens.result:
            front.append(screens.result.outcome.sentence)
            screens.result.enter()
        elif typed:
            said = typed.pop(0)
            if len(said) > 30:
                keys.scan(said)
            else:
                screens.waiting.number.type(said)
                screens.waiting.enter()
        elif "plugged in" not in seen:
            seen.append("plugged in")
            front.append(window.banner.prose.text())
            window.serving.badge.emit(new("staff").digits)
            link.up()

    driven(does)
    link.down()
    with pytest.raises(OfflineError):
        app.run_window(home, counter=True)  # never seen the data: no till of a shop that may not be
    link.up()
    assert app.run_window(home) == 0
    link.down()
    assert app.run_window(home, counter=True) == 0
    assert list(dict.fromkeys(seen)) == ["refused", "window", "alone", "plugged in", ("counter", True)]
    away, noted = "The shop's data is out of reach", "The visit is noted"
    assert front[:5] == [away, noted, "Read the card's number", away, noted]
    assert "nobody can sign in" in front[5]
    assert "2 visits are noted" in front[5]
    assert front[6:] == ["Signing in has to wait"]
    office = open_shop(home, secrets={})
    assert office.cards.offline.replay().refused == 0  # what was not counted at the start is now
    entries = office.cards.history(made.card.customer_id)
    assert [(one.actor, one.till) for one in entries] == [("not signed in", till_name(Screen(office.home)))] * 2
    office.close()


def test_a_locked_counter_that_loses_the_data_notes_visits_and_is_locked_again_afterwards(
    qtbot, desk_of, make_shop, link
):
    shop = make_shop(url=link.url)
    made = shop.cards.walk_in("花子")
    shop.staff.members.add("Shiho", "owner", "824615")
    desk = desk_of(shop)
    window = CounterWindow(desk)
    window.open(locked=False)
    counter = Counter(window, shop, desk, qtbot)
    member = shop.staff.members.all()[0]
    shop.staff.seat(member)
    link.down()
    window.lock()
    counter.settle()
    assert shop.staff.actor.name == ""
    assert window.screen_shown() is window.lock_screen
    assert window.lock_screen.away.isVisible()
    window.lock_screen.away.action.click()
    at_till = window.alone
    screens = at_till.serving.screens
    for typed, reads in (
        (printed_number(made.card.id), at_till.serving._look),
        (made.code.digits, at_till.serving.scan),
    ):
        reads(typed)
        at_till.tasks.settle()
        screens.result.enter()
        at_till.tasks.settle()
        if typed != made.code.digits:  # the wrong one
            screens.result.undo.emit()
            screens.undoing.confirmed.emit(screens.undoing._done, "Wrong person")
            at_till.tasks.settle()
            assert screens.result.outcome.detail == f"No. {made.card.id:05}・Noted"
            assert shop.cards.offline.waiting() == 0
            at_till.serving.next_customer()
            at_till.tasks.settle()
    assert shop.cards.offline.waiting() == 1
    link.up()
    at_till.serving.scan(made.code.digits)  # the data is there, but nobody has signed in: nobody is looked up
    qtbot.waitUntil(lambda: window.alone is None or at_till.serving.screens.result.isVisible(), timeout=5_000)
    if window.alone is not None:
        at_till.serving.next_customer()
    qtbot.waitUntil(lambda: window.alone is None, timeout=5_000)
    counter.settle()
    assert window.screen_shown() is window.lock_screen
    assert not window.lock_screen.away.isVisible()
    assert [one.member.name for one in window.lock_screen.who.tiles] == ["Shiho"]
    window.end()
