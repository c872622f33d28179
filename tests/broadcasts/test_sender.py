"""What the sender does with each answer of LINE."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update

from shopdesk.broadcasts.claiming import HANDS, Hand
from shopdesk.broadcasts.tables import BatchRow, RecipientRow
from shopdesk.leases import LeaseHeldError, LeaseLostError, LeaseRow
from tests.openapi import check_request


@pytest.fixture
def shop(sqlite_shop):
    return sqlite_shop


def sends(there):
    kinds = {"push", "multicast", "broadcast"}
    return [one for one in there.rehearsal.journal.entries if one["endpoint"] in kinds]


def fault(there, **said):
    there.rehearsal.faults.add(said)


def each(shop, text, said="秋の新作"):
    return shop.broadcasts.draft(text(said), everyone=True, each=True)


PASSING = [
    {"answer": 500},
    {"answer": 503},
    {"answer": 500, "accept": True},
    {"answer": 409, "accept": True},
    {"answer": "html"},
    {"answer": "short"},
    {"cut": "before"},
    {"cut": "after"},
    {"cut": "mid"},
    {"answer": 401},
    {"answer": 429},
]
STAYING = [
    ({"answer": 500}, "network"),
    ({"cut": "before"}, "network"),
    ({"answer": "monthly"}, "monthly_limit"),
    ({"answer": 401}, "token"),
    ({"answer": 403}, "forbidden"),
    ({"answer": 429}, "rate"),
]


@pytest.mark.parametrize(("said", "endpoint", "nth"), [("おなじ", "multicast", 1), ("{name}さん", "push", 4)])
def test_a_mishap_that_passes_is_overcome_under_the_same_key(shop, there, text, naps, received, said, endpoint, nth):
    for number, mishap in enumerate(PASSING, start=1):
        before = len(sends(there))
        fault(there, endpoint=endpoint, nth=nth, **mishap)
        done = shop.broadcasts.send(each(shop, text, said), sleep=naps)
        assert (done.state, done.accepted) == ("finished", 30), mishap
        assert received() == [number] * 30, mishap
        assert len({one["retry_key"] for one in sends(there)[before:]} - {None}) == done.batches, mishap
    assert shop.broadcasts.broken_sums() == []


@pytest.mark.parametrize(("said", "endpoint", "nth"), [("おなじ", "multicast", 1), ("{name}さん", "push", 11)])
def test_a_mishap_that_stays_pauses_and_nobody_failed(shop, there, text, naps, received, said, endpoint, nth):
    for number, (mishap, reason) in enumerate(STAYING, start=1):
        fault(there, endpoint=endpoint, nth=nth, times=9999, **mishap)
        made = each(shop, text, said)
        paused = shop.broadcasts.send(made, sleep=naps)
        assert (paused.state, paused.reason, paused.failed) == ("paused", reason, 0)
        assert paused.remaining + paused.accepted == 30
        assert paused.sentence
        assert shop.broadcasts.broken_sums() == []
        there.rehearsal.faults.clear()
        done = shop.broadcasts.send(made, sleep=naps)
        assert (done.state, done.accepted) == ("finished", 30)
        assert received() == [number] * 30, mishap


def test_waits_at_least_double(shop, there, text, naps):
    fault(there, endpoint="multicast", times=9999, answer=500)
    shop.broadcasts.send(each(shop, text), sleep=naps)
    assert len(naps.taken) >= 5
    assert all(after >= 2 * before for before, after in zip(naps.taken, naps.taken[1:], strict=False))


@pytest.mark.parametrize("status", [400, 413])
def test_a_refused_request_fails_alone_and_is_not_repeated(shop, there, text, naps, received, status):
    fault(there, endpoint="push", nth=7, answer=status)
    made = each(shop, text, "{name}さん")
    done = shop.broadcasts.send(made, sleep=naps)
    assert (done.state, done.accepted, done.failed) == ("finished", 29, 1)
    assert len(sends(there)) == 30
    assert sum(received()) == 29
    failed = shop.broadcasts.people(made, "failed")
    assert "LINE" in failed[0].sentence
    assert shop.broadcasts.broken_sums() == []


def test_many_refused_tokens_take_one_new_one(shop, there, text, naps):
    fault(there, endpoint="push", times=5, answer=401)
    before = [one for one in there.rehearsal.journal.entries if one["endpoint"] == "token"]
    assert shop.broadcasts.send(each(shop, text, "{name}"), sleep=naps).accepted == 30
    after = [one for one in there.rehearsal.journal.entries if one["endpoint"] == "token"]
    assert len(after) - len(before) <= 2


def test_quota_that_ends_on_the_way_pauses(shop, there, text, naps, received):
    made = each(shop, text, "{name}さん")
    shop.broadcasts.freeze(made)
    fault(there, endpoint="push", nth=11, times=9999, answer="monthly")
    paused = shop.broadcasts.send(made, sleep=naps)
    assert (paused.state, paused.accepted, paused.remaining) == ("paused", 10, 20)
    assert "20 people" in paused.sentence
    there.rehearsal.faults.clear()
    # Next month: LINE surely had not taken those, so their keys play no part.
    assert shop.broadcasts.send(made, sleep=naps).accepted == 30
    assert received() == [1] * 30


@pytest.mark.parametrize("turned", ["local", "line", "back"])
def test_after_23_hours_nobody_is_sent_to_again(shop, there, text, naps, clock, received, turned, monkeypatch):
    fault(there, endpoint="multicast", times=9999, answer=500, accept=True)
    made = each(shop, text)
    assert shop.broadcasts.send(made, sleep=naps).state == "paused"
    there.rehearsal.faults.clear()
    before = len(sends(there))
    if turned == "line":  # only LINE's clock tells that a day has gone by
        later = clock.now() + timedelta(hours=23, minutes=1)
        monkeypatch.setattr(there.rehearsal, "clock", type("There", (), {"now": lambda _self: later})())
        shop.line.tokens._minted_at = None
    else:
        clock.move(timedelta(hours=23, minutes=1))
    done = shop.broadcasts.send(made, sleep=naps)
    assert (done.state, done.unknown, done.accepted) == ("finished", 30, 0)
    assert len(sends(there)) == before
    assert received() == [1] * 30
    assert "23 hours" in shop.broadcasts.people(made, "unknown")[0].sentence
    settled = shop.broadcasts.settle(made, "accepted" if turned == "local" else "failed")
    assert (settled.unknown, settled.accepted + settled.failed) == (0, 30)
    assert shop.broadcasts.broken_hashes() == []
    assert shop.broadcasts.broken_sums() == []


def test_within_23_hours_the_same_bytes_go_again(shop, there, text, naps, clock, received):
    fault(there, endpoint="multicast", times=9999, answer=500, accept=True)
    made = each(shop, text)
    shop.broadcasts.send(made, sleep=naps)
    there.rehearsal.faults.clear()
    clock.move(timedelta(hours=22, minutes=59))
    assert shop.broadcasts.send(made, sleep=naps).accepted == 30
    assert received() == [1] * 30


def test_changed_bytes_are_never_sent(shop, there, text, naps):
    fault(there, endpoint="multicast", times=9999, answer=500)
    made = each(shop, text)
    shop.broadcasts.send(made, sleep=naps)
    with shop.database.write() as session:
        session.execute(update(BatchRow).values(body=b'{"to":[]}'))
    there.rehearsal.faults.clear()
    assert shop.broadcasts.broken_hashes()
    before = len(sends(there))
    assert shop.broadcasts.send(made, sleep=naps).unknown == 30
    assert len(sends(there)) == before


def test_pause_and_cancel_are_heard_between_batches(shop, there, text, received, monkeypatch):
    monkeypatch.setitem(HANDS, "push", Hand(5, 5))
    made = each(shop, text, "{name}さん")
    shop.broadcasts.freeze(made)
    # Held for so long that the word is given while the request is open, on however busy a machine.
    held = {"endpoint": "push", "delay_s": 2.0}
    fault(there, nth=6, **held)
    ended = []
    sending = threading.Thread(target=lambda: ended.append(shop.broadcasts.send(made)))
    sending.start()
    while len(sends(there)) < 6:
        time.sleep(0.005)
    with pytest.raises(LeaseHeldError):
        shop.broadcasts.send(made)
    shop.broadcasts.pause(made)
    sending.join()
    paused = ended[0]
    assert (paused.state, paused.reason) == ("paused", "asked")
    # The batch on its way is finished; of the next one, no more than was already claimed.
    assert 6 <= paused.accepted == sum(received()) <= 15
    fault(there, nth=1, **held)
    sending = threading.Thread(target=lambda: ended.append(shop.broadcasts.send(made)))
    sending.start()
    while len(sends(there)) < paused.accepted + 1:
        time.sleep(0.005)
    shop.broadcasts.cancel(made)
    sending.join()
    last = ended[-1]
    assert (last.state, last.remaining) == ("cancelled", 0)
    assert paused.accepted < last.accepted == sum(received()) <= paused.accepted + 10
    assert last.accepted + last.cancelled == 30


def test_a_cancel_sends_nothing_that_is_not_on_its_way(shop, there, text, received, monkeypatch):
    monkeypatch.setattr("shopdesk.broadcasts.sender.CALLS_AT_ONCE", 2)
    monkeypatch.setitem(HANDS, "push", Hand(20, 30))
    made = each(shop, text, "{name}さん")
    shop.broadcasts.freeze(made)
    fault(there, endpoint="push", times=9999, delay_s=0.15)
    ended = []
    sending = threading.Thread(target=lambda: ended.append(shop.broadcasts.send(made)))
    sending.start()
    while not sends(there):
        time.sleep(0.005)
    shop.broadcasts.cancel(made)
    sending.join()
    (last,) = ended
    assert (last.state, last.remaining, last.unknown) == ("cancelled", 0, 0)
    assert 2 <= last.accepted == sum(received()) < 20
    assert last.accepted + last.cancelled == 30
    assert shop.broadcasts.broken_sums() == []


def test_cancel_with_open_requests_and_no_sender_makes_them_unknown(shop, there, text, naps):
    fault(there, endpoint="multicast", times=9999, answer=500)
    made = each(shop, text)
    shop.broadcasts.send(made, sleep=naps)
    stopped = shop.broadcasts.cancel(made)
    assert (stopped.state, stopped.unknown, stopped.remaining) == ("cancelled", 30, 0)


def test_a_sender_whose_lease_was_taken_writes_nothing(shop, there, text, monkeypatch):
    monkeypatch.setitem(HANDS, "push", Hand(5, 5))
    made = each(shop, text, "{name}さん")
    shop.broadcasts.freeze(made)
    fault(there, endpoint="push", nth=6, delay_s=2.0)
    failed = []

    def run():
        try:
            shop.broadcasts.send(made)
        except LeaseLostError as error:
            failed.append(error)

    sending = threading.Thread(target=run)
    sending.start()
    while len(sends(there)) < 6:
        time.sleep(0.005)
    with shop.database.write() as session:
        session.execute(update(LeaseRow).values(fencing=LeaseRow.fencing + 1))
    sending.join()
    assert failed
    status = shop.broadcasts.status(made)
    assert (status.accepted, status.remaining) == (5, 25)
    done = shop.broadcasts.send(made)
    assert done.accepted == 30
    assert [len(person.received()) for person in there.rehearsal.people] == [1] * 30


def test_a_clean_stop_loses_nothing(shop, there, text, received, monkeypatch):
    monkeypatch.setitem(HANDS, "push", Hand(5, 5))
    made = each(shop, text, "{name}さん")
    shop.broadcasts.freeze(made)
    fault(there, endpoint="push", nth=6, delay_s=2.0)

    def stop():
        while len(sends(there)) < 6:
            time.sleep(0.005)
        os.kill(os.getpid(), signal.SIGTERM)

    stopper = threading.Thread(target=stop)
    stopper.start()
    paused = shop.broadcasts.send(made)
    stopper.join()
    assert (paused.state, paused.reason) == ("paused", "stopped")
    with shop.database.read() as session:
        assert session.scalar(select(BatchRow.id).where(BatchRow.state == "claimed")) is None
    assert shop.broadcasts.send(made).accepted == 30
    assert received() == [1] * 30


def test_every_request_is_as_line_describes_it(shop, text, linked):
    linked(shop, 0, "田中")
    for said, each_one in (("おなじ", False), ("おなじ", True), ("{name}さん", True)):
        shop.broadcasts.send(shop.broadcasts.draft(text(said), everyone=True, each=each_one))
    with shop.database.read() as session:
        batches = session.execute(select(BatchRow.endpoint, BatchRow.body)).all()
    assert {endpoint for endpoint, _body in batches} == {"broadcast", "multicast", "push"}
    for endpoint, body in batches:
        check_request("post", f"/v2/bot/message/{endpoint}", json.loads(body))


def test_forgetting_somebody_whose_request_is_open(shop, there, text, naps, linked):
    customer = linked(shop, 0, "鬼龍院珠代")
    fault(there, endpoint="push", times=9999, answer=500)
    made = each(shop, text, "{name}さん")
    shop.broadcasts.send(made, sleep=naps)
    shop.customers.forget(customer)
    there.rehearsal.faults.clear()
    assert shop.broadcasts.send(made, sleep=naps).accepted == 30
    with shop.database.read() as session:
        assert not [body for body in session.scalars(select(BatchRow.body)) if "鬼龍院".encode() in body]
    assert shop.broadcasts.broken_hashes() == []
    assert shop.broadcasts.broken_sums() == []


def test_a_person_who_vanished_from_a_frozen_broadcast_is_noticed(shop, text):
    made = each(shop, text, "おなじ")
    shop.broadcasts.freeze(made)
    assert shop.broadcasts.broken_sums() == []
    with shop.database.write() as session:
        one = session.scalars(select(RecipientRow.id).limit(1)).one()
        session.execute(delete(RecipientRow).where(RecipientRow.id == one))
    assert shop.broadcasts.broken_sums() == [made]
