"""Points in lots: those that expire first go first, and what is taken back or given back keeps its own expiry."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from shopdesk.cards.ledger import Ledger, Movement
from shopdesk.cards.rules import Rank, Reward, Rules, dump, months_after, parse
from shopdesk.errors import InvalidInputError

START = datetime(2026, 1, 1, tzinfo=UTC)


def day(number: int) -> datetime:
    return START + timedelta(days=number)


def test_points_that_expire_first_are_used_first_whatever_came_first():
    ledger = Ledger(
        [
            Movement(1, day(0), "earn", 5, None),
            Movement(2, day(1), "earn", 5, day(90)),
            Movement(3, day(2), "earn", 5, day(30)),
            Movement(4, day(3), "use", -7),
        ]
    )
    assert [(lot.entry_id, lot.left) for lot in ledger.open_lots()] == [(2, 3), (1, 5)]
    assert (ledger.balance, ledger.next_expiry) == (8, day(90))
    assert (ledger.lapsed(day(89)), ledger.lapsed(day(90))) == (0, 3)


def test_a_use_taken_back_gives_each_lot_its_own_points_and_expiry():
    lots = [Movement(1, day(0), "earn", 5, day(30)), Movement(2, day(1), "earn", 5, day(90))]
    ledger = Ledger([*lots, Movement(3, day(2), "use", -8)])
    ledger.add(Movement(4, day(3), "reverse", ledger.returnable(3), target_id=3))
    assert [(lot.entry_id, lot.left, lot.until) for lot in ledger.open_lots()] == [(1, 5, day(30)), (2, 5, day(90))]


def test_an_earn_taken_back_takes_its_own_lot_first_and_nothing_that_expired():
    ledger = Ledger([Movement(1, day(0), "earn", 5, day(30)), Movement(2, day(1), "earn", 5, day(90))])
    assert ledger.returnable(2) == 5
    ledger.add(Movement(3, day(2), "reverse", -5, target_id=2))
    assert [(lot.entry_id, lot.left) for lot in ledger.open_lots()] == [(1, 5)]
    ledger.add(Movement(4, day(31), "expire", -5))
    assert (ledger.balance, ledger.returnable(1), ledger.returnable(2)) == (0, 0, 0)


def test_a_visit_lets_the_others_live_on_and_shortens_none():
    ledger = Ledger(
        [
            Movement(1, day(0), "earn", 1, day(30), extends=True),
            Movement(2, day(0), "welcome", 1, None),
            Movement(3, day(0), "earn", 1, day(200), extends=True),
            Movement(4, day(20), "earn", 1, day(50), extends=True),
        ]
    )
    assert [lot.until for lot in ledger.open_lots()] == [day(50), day(200), day(200), None]


MOVES = st.lists(st.tuples(st.integers(-9, 9), st.one_of(st.none(), st.integers(1, 60))), max_size=30)


@given(moves=MOVES)
def test_the_balance_is_the_sum_of_the_lots_and_never_below_zero(moves):
    ledger, total = Ledger(), 0
    for number, (points, days) in enumerate(moves, 1):
        taken = max(points, -total)
        ledger.add(Movement(number, day(number), "adjust", taken, None if days is None else day(days)))
        total += taken
        assert ledger.balance == total >= 0
        assert ledger.returnable(number) == abs(taken)


def test_months_end_where_they_end():
    assert months_after(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_after(date(2028, 2, 29), 12) == date(2029, 2, 28)
    assert months_after(date(2026, 11, 22), -12) == date(2025, 11, 22)
    assert months_after(date(2026, 11, 30), 1) == date(2026, 12, 30)


def test_rules_are_read_back_and_the_impossible_is_refused():
    rules = Rules(
        per_yen=100,
        rewards=(Reward(points=5, coupon_id=1),),
        ranks=(Rank(name="銀", least=10, percent=150), Rank(name="金", least=50, percent=200)),
        expiry="visit",
    )
    assert parse(dump(rules)) == rules
    assert parse({}) == Rules()
    assert [one and one.name for one in (rules.rank(9, 0), rules.rank(10, 0), rules.rank(70, 0))] == [None, "銀", "金"]
    assert rules.worth(1, 1_050, 150) == 1_650
    for wrong in (
        [],
        {"goals": 1},
        {"goal": 0},
        {"goal": "10"},
        {"goal": True},
        {"per_visit": -1},
        {"expiry": "soon"},
        {"colour": "#f00"},
        {"picture": "x"},
        {"stamp": "picture"},
        {"rewards": {}},
        {"rewards": [{"points": 5}]},
        {"rewards": [{"points": 11, "coupon_id": 1}]},
        {"rewards": [{"points": 5.5, "coupon_id": 1}]},
        {"rewards": [{"points": 5, "coupon_id": 1}, {"points": 5, "coupon_id": 2}]},
        {"ranks": [{"name": "", "least": 1, "percent": 100}]},
        {"ranks": [{"name": "金", "least": 1, "percent": "many"}]},
    ):
        with pytest.raises(InvalidInputError):
            parse(wrong)
