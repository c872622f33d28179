"""The counter of a till that loses its line to the shop's data: it says so, notes visits, and uses nothing."""

from __future__ import annotations

import pytest

from shopdesk.due import run_due
from shopdesk.ui.counter import result
from shopdesk.ui.counter.window import CounterWindow
from shopdesk.ui.widgets import Label, Row
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
    counter.desk.live.look()
    counter.settle()
    banner, waiting = counter.window.banner, counter.screens.waiting
    assert banner.isVisible()
    assert banner.prose.text() == (
        "The shop's data is out of reach: points and coupons wait.  1 visit is noted and counted when the connection is back."
    )
    (row,) = shown_rows(waiting)
    assert row[:2] == ["A customer", "Noted"]
    counter.later()
    counter.scan(made.code.digits)
    assert (counter.said, counter.mood) == ("The shop's data is out of reach", "late")
    assert shop.cards.offline.waiting() == 1  # only when it is wanted
    counter.press("enter")
    assert counter.said == "The visit is noted"
    counter.press("F8")  # the wrong card
    counter.type("2")
    counter.settle()
    assert counter.said == "It is taken back"
    assert counter.screens.result.outcome.detail == "A customer・Noted"
    counter.press("enter")
    assert "1 visit is noted" in banner.prose.text()
    assert [one[-1] == "taken back" for one in shown_rows(waiting)] == [True, False]
    link.up()
    run_due(shop)
    counter.desk.live.look()
    counter.settle()
    assert not banner.isVisible()
    assert (shop.cards.offline.waiting(), counter.balance(made.card.id)) == (0, 1)
    assert {one.reason for one in shop.cards.history(made.card.customer_id)} == {"", "Wrong person"}


def shown_rows(waiting):
    """What the list of who was here just now says, row by row, without the time."""
    rows = waiting.recent.findChildren(Row)
    return [[one.text() for one in row.findChildren(Label) if ":" not in one.text()] for row in rows]
