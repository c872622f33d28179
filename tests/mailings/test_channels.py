"""A broadcast on both its channels: where nobody in it is on LINE its mail goes alone, once; stopping stops both."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shopdesk import channels
from shopdesk.attention import needs
from shopdesk.broadcasts import EmptyAudienceError
from shopdesk.clock import FixedClock
from shopdesk.due import run_due
from shopdesk.mailings import MailingError
from shopdesk.messages import draft
from shopdesk.shop import Shop
from tests.mail_provider import Provider
from tests.mailings.test_mailings import LETTER, drafted, send

SAID = draft([{"type": "text", "text": "こんにちは"}])


def test_a_mail_goes_alone_at_its_time_and_only_once(ready: Shop, there: Provider, clock: FixedClock) -> None:
    made = ready.broadcasts.draft(SAID, segment="みんな", at=clock.now() + timedelta(hours=1))
    ready.mailings.write(made, LETTER)
    channels.prepare(ready, made, ready.broadcasts.freeze)
    clock.move(timedelta(hours=1, minutes=1))
    [ran] = run_due(ready)
    assert (ran.broadcast_id, ready.mailings.status(made).state) == (made, "finished")
    assert run_due(ready) == []
    assert len(there.taken) == 3
    assert needs(ready.broadcasts.status(made), ready.mailings.status(made)) == ()


def test_nobody_on_either_channel_is_refused(ready: Shop, there: Provider) -> None:
    made = ready.broadcasts.draft(SAID, segment="みんな")
    for act in (lambda: channels.send(ready, made), lambda: channels.prepare(ready, made, ready.broadcasts.freeze)):
        with pytest.raises(EmptyAudienceError):
            act()
    assert there.taken == []


def test_a_mail_that_cannot_go_stops_it_before_anybody_gets_anything(ready: Shop) -> None:
    ready.settings.set("shop_contact", "")
    made, asked = drafted(ready), []
    with pytest.raises(MailingError):
        channels.send(ready, made, lambda one: asked.append(one) or ready.broadcasts.status(one))
    assert asked == []


def test_stopping_stops_the_mail_too(ready: Shop, there: Provider) -> None:
    made = drafted(ready)

    async def pausing(_seconds: float) -> None:
        channels.ask(ready, made, "pause")

    assert ready.mailings.send(made, sleep=pausing).state == "paused"
    assert needs(ready.broadcasts.status(made), ready.mailings.status(made)) == ("mail_paused",)
    assert channels.ask(ready, made, "cancel").state == "cancelled"
    mail = ready.mailings.status(made)
    assert (mail.state, mail.cancelled, len(there.taken)) == ("cancelled", 1, 2)


def test_what_is_unclear_waits_for_a_person(ready: Shop, there: Provider) -> None:
    made = drafted(ready)
    there.hang_up = "data"
    send(ready, made)
    assert needs(ready.broadcasts.status(made), ready.mailings.status(made)) == ("mail_unknown",)
    ready.mailings.settle(made, "failed")
    assert needs(ready.broadcasts.status(made), ready.mailings.status(made)) == ()
