"""States and waits, and the sums under any course of events."""

from __future__ import annotations

import contextlib
import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st
from sqlalchemy import delete, insert, update

from shopdesk.broadcasts import StateError, invariants
from shopdesk.broadcasts.pace import Pace
from shopdesk.broadcasts.retrying import TRIES, key_is_old, pause_s
from shopdesk.broadcasts.states import state
from shopdesk.broadcasts.tables import RecipientRow
from shopdesk.friends.tables import FriendRow

NOW = datetime(2026, 11, 22, 5, 32, tzinfo=UTC)


@given(
    frozen=st.booleans(),
    started=st.booleans(),
    control=st.sampled_from(["none", "pause", "cancel"]),
    paused=st.booleans(),
    remaining=st.integers(0, 3),
)
def test_finished_means_that_nobody_remains(frozen, started, control, paused, remaining):
    found = state(frozen=frozen, started=started, control=control, paused=paused, remaining=remaining)
    if found == "finished":
        assert remaining == 0
    if frozen and control != "cancel":
        assert (found == "finished") == (remaining == 0)


@given(st.integers(1, TRIES - 2), st.floats(0, 1), st.floats(0, 1))
def test_each_wait_is_at_least_twice_the_one_before(failures, one, other):
    assert pause_s(failures + 1, other) >= 2 * pause_s(failures, one)


@pytest.mark.parametrize(
    ("hours", "line_ahead", "old"),
    [(22.98, 0, False), (23.02, 0, True), (1, 22.1, True), (23.98, -24, True), (24.02, None, True), (-2, None, False)],
)
def test_a_key_is_old_by_the_later_clock(hours, line_ahead, old):
    local = NOW + timedelta(hours=hours)
    line = None if line_ahead is None else local + timedelta(hours=line_ahead)
    assert key_is_old(NOW, local, line) is old


@given(st.sampled_from(["push", "multicast"]), st.lists(st.floats(0, 0.01), min_size=1, max_size=400))
def test_the_pace_never_gives_out_more_than_line_takes(endpoint, gaps):
    most = {"push": 2000, "multicast": 200}[endpoint]
    now = [0.0]
    pace = Pace(endpoint, lambda: now[0])
    turns = []
    for gap in gaps:
        now[0] += gap
        turns.append(now[0] + pace.slot())
    turns.sort()
    for place, turn in enumerate(turns):
        assert sum(turn <= other < turn + 1 for other in turns[place:]) <= most


@pytest.mark.parametrize("size", [1, 499, 500, 501, 1001])
def test_equal_texts_go_in_batches_of_at_most_500(sqlite_shop, there, text, size):
    shop = sqlite_shop
    already = len(list(there.rehearsal.people))
    more = [f"U{number:032x}" for number in range(max(0, size - already))]
    with shop.database.write() as session:
        row = {"display_name": "", "picture_url": "", "state": "friend", "customer_id": None, "since": NOW}
        if size < already:
            session.query(FriendRow).where(FriendRow.id > size).delete()
        elif more:
            session.execute(
                insert(FriendRow), [{"user_id": one, "blocked_at": None, "refreshed_at": None, **row} for one in more]
            )
    done = shop.broadcasts.send(shop.broadcasts.draft(text(), everyone=True, each=True))
    assert (done.accepted, done.batches) == (size, -(-size // 500))
    asked = [one["recipients"] for one in there.rehearsal.journal.entries if one["endpoint"] == "multicast"]
    assert max(map(len, asked)) <= 500
    assert sum(map(len, asked)) == len({one for some in asked for one in some}) == size


def test_the_sums_hold_under_any_course_of_events(sqlite_shop, there, text, naps, linked, clock):
    dice = random.Random(20261122)
    shop, people = sqlite_shop, list(there.rehearsal.people)
    customers = [linked(shop, number, f"客{number}") for number in range(10)]
    faults = [500, 429, 401, 403, "monthly", 400, "html"]
    made = 0
    audience = 0
    for _turn in range(24):
        if not made or shop.broadcasts.status(made).state in {"finished", "cancelled"}:
            for person in people:
                person.blocked = False
            shop.friends.sync()
            made = shop.broadcasts.draft(text(dice.choice(["おなじ", "{name}さん"])), everyone=True, each=True)
            frozen = shop.broadcasts.freeze(made)
            audience = frozen.planned + frozen.excluded
        there.rehearsal.faults.clear()
        event = dice.randrange(7)
        if event == 0:
            shop.customers.consents.set(dice.choice(customers), "line", on=dice.random() < 0.5)
        elif event == 1:
            dice.choice(people).blocked = True
            shop.friends.sync()
        elif event == 2 and dice.random() < 0.3:
            shop.broadcasts.cancel(made)
        elif event == 3 and dice.random() < 0.3:
            clock.move(timedelta(hours=dice.choice([1, 24])))
        else:
            there.rehearsal.faults.add(
                {
                    "endpoint": dice.choice(["push", "multicast"]),
                    "nth": dice.randint(1, 20),
                    "times": dice.choice([1, 9999]),
                    "answer": dice.choice(faults),
                }
            )
            with contextlib.suppress(StateError):
                shop.broadcasts.send(made, sleep=naps)
        now = shop.broadcasts.status(made)
        assert now.planned == now.accepted + now.failed + now.unknown + now.remaining + now.cancelled
        assert now.planned + now.excluded == audience
        assert (now.state == "finished") == (now.remaining == 0 and now.cancelled == 0 and now.state != "cancelled")
        assert shop.broadcasts.broken_sums() == []
        assert shop.broadcasts.broken_hashes() == []
        assert all(len(set(one["recipients"])) == len(one["recipients"]) for one in there.rehearsal.journal.entries)


def test_rows_that_contradict_each_other_are_found(sqlite_shop, text):
    shop = sqlite_shop
    made = shop.broadcasts.draft(text("{name}さん"), everyone=True, each=True)
    shop.broadcasts.send(made)
    for spoilt in (
        update(RecipientRow).where(RecipientRow.id == 1).values(state="lost"),
        update(RecipientRow).where(RecipientRow.id == 1).values(batch_id=None),
        update(RecipientRow).where(RecipientRow.id == 1).values(state="failed"),
        delete(RecipientRow).where(RecipientRow.id == 1),
    ):
        with shop.database.write() as session:
            session.execute(spoilt)
            assert invariants.broken_sums(session) == [made]
            session.rollback()
    assert shop.broadcasts.broken_sums() == []
