"""The counter of a till that loses its line to the shop's data: it says so, notes visits, and uses nothing."""

from __future__ import annotations

import pytest

from shopdesk.due import run_due
from shopdesk.ui.counter import result
from shopdesk.ui.counter.window import CounterWindow
from tests.links import Link
from tests.ui.counter.conftest import Counter


@pytest.fixture
def link(fresh_postgresql):
    made = Link(fresh_postgresql)
    yield made
    made.close()


@pytest.fixture
def counter(qtbot, desk_of, make_shop, link, monkeypatch):
    """A counter at the end of a line that can be cut."""
    monkeypatch.setattr(result, "SETTLES_MS", 0)
    shop = make_shop(url=link.url)
    desk = desk_of(shop)
    window = CounterWindow(desk)
    window.open(locked=False)
    window.showNormal()
    window.resize(1366, 768)
    qtbot.waitExposed(window)
    yield Counter(window, shop, desk, qtbot)
    window.end()


def test_visits_are_noted_while_the_data_is_out_of_reach_and_counted_afterwards(counter, link):
    shop = counter.shop
    made = shop.cards.walk_in("花子")
    counter.scan(made.code.digits)
    link.down()  # while she stands there
    counter.press("enter")
    assert counter.said == "The visit is noted"
    counter.press("enter")
    counter.later()
    counter.scan(made.code.digits)
    assert (counter.said, counter.mood) == ("The shop's data is out of reach", "late")
    assert shop.cards.offline.waiting() == 1  # only when it is wanted
    counter.press("enter")
    assert counter.said == "The visit is noted"
    link.up()
    run_due(shop)
    assert (shop.cards.offline.waiting(), counter.balance(made.card.id)) == (0, 2)
