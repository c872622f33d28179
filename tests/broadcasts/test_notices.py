"""Customers hear before their points expire: once of each date, by a broadcast that the program makes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from shopdesk.cards import Rules
from shopdesk.customers.tables import CustomerRow
from shopdesk.due import run_due
from shopdesk.messages import MessageError

DAY = timedelta(days=1)
RULES = Rules(expiry="visit", expiry_months=1, notice=True, notice_days=7, once_a_day=False)


@pytest.fixture
def six(shop, linked):
    """Six friends with a card and a visit of today."""
    shop.cards.design.publish(RULES)
    people = [linked(shop, number, f"友{number}") for number in range(6)]
    for one in people:
        shop.cards.scan(str(shop.cards.issue(one).card.id), visits=2)
    return people


def told(there):
    return [[one["text"] for one in person.received()] for person in list(there.rehearsal.people)[:6]]


def rounds(shop):
    return [one for one in run_due(shop) if one.kind == "broadcast"]


def test_each_is_told_once_of_each_date(shop, there, clock, six):
    with shop.database.write() as session:
        session.execute(update(CustomerRow).where(CustomerRow.id == six[4]).values(consent_line=False))
    list(there.rehearsal.people)[5].blocked = True
    clock.move(20 * DAY)
    shop.friends.sync()
    assert rounds(shop) == []  # the 12th: not within seven days of the 22nd
    clock.move(4 * DAY)
    shop.cards.scan(str(shop.cards.card_of(six[3]).id))  # lives on until 16 January
    (one,) = rounds(shop)
    assert (one.state, one.message) == ("finished", "")
    now = shop.broadcasts.status(one.broadcast_id)
    assert (now.name, now.accepted, now.messages_counted) == ("Points that expire soon, 12/16", 3, 3)
    assert {why.reason for why in shop.broadcasts.reasons(now.id)} == {"opted_out", "blocked"}
    first, *_others, last = told(there)
    assert len(first) == 1
    assert "友0" in first[0]
    assert "2 個" in first[0]
    assert "12月22日" in first[0]
    assert [len(one) for one in told(there)] == [1, 1, 1, 0, 0, 0]
    assert last == []
    assert rounds(shop) == []
    clock.move(DAY)
    assert rounds(shop) == []
    shop.cards.scan(str(shop.cards.card_of(six[0]).id))  # a new date: 17 January
    clock.move(25 * DAY)
    assert len(rounds(shop)) == 1
    assert [len(one) for one in told(there)] == [2, 1, 1, 1, 0, 0]
    assert shop.broadcasts.broken_sums() == shop.broadcasts.broken_hashes() == []


def test_it_keeps_to_hours_caps_and_the_switch(shop, there, clock, six, text):
    clock.move(24 * DAY)
    shop.cards.design.publish(replace(RULES, notice=False))
    assert shop.cards.design.preview(RULES).told == 6
    assert shop.cards.design.preview(replace(RULES, notice_days=0)).told == 6  # within thirty days of today
    assert rounds(shop) == []
    shop.cards.design.publish(RULES)
    clock.move(timedelta(hours=6))  # 20:32
    assert rounds(shop) == []
    clock.move(timedelta(hours=13))  # 9:32
    assert rounds(shop) == []
    shop.settings.set("quiet_hours", "10:00-12:00")
    clock.move(timedelta(hours=1))
    assert rounds(shop) == []
    clock.move(timedelta(hours=2))
    shop.settings.set("cap_messages", "1")
    shop.settings.set("cap_days", "2")
    shop.broadcasts.send(shop.broadcasts.draft(text(), everyone=True, each=True))
    assert rounds(shop) == []
    clock.move(3 * DAY)
    quota = there.rehearsal.quota
    quota.limit, before = quota.used(clock.now()) + 2, quota.limit
    (one,) = rounds(shop)
    assert one.state == "failed"
    assert "messages are left" in one.message
    assert rounds(shop)[0].broadcast_id == one.broadcast_id  # the same one tries again: no second is made
    quota.limit = before
    assert rounds(shop)[0].state == "finished"
    assert [len(one) for one in told(there)] == [2] * 6


def test_the_shop_says_it_in_its_own_words(shop, there, clock, six):
    for wrong in ("{nobody}", "a {", "あ" * 5_001):
        with pytest.raises(MessageError):
            shop.cards.design.publish(replace(RULES, notice_text=wrong))
    own = "{name}さん、{card_points}個のうち{expiring_points}個は{expires_on}まで。"
    shop.cards.design.publish(replace(RULES, notice_text=own))
    clock.move(24 * DAY)
    (one,) = rounds(shop)
    assert one.state == "finished"
    assert told(there)[0] == ["友0さん、2個のうち2個は12月22日まで。"]
