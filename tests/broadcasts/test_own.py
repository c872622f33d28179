"""What is one reader's own in a broadcast: what stands on their card, and their coupon."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from shopdesk.cards import Rules
from shopdesk.coupons import ExpiredError, NotPublishedError, Offer
from shopdesk.coupons.tables import TicketRow
from shopdesk.messages import MessageError, addresses, text

ADDRESS = "https://shop.example.com"


@pytest.fixture
def coffee(shop, clock):
    shop.settings.set("public_url", ADDRESS)
    offer = Offer("コーヒー", "free_item", ends=clock.now() + timedelta(days=30))
    return shop.coupons.publish(shop.coupons.create(offer).id)


def bringing(shop, coupon, *more):
    card = shop.messages.coupon_card(coupon.offer, addresses.coupon(coupon.id))
    return shop.messages.draft([card, *more])


def codes(there):
    """The codes of coupons that each friend got, in the order of the friends."""
    got = [json.dumps(person.received()) for person in there.rehearsal.people]
    return [re.findall(rf"{ADDRESS}/coupon/(\d{{42}})", one) for one in got]


def tickets(shop):
    with shop.database.read() as session:
        return session.execute(select(TicketRow.id, TicketRow.customer_id, TicketRow.why).order_by(TicketRow.id)).all()


def test_everybody_gets_their_own_and_nobody_two(shop, there, naps, linked, coffee):
    """Somebody used it up, somebody holds one, LINE sends the 11th away: their requests are written anew, their tickets are not."""
    shop.cards.design.publish(Rules(expiry="visit", expiry_months=1))
    used, holds, fresh = (linked(shop, number, name) for number, name in enumerate(("使用", "所持", "新規")))
    for person in (used, holds):
        (token,) = shop.coupons.issue(coffee.id, [person]).tokens
        if person == used:
            shop.coupons.redeem(token.code, till="レジ 1")
    shop.cards.scan(str(shop.cards.issue(fresh).card.id), visits=3)
    said = text("いま {card_points} 個、{expiring_points} 個は {expires_on} まで。{card_points|カードなし}")
    made = shop.broadcasts.draft(bringing(shop, coffee, said), everyone=True)
    seen = shop.broadcasts.preview(made)
    assert (seen.way, seen.planned, seen.messages_counted, seen.problems) == ("push", 29, 29, ())
    assert [(one.reason, one.count) for one in seen.excluded] == [("had_coupon", 1)]
    assert "いま 3 個、3 個は 12月22日 まで。3" in {one.texts[1] for one in seen.samples}
    assert len(tickets(shop)) == 2  # looking gives nothing

    there.rehearsal.faults.add({"endpoint": "push", "nth": 11, "times": 9999, "answer": 403})
    paused = shop.broadcasts.send(made, sleep=naps)
    assert (paused.state, paused.reason) == ("paused", "forbidden")
    begun = {one.id for one in tickets(shop)}
    there.rehearsal.faults.clear()
    done = shop.broadcasts.send(made, sleep=naps)
    assert (done.state, done.accepted) == ("finished", 29)
    got = codes(there)
    assert [len(one) for one in got] == [0] + [1] * 29
    opened = [shop.coupons.show(one[0]) for one in got[1:]]
    assert len({one.ticket_id for one in opened}) == 29
    assert [one.customer_id for one in opened[:3]] == [holds, fresh, None]
    assert begun <= {one.id for one in tickets(shop)}
    assert len(tickets(shop)) == 2 + 28  # who held one has that one still
    assert {one.why for one in tickets(shop)} == {"hand", "message"}
    (_card, words) = list(there.rehearsal.people)[2].received()
    assert words["text"] == "いま 3 個、3 個は 12月22日 まで。3"
    assert list(there.rehearsal.people)[5].received()[1]["text"] == "いま 0 個、0 個は なし まで。カードなし"
    assert shop.broadcasts.broken_sums() == shop.broadcasts.broken_hashes() == []


def test_what_is_not_given_out_stops_it_before_or_on_the_way(shop, there, naps, coffee, received):
    shop.settings.set("public_url", "")
    with pytest.raises(MessageError, match="fixed public address"):
        bringing(shop, coffee)
    shop.settings.set("public_url", ADDRESS)
    made = shop.broadcasts.draft(bringing(shop, coffee), everyone=True)
    shop.settings.set("public_url", "")
    assert [one.code for one in shop.broadcasts.preview(made).problems] == ["message"]
    with pytest.raises(MessageError, match="fixed public address"):
        shop.broadcasts.send(made, sleep=naps)
    shop.settings.set("public_url", ADDRESS)
    there.rehearsal.faults.add({"endpoint": "push", "nth": 5, "times": 9999, "answer": 403})
    shop.broadcasts.send(made, sleep=naps)
    there.rehearsal.faults.clear()
    shop.coupons.close(coffee.id)
    stopped = shop.broadcasts.send(made, sleep=naps)
    assert (stopped.state, stopped.reason) == ("paused", "coupon")
    assert "not given out" in stopped.sentence
    assert sum(received()) == stopped.accepted
    again = shop.broadcasts.draft(bringing(shop, coffee), everyone=True)
    assert [one.code for one in shop.broadcasts.preview(again).problems] == [NotPublishedError.code]
    ends = shop.coupons.create(Offer("きょうだけ", "free_item", ends=shop.clock.now() + timedelta(hours=1)))
    late = shop.broadcasts.draft(bringing(shop, shop.coupons.publish(ends.id)), everyone=True)
    shop.clock.move(timedelta(hours=2))
    with pytest.raises(ExpiredError):
        shop.broadcasts.send(late, sleep=naps)
