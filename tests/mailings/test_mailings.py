"""Mails go to those of the segment who are not on LINE and agreed, once each; what nobody can know is said, not repeated."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from shopdesk.clock import FixedClock
from shopdesk.customers.tables import CustomerRow
from shopdesk.leases import LeaseHeldError
from shopdesk.mailings.service import LEASE, MailingError
from shopdesk.mailings.tables import LetterRow, MailingRow
from shopdesk.messages import Letter, draft
from shopdesk.quarantine import QuarantinedError
from shopdesk.shop import Shop
from shopdesk.verify import verify
from tests.mail_provider import IDENTITY, Provider

LETTER = Letter("{name}さまへ新作のご案内", "こんにちは、{name}さま。")


async def no_sleep(_seconds: float) -> None:
    await asyncio.sleep(0)


def drafted(shop: Shop, letter: Letter = LETTER) -> int:
    made = shop.broadcasts.draft(draft([{"type": "text", "text": "こんにちは"}]), segment="みんな")
    shop.mailings.write(made, letter)
    return made


def send(shop: Shop, broadcast: int) -> Any:
    return shop.mailings.send(broadcast, sleep=no_sleep)


def ids(shop: Shop) -> list[int]:
    with shop.database.read() as session:
        return list(session.scalars(select(CustomerRow.id).order_by(CustomerRow.id)))


def test_those_who_agreed_get_one_mail_each(ready: Shop, there: Provider) -> None:
    broadcast = drafted(ready)
    plan = ready.mailings.preview(broadcast)
    assert (plan.planned, [(code, n) for code, _said, n in plan.left_out], plan.problems) == (
        3,
        [("no_consent", 1)],
        (),
    )
    assert "見本 0さま" in plan.sample
    for _again in range(2):  # safe to repeat
        sums = send(ready, broadcast)
        assert (sums.state, sums.accepted, sums.planned, sums.remaining) == ("finished", 3, 3, 0)
    assert sorted(one.rcpt_tos[0] for one in there.taken) == [f"mihon{n}@example.com" for n in range(3)]
    assert all(one.ok for one in verify(ready))


def test_nobody_is_mailed_without_proof_or_after_a_refusal_or_twice(ready: Shop, there: Provider) -> None:
    one, two, three, four = ids(ready)
    ready.customers.consents.set(one, "mail", on=False)
    with ready.database.write() as session:  # as a careless program might
        session.execute(update(CustomerRow).where(CustomerRow.id == four).values(consent_mail=True))
        session.execute(update(CustomerRow).where(CustomerRow.id == three).values(email="MIHON1@example.com"))
    broadcast = drafted(ready)
    left_out = {code: n for code, _said, n in ready.mailings.preview(broadcast).left_out}
    assert left_out == {"no_consent": 1, "no_proof": 1, "same_address": 1}
    assert send(ready, broadcast).accepted == 1
    assert [letter.rcpt_tos for letter in there.taken] == [["mihon1@example.com"]]
    assert two


def test_who_refuses_between_two_letters_gets_none(ready: Shop, there: Provider) -> None:
    broadcast = drafted(ready)
    people = ids(ready)

    async def refusing(_seconds: float) -> None:
        ready.customers.consents.set(people[2], "mail", on=False)

    sums = ready.mailings.send(broadcast, sleep=refusing)
    assert (sums.accepted, sums.excluded, sums.planned) == (2, 2, 2)  # one had never agreed
    assert len(there.taken) == 2


def test_a_stopped_or_forgotten_person_gets_none_and_leaves_nothing(ready: Shop, there: Provider) -> None:
    broadcast = drafted(ready)
    people = ids(ready)
    ready.customers.consents.stop_use(people[0])
    send(ready, broadcast)
    ready.customers.forget(people[1])
    with ready.database.read() as session:
        rows = session.scalars(select(LetterRow)).all()
    assert b"mihon1@" not in b"".join(one.body for one in rows)
    assert [letter.rcpt_tos[0] for letter in there.taken] == ["mihon1@example.com", "mihon2@example.com"]
    assert all(one.ok for one in verify(ready))


@pytest.mark.parametrize("lacking", IDENTITY)
def test_what_the_law_asks_for_stops_it_before_the_first_letter(ready: Shop, there: Provider, lacking: str) -> None:
    ready.settings.set(lacking, "")
    broadcast = drafted(ready)
    assert len(ready.mailings.preview(broadcast).problems) == 1
    with pytest.raises(MailingError):
        send(ready, broadcast)
    assert there.taken == []


def test_a_wrong_letter_is_kept_and_stops_it_before_the_first_one(ready: Shop, there: Provider) -> None:
    broadcast = drafted(ready, Letter("", "text"))
    plan = ready.mailings.preview(broadcast)
    assert (plan.planned, plan.sample, len(plan.problems), plan.lacks) == (3, "", 1, ())
    with pytest.raises(MailingError, match="subject"):
        send(ready, broadcast)
    assert there.taken == []


def test_a_mail_to_everyone_is_refused(ready: Shop) -> None:
    broadcast = drafted(ready)
    everyone = ready.broadcasts.draft(draft([{"type": "text", "text": "こんにちは"}]), everyone=True)
    with pytest.raises(MailingError):
        ready.mailings.write(everyone, LETTER)
    ready.mailings.write(broadcast, None)
    assert ready.mailings.get(broadcast) is None


def test_a_refused_address_fails_alone(ready: Shop, there: Provider) -> None:
    there.rcpt = "550 no such user"
    sums = send(ready, drafted(ready))
    assert (sums.state, sums.failed, sums.accepted) == ("finished", 3, 0)


@pytest.mark.parametrize(("said", "reason"), [("450 busy", "network"), ("535 who are you", "account")])
def test_a_provider_that_takes_nothing_pauses_and_marks_nobody(
    ready: Shop, there: Provider, said: str, reason: str
) -> None:
    broadcast = drafted(ready)
    there.rcpt = said
    sums = send(ready, broadcast)
    assert (sums.state, sums.reason, sums.remaining, sums.failed) == ("paused", reason, 3, 0)
    there.rcpt = ""
    assert send(ready, broadcast).accepted == 3
    assert len(there.taken) == 3


def test_a_letter_that_broke_on_its_way_is_unclear_and_never_repeated(ready: Shop, there: Provider) -> None:
    broadcast = drafted(ready)
    there.hang_up = "data"
    sums = send(ready, broadcast)
    assert (sums.unknown, sums.state) == (3, "finished")
    there.hang_up = ""
    assert send(ready, broadcast).unknown == 3
    assert len(there.taken) == 3
    assert ready.mailings.settle(broadcast, "accepted").accepted == 3


def test_a_letter_in_hand_of_a_killed_process_is_unclear(ready: Shop, there: Provider) -> None:
    broadcast = drafted(ready)
    ready.mailings.ask(broadcast, "pause")
    send_once_then_die(ready, broadcast)
    sums = send(ready, broadcast)
    assert (sums.unknown, sums.accepted) == (1, 2)
    assert len(there.taken) == 2


def send_once_then_die(shop: Shop, broadcast: int) -> None:
    """Commit the first letter as a process does that is killed before it calls."""
    with shop.database.write() as session:
        person = session.scalars(select(CustomerRow.id).order_by(CustomerRow.id)).first()
        empty = {"reason": "", "body": b"", "sha256": "", "said": ""}
        row = {"broadcast_id": broadcast, "customer_id": person, "state": "claimed", "key": "k", **empty}
        session.execute(insert(LetterRow), [row])
    with shop.database.read() as session:
        others = session.scalars(select(CustomerRow.id).order_by(CustomerRow.id)).all()[1:3]
    with shop.database.write() as session:
        rows = [{**row, "customer_id": one, "state": "waiting", "key": f"k{one}"} for one in others]
        session.execute(insert(LetterRow), rows)
        session.execute(update(MailingRow).values(frozen_at=shop.clock.now()))


def test_pause_and_cancel(ready: Shop, there: Provider) -> None:
    broadcast = drafted(ready)

    async def pausing(_seconds: float) -> None:
        ready.mailings.ask(broadcast, "pause")

    assert ready.mailings.send(broadcast, sleep=pausing).state == "paused"
    assert ready.mailings.ask(broadcast, "cancel").cancelled == 1
    with pytest.raises(MailingError):
        send(ready, broadcast)
    assert len(there.taken) == 2  # the letter in hand goes out


def test_two_processes_never_mail_at_once(ready: Shop) -> None:
    broadcast = drafted(ready)
    lease = ready.leases.take(LEASE)
    with pytest.raises(LeaseHeldError):
        send(ready, broadcast)
    lease.release()


def test_a_copied_home_mails_nothing(ready: Shop, there: Provider) -> None:
    broadcast = drafted(ready)
    ready.installation.restored()
    with pytest.raises(QuarantinedError):
        send(ready, broadcast)
    assert there.taken == []


def test_the_key_of_a_letter_finds_whose_it_is(ready: Shop, there: Provider) -> None:
    send(ready, drafted(ready))
    with ready.database.read() as session:
        key, customer = session.execute(select(LetterRow.key, LetterRow.customer_id)).first()
    assert key.encode() in there.taken[0].content
    assert [one.id for one in ready.customers.search(f"STOP {key}")] == [customer]


def test_mails_stand_in_the_timeline_and_in_what_is_disclosed(ready: Shop, clock: FixedClock) -> None:
    send(ready, drafted(ready))
    first = ids(ready)[0]
    assert [one.kind for one in ready.customers.timeline(first)].count("broadcast") == 1


def test_the_mailing_follows_a_merge(ready: Shop, make_shop: Callable[..., Shop]) -> None:
    broadcast = drafted(ready)
    one, two, *_rest = ids(ready)
    send(ready, broadcast)
    ready.customers.merges.make(one, two)
    assert ready.mailings.status(broadcast).accepted == 3
    assert all(found.ok for found in verify(ready))
