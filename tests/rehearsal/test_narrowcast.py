"""The narrowcast: accepted first, decided after, with the whole reach reserved meanwhile."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shopdesk.clock import FixedClock
from shopdesk.rehearsal import Rehearsal, friend_id, running
from tests.rehearsal.conftest import START, TEXT, Caller, new_key

PATH = "/v2/bot/message/narrowcast"
PROGRESS = "/v2/bot/message/progress/narrowcast?requestId="
WOMEN = {"type": "gender", "oneOf": ["female"]}


@pytest.fixture
def crowd():
    with running(Rehearsal(200, quota=1000, clock=FixedClock(START))) as line:
        one = Caller(line)
        yield one
        one.http.clear()


def send(caller, *, key=None, **more):
    return caller.post(PATH, {"messages": [TEXT], **more}, key=key)


def outcome(caller, reply) -> dict:
    caller.clock.move(timedelta(seconds=2))
    return caller.get(PROGRESS + reply.headers["x-line-request-id"]).json


def test_its_phases(caller):
    reply = send(caller)
    assert (reply.status, reply.json) == (202, {})
    path = PROGRESS + reply.headers["x-line-request-id"]
    phases = []
    for _second in range(3):
        phases.append(caller.get(path).json["phase"])
        caller.clock.move(timedelta(seconds=1))
    assert phases == ["waiting", "sending", "succeeded"]
    told = caller.get(path).json
    assert (told["successCount"], told["acceptedTime"]) == (10, "2026-11-20T01:00:00.000Z")
    assert caller.received(9) == [TEXT]
    caller.clock.move(timedelta(days=14))
    assert caller.get(path).status == 404


def test_a_key_is_accepted_once(caller):
    key = new_key()
    first, second = send(caller, key=key), send(caller, key=key)
    assert (first.status, second.status) == (202, 409)
    assert second.headers["x-line-accepted-request-id"] == first.headers["x-line-request-id"]
    assert len(caller.received()) == 1


def test_filters_need_a_hundred_friends(caller):
    reply = send(caller, filter={"demographic": WOMEN})
    assert (reply.status, reply.json) == (403, {"message": "Your account does not have enough friends"})


def count(crowd, demographic) -> int:
    told = outcome(crowd, send(crowd, filter={"demographic": demographic}))
    return told.get("successCount", 0)


def test_filters_choose_and_combine(crowd):
    women = count(crowd, WOMEN)
    assert 100 < women < 200
    assert count(crowd, {"type": "operator", "or": [WOMEN, {"type": "gender", "oneOf": ["male"]}]}) == 200
    ios = {"type": "appType", "oneOf": ["ios"]}
    both = count(crowd, {"type": "operator", "and": [WOMEN, ios]})
    assert 50 <= both < women
    assert count(crowd, {"type": "operator", "not": {"type": "operator", "not": WOMEN}}) == women
    assert count(crowd, {"type": "age", "gte": "age_15", "lt": "age_70"}) >= 150


@pytest.mark.parametrize(
    "demographic", [{"type": "operator", "not": {"type": "age"}}, {"type": "area", "oneOf": ["jp_47"]}]
)
def test_fewer_than_fifty_get_nothing(crowd, demographic):
    told = outcome(crowd, send(crowd, filter={"demographic": demographic}))
    assert (told["phase"], told["errorCode"]) == ("failed", 2)
    assert crowd.used() == 0


def test_the_whole_reach_is_reserved_until_it_is_done(crowd):
    crowd.rehearsal.quota.limit = 250
    redelivered = send(crowd, filter={"demographic": WOMEN})
    women = crowd.used()
    assert redelivered.status == 202
    assert crowd.multicast(range(60)).json == {"message": "You have reached your monthly limit."}
    crowd.clock.move(timedelta(seconds=2))
    assert crowd.multicast(range(60)).status == 200
    assert crowd.used() == women + 60
    assert send(crowd).status == 429, "not even its reach is left"


def test_limits(crowd):
    assert outcome(crowd, send(crowd, limit={"max": 7}))["successCount"] == 7
    crowd.rehearsal.quota.limit = 57
    assert send(crowd, limit={"max": 51}).status == 429
    partial = {"upToRemainingQuota": True, "forbidPartialDelivery": True}
    assert outcome(crowd, send(crowd, limit=partial))["errorCode"] == 5
    assert outcome(crowd, send(crowd, limit={"upToRemainingQuota": True}))["successCount"] == 50
    assert send(crowd, limit={"upToRemainingQuota": True}).status == 429


def test_again_to_those_of_an_earlier_one_and_not(crowd):
    first = send(crowd, limit={"max": 3}).headers["x-line-request-id"]
    again = {"type": "redelivery", "requestId": first}
    send(crowd, recipient=again)
    assert len(crowd.received(2)) == 2
    assert outcome(crowd, send(crowd, recipient={"type": "operator", "not": again}))["successCount"] == 197
    assert len(crowd.received(2)) == 2
    assert len(crowd.received(3)) == 1
    crowd.says(0, {"block": True})
    assert outcome(crowd, send(crowd, recipient=again))["successCount"] == 2


@pytest.mark.parametrize(
    ("more", "place"),
    [
        ({"recipient": {"type": "audience", "audienceGroupId": 5}}, "recipient.audienceGroupId"),
        ({"recipient": {"type": "redelivery", "requestId": new_key()}}, "recipient.requestId"),
        ({"recipient": {"type": "operator", "and": [], "or": []}}, "recipient"),
        ({"recipient": {"type": "operator", "and": []}}, "recipient.and"),
        ({"filter": {"demographic": {"type": "gender", "oneOf": ["x"]}}}, "filter.demographic.oneOf[0]"),
        ({"filter": {"demographic": {"type": "age", "gte": "age_16"}}}, "filter.demographic.gte"),
        ({"limit": {"max": 0}}, "limit.max"),
        ({"limit": {"upToRemainingQuota": 1}}, "limit.upToRemainingQuota"),
    ],
)
def test_what_is_wrong(crowd, more, place):
    reply = send(crowd, **more)
    assert (reply.status, [one["property"] for one in reply.json["details"]]) == (400, [place])
    assert crowd.received(0) == []


def test_an_unknown_request_has_no_progress(checker):
    assert checker.get(PROGRESS + "x").status == 404
    assert checker.get(f"/rehearsal/people/{friend_id(0)}/received").json == {"messages": []}
