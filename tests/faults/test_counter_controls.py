"""Each guard at the counter has a control: taken out, the same case of table C goes red."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from tests.faults.counter import duels, repeats
from tests.faults.counter.rig import Counter

DUELS = 40
"""So many are fought at most until one is won twice; most are."""


@pytest.fixture(scope="module")
def counter():
    found = Counter()
    yield found
    found.close()


@pytest.fixture
def unguarded(counter, database):
    """Take the index away that refuses a second use, and afterwards everything that got in."""
    _do(counter, database, "DROP INDEX uq_coupon_uses_ticket_id")
    yield counter
    _do(
        counter,
        database,
        "DELETE FROM coupon_uses",
        "UPDATE coupon_tickets SET state = 'issued'",
        "UPDATE coupons SET used = 0",
        "CREATE UNIQUE INDEX uq_coupon_uses_ticket_id ON coupon_uses (ticket_id) WHERE undone_at IS NULL",
    )


def _do(counter, database, *statements):
    with counter.shop(database).database.write() as session:
        for statement in statements:
            session.execute(text(statement))


@pytest.mark.parametrize("database", duels.DATABASES)
def test_c1_who_looks_first_and_writes_then_uses_it_twice(unguarded, database):
    def fight():
        for _ in range(DUELS):
            duels.duel(unguarded, database, "one code", 2, without="guarded write")

    with pytest.raises(AssertionError, match="2 winners"):
        fight()


def test_c2_without_nonces_the_second_enter_is_refused(counter):
    with pytest.raises(AssertionError, match="it is not looked at"):
        repeats.repeat(counter, "sqlite", "one after the other", 2, without="nonces")


def test_c3_without_nonces_a_lost_answer_is_never_had(counter):
    with pytest.raises(AssertionError, match="it is not looked at"):
        repeats.retry(counter, "sqlite", "the answer", "nothing", without="nonces")
