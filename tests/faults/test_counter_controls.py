"""Each guard at the counter has a control: taken out, the same case of table C goes red."""

from __future__ import annotations

from random import Random

import pytest
from sqlalchemy import text

from tests.faults.counter import deaths, duels, lines, repeats
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


def test_c5_a_till_that_syncs_later_is_seen(counter, tmp_path):
    with pytest.raises(AssertionError, match="I9"):
        deaths.die(counter, "sqlite", "a visit", "after", Random(1), tmp_path, without="full sync")


def test_c7_without_nonces_a_lost_answer_is_counted_again(counter):
    with pytest.raises(AssertionError, match="'again': False"):
        lines.lost(counter, "a visit", -2, "after", without="own nonce")


def test_c7_a_till_that_goes_by_its_own_clock_takes_codes_of_another_time(counter):
    with pytest.raises(AssertionError, match=r"expired|clock decides"):
        lines.wrong_clock(counter, "points used", -10, without="one clock")


def test_c5_without_a_transaction_a_dead_till_leaves_half_of_it(counter, tmp_path):
    """The last one here: what it leaves in an append-only ledger stays."""
    with pytest.raises(AssertionError, match=r"I5|I7"):
        deaths.die(counter, "postgresql", "a visit", 3, Random(1), tmp_path, without="transaction")
