"""Each guard at the counter has a control: taken out, the same case of table C goes red."""

from __future__ import annotations

import time
from random import Random

import pytest
from sqlalchemy import text

from shopdesk import scancodes
from shopdesk.cards import tills
from shopdesk.coupons import patience
from tests.faults.counter import deaths, duels, forgeries, lines, repeats
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


def _slow_where_known(code, secret, slot):
    if secret != bytes(32):
        time.sleep(0.000_2)  # in each of 160 slots: far more than a busy computer adds to all turns of the other one
    return False


@pytest.mark.parametrize(
    ("case", "guard", "instead"),
    [
        ("in two slots", "shopdesk.scancodes.is_passing", lambda *_given: True),
        ("another shop's passing code of this number", "shopdesk.scancodes.is_passing", lambda *_given: True),
        ("4 KB of blanks and our code", "shopdesk.scancodes._MOST_READ", 5_000),
    ],
)
def test_c4_without_its_guard_a_code_is_taken(counter, monkeypatch, case, guard, instead):
    at = forgeries.till(counter, "sqlite")
    monkeypatch.setattr(guard, instead)
    with pytest.raises(AssertionError, match="was taken"):
        forgeries.refuse(at, forgeries.OTHERS[case])


def test_c4_what_takes_longer_for_a_known_card_tells_it(counter, monkeypatch):
    forgeries.till(counter, "sqlite")
    monkeypatch.setattr(scancodes, "is_passing", _slow_where_known)
    for bound in ("TIMED", "MOST_TIMED"):
        monkeypatch.setattr(forgeries, bound, 8)
    with pytest.raises(AssertionError, match="ms and"):
        forgeries.time_alike(counter, "sqlite", 0)


@pytest.mark.parametrize("where", [tills, patience])
def test_c4_without_patience_a_till_tries_on(counter, monkeypatch, where):
    monkeypatch.setattr(where, "MOST_BAD" if where is tills else "MOST", 10**6)
    with pytest.raises(AssertionError):
        forgeries.try_on(counter, "sqlite")


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
