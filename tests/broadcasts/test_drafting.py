"""A draft written anew, the reasons counted, the sender's lease looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from shopdesk import messages
from shopdesk.broadcasts import Drafted, StateError, Why
from shopdesk.broadcasts.tables import RecipientRow
from shopdesk.customers import NewCustomer
from shopdesk.errors import InvalidInputError, NotFoundError
from shopdesk.rehearsal import Rehearsal, friend_id, running
from shopdesk.secrets import LINE_CHANNEL_ID, LINE_CHANNEL_SECRET
from shopdesk.segments import AllOf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from shopdesk.shop import Shop

HELLO, BYE = (messages.draft([{"type": "text", "text": text}]) for text in ("こんにちは", "{name} さん"))


@pytest.fixture(params=["sqlite", "postgresql"])
def shop(request, make_shop: Callable[..., Shop], monkeypatch) -> Iterator[Shop]:
    """Four customers of whom two are friends, one of them opted out."""
    with running(Rehearsal(2)) as there:
        monkeypatch.setenv("SHOPDESK_LINE_HOST", there.url)
        url = request.getfixturevalue("fresh_postgresql") if request.param == "postgresql" else None
        keys = {LINE_CHANNEL_ID: there.channel_id, LINE_CHANNEL_SECRET: there.channel_secret}
        made = make_shop(url=url, secrets=keys)
        made.friends.sync()
        people = [made.customers.add(NewCustomer(f"見本 {number}")).id for number in range(4)]
        for number in range(2):
            made.friends.link(friend_id(number), people[number])
        made.customers.consents.set(people[0], "line", on=False)
        made.segments.save("みんな", AllOf())
        yield made


def test_a_draft_is_written_anew(shop):
    made = shop.broadcasts.draft(HELLO, segment="みんな")
    wanted = Drafted(BYE, None, everyone=True, each=True, name="全員へ")
    shop.broadcasts.revise(made, wanted)
    assert shop.broadcasts.drafted(made) == wanted
    assert shop.broadcasts.status(made).name == "全員へ"


def test_a_draft_without_people_or_for_a_segment_that_is_gone_is_refused(shop):
    made = shop.broadcasts.draft(HELLO, segment="みんな")
    with pytest.raises(InvalidInputError):
        shop.broadcasts.revise(made, Drafted(BYE, None))
    with pytest.raises(NotFoundError):
        shop.broadcasts.revise(made, Drafted(BYE, "どこにもない"))
    assert shop.broadcasts.drafted(made) == Drafted(HELLO, "みんな", name="みんな")


def test_what_was_started_or_stopped_cannot_be_changed(shop):
    started, stopped = (shop.broadcasts.draft(HELLO, segment="みんな") for _n in range(2))
    shop.broadcasts.freeze(started)
    shop.broadcasts.cancel(stopped)
    for one in (started, stopped):
        with pytest.raises(StateError):
            shop.broadcasts.revise(one, Drafted(BYE, "みんな"))
        assert shop.broadcasts.drafted(one).messages == HELLO


def test_reasons_are_counted_by_state_and_reason(shop):
    made = shop.broadcasts.draft(HELLO, segment="みんな")
    shop.broadcasts.freeze(made)
    with shop.database.write() as session:
        waiting = update(RecipientRow).where(RecipientRow.state == "waiting")
        session.execute(waiting.values(state="unknown", reason="too_old"))
    found = shop.broadcasts.reasons(made)
    assert [(one.state, one.reason, one.count) for one in found] == [
        ("unknown", "too_old", 1),
        ("excluded", "not_linked", 2),
        ("excluded", "opted_out", 1),
    ]
    assert isinstance(found[0], Why)
    assert found[0].sentence


def test_the_sender_lives_while_it_holds_its_lease(shop):
    assert not shop.broadcasts.sender_lives()
    lease = shop.leases.take("sender")
    assert shop.broadcasts.sender_lives()
    lease.release()
    assert not shop.broadcasts.sender_lives()


def test_the_dry_run_tells_how_much_of_the_quota_is_used(shop):
    made = shop.broadcasts.draft(HELLO, segment="みんな")
    assert shop.broadcasts.preview(made).quota_used == 0
