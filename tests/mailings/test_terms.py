"""Quiet hours and the cap of one person hold for mails as for messages, at the claim, and the dry run says so."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from shopdesk.clock import FixedClock
from shopdesk.due import run_due
from shopdesk.leases import LeaseLostError
from shopdesk.mailings import ledger
from shopdesk.shop import Shop
from tests.mail_provider import Provider
from tests.mailings.test_mailings import LETTER, drafted, send

HOUR = timedelta(hours=1)


def left_out(shop: Shop, broadcast: int) -> dict[str, int]:
    return {code: n for code, _said, n in shop.mailings.preview(broadcast).left_out}


def test_who_had_enough_gets_none_until_the_days_are_over(ready: Shop, there: Provider, clock: FixedClock) -> None:
    ready.settings.set("cap_messages", "1")
    ready.settings.set("cap_days", "7")
    send(ready, drafted(ready))
    second = drafted(ready)
    assert left_out(ready, second) == {"no_consent": 1, "capped": 3}
    assert ready.mailings.look("みんな", LETTER).planned == 0
    assert send(ready, second).planned == 0
    assert len(there.taken) == 3
    clock.move(timedelta(days=7, minutes=1))
    assert send(ready, drafted(ready)).accepted == 3


def _two_at_once(shop: Shop) -> Any:
    """One mailing that stops with one person to go, who then gets another one, and goes on."""
    shop.settings.set("cap_messages", "1")
    first, second = drafted(shop), drafted(shop)

    async def pausing(_seconds: float) -> None:
        shop.mailings.ask(first, "pause")

    assert shop.mailings.send(first, sleep=pausing).remaining == 1
    assert send(shop, second).accepted == 1
    return send(shop, first)


def test_the_cap_is_looked_at_again_at_the_claim(ready: Shop, there: Provider) -> None:
    sums = _two_at_once(ready)
    assert (sums.state, sums.accepted) == ("finished", 2)
    assert {code: n for code, _said, n in sums.left_out} == {"no_consent": 1, "capped": 1}
    assert len({letter.rcpt_tos[0] for letter in there.taken}) == len(there.taken) == 3


def test_without_that_look_somebody_gets_too_much(
    ready: Shop, there: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = ledger.recipients.why_not
    monkeypatch.setattr(ledger.recipients, "why_not", lambda session, one, _capped: real(session, one, None))
    _two_at_once(ready)
    assert len(there.taken) == 4


def test_in_quiet_hours_nobody_is_mailed_and_it_goes_on_by_itself(
    ready: Shop, there: Provider, clock: FixedClock
) -> None:
    broadcast = drafted(ready)
    ready.settings.set("quiet_hours", "14:00-15:00")
    assert "15:00" in ready.mailings.preview(broadcast).notes[0]
    sums = send(ready, broadcast)
    assert (sums.state, sums.reason, sums.remaining) == ("paused", "quiet_hours", 3)
    assert there.taken == []
    assert ready.mailings.due(clock.now()) == []
    clock.move(HOUR)
    asked: list[int] = []
    [ran] = run_due(ready, send=lambda one: asked.append(one) or send(ready, one))
    assert (asked, ran.kind, ran.state, ran.message) == ([broadcast], "mail", "finished", "")
    assert len(there.taken) == 3
    assert ready.mailings.due(clock.now()) == []


def test_quiet_hours_that_begin_between_two_letters(ready: Shop, there: Provider, clock: FixedClock) -> None:
    broadcast = drafted(ready)
    ready.settings.set("quiet_hours", "15:00-16:00")

    async def an_hour(_seconds: float) -> None:
        clock.move(HOUR)

    sums = ready.mailings.send(broadcast, sleep=an_hour)
    assert (sums.reason, sums.accepted, sums.remaining) == ("quiet_hours", 2, 1)
    assert len(there.taken) == 2


@pytest.mark.parametrize(("after", "asks"), [(timedelta(minutes=5), False), (2 * HOUR, True)])
def test_a_process_that_died_is_gone_on_for_or_asked_about(
    ready: Shop, there: Provider, clock: FixedClock, monkeypatch: pytest.MonkeyPatch, after: timedelta, asks: bool
) -> None:
    broadcast = drafted(ready)

    def gone(*_given: object) -> None:
        raise LeaseLostError("gone")

    with monkeypatch.context() as died:
        died.setattr(ledger.Ledger, "step", gone)
        with pytest.raises(LeaseLostError):
            send(ready, broadcast)
    assert ready.mailings.status(broadcast).reason == "no_mailer"
    clock.move(after)
    [ran] = run_due(ready, send=lambda one: send(ready, one))
    assert (ran.state, bool(ran.message)) == (("waiting", True) if asks else ("finished", False))
    assert len(there.taken) == (0 if asks else 3)
