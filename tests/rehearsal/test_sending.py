"""Push, multicast, broadcast: limits, who is reached, retry keys, quota, rates."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from shopdesk.rehearsal import friend_id
from tests.rehearsal.conftest import TEXT, new_key

PUSH = "/v2/bot/message/push"
MULTICAST = "/v2/bot/message/multicast"
STRANGER = "U" + "f" * 32


def test_push_arrives_and_names_the_message(caller):
    reply = caller.push(3)
    assert reply.status == 200
    assert len(reply.json["sentMessages"]) == 1
    assert reply.json["sentMessages"][0]["quoteToken"]
    assert caller.received(3) == [TEXT]
    assert caller.received(4) == []


def test_every_answer_has_a_request_id_and_the_clocks_date(caller):
    first, second = caller.push(), caller.raw("GET", "/v2/bot/nothing")
    assert first.headers["x-line-request-id"] != second.headers["x-line-request-id"]
    assert first.headers["date"] == "Fri, 20 Nov 2026 01:00:00 GMT"


def test_multicast_reaches_friends_and_passes_over_the_others(caller):
    caller.says(2, {"block": True})
    body = {"to": [friend_id(1), friend_id(2), STRANGER], "messages": [TEXT, TEXT]}
    reply = caller.post(MULTICAST, body)
    assert (reply.status, reply.json) == (200, {})
    assert caller.received(1) == [TEXT, TEXT]
    assert caller.received(2) == []
    assert caller.used() == 1, "one person, however many bubbles"


def test_a_doubled_name_gets_it_doubled(caller):
    caller.multicast([1, 1])
    assert len(caller.received(1)) == 2
    assert caller.used() == 2


def test_push_to_a_stranger_is_taken_but_not_counted(caller):
    reply = caller.post(PUSH, {"to": STRANGER, "messages": [TEXT]})
    assert reply.status == 200
    assert reply.json["sentMessages"]
    assert caller.get(f"/rehearsal/people/{STRANGER}/received").json == {"messages": []}
    assert caller.used() == 0


def test_broadcast_reaches_all_who_have_not_blocked(caller):
    caller.says(0, {"block": True})
    assert caller.broadcast().json == {}
    assert [len(caller.received(number)) for number in range(10)] == [0] + [1] * 9
    assert caller.used() == 9


@pytest.mark.parametrize("to", ["", "U123", "U" + "F" * 32, "C" + "0" * 32, None, 5, ["U" + "0" * 32]])
def test_push_refuses_what_is_no_user_id(checker, to):
    reply = checker.post(PUSH, {"to": to, "messages": [TEXT]})
    assert reply.status == 400
    assert reply.json["message"] == "The property, 'to', in the request body is invalid (line: -, column: -)"


@pytest.mark.parametrize(("people", "status"), [(0, 400), (1, 200), (500, 200), (501, 400)])
def test_multicast_takes_1_to_500(checker, people, status):
    reply = checker.post(MULTICAST, {"to": [friend_id(100 + n) for n in range(people)], "messages": [TEXT]})
    assert reply.status == status


@pytest.mark.parametrize(
    ("units", "status"),
    [([], 200), (["autumn_2026"], 200), (["a" * 31], 400), (["秋"], 400), (["a", "b"], 400), ("a", 400), ([""], 400)],
)
def test_aggregation_units(checker, units, status):
    for path, to in [(PUSH, STRANGER), (MULTICAST, [STRANGER])]:
        body = {"to": to, "messages": [TEXT], "customAggregationUnits": units}
        assert checker.post(path, body).status == status


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff", b"[" * 5000])
def test_a_body_that_is_no_json_object(checker, body):
    reply = checker.raw("POST", PUSH, body)
    assert reply.status == 400
    assert "could not be parsed" in reply.json["message"]


def test_two_megabytes_and_no_more(checker):
    def body(size: int) -> bytes:
        start = json.dumps({"to": STRANGER, "messages": [TEXT], "pad": ""})[:-2]
        return (start + "x" * (size - len(start) - 2) + '"}').encode()

    assert checker.raw("POST", PUSH, body(2 * 1024 * 1024)).status == 200
    assert checker.raw("POST", PUSH, body(2 * 1024 * 1024 + 1)).status == 413
    assert checker.raw("POST", PUSH, b"x" * 3_000_000).status == 413


def test_a_body_of_another_type_is_refused(checker):
    assert checker.raw("POST", PUSH, b"{}", Content_Type="text/plain").status == 415


# Retry keys


@pytest.mark.parametrize("send", ["push", "multicast", "broadcast"])
def test_the_same_key_is_accepted_once(caller, send):
    args = {"push": (0,), "multicast": ([0],), "broadcast": ()}[send]
    key = new_key()
    first = getattr(caller, send)(*args, key=key)
    second = getattr(caller, send)(*args, key=key.upper())
    assert (first.status, second.status) == (200, 409)
    assert second.headers["x-line-accepted-request-id"] == first.headers["x-line-request-id"]
    expected = {"message": "The retry key is already accepted", **first.json}
    assert second.json == expected
    assert len(caller.received(0)) == 1


def test_a_key_is_remembered_for_24_hours(caller):
    key = new_key()
    caller.push(key=key)
    caller.clock.move(timedelta(hours=23, minutes=59))
    assert caller.push(key=key).status == 409
    caller.clock.move(timedelta(minutes=1))
    assert caller.push(key=key).status == 200
    assert len(caller.received()) == 2


def test_the_24_hours_begin_with_the_first_request_even_a_failed_one(caller):
    key = new_key()
    caller.fault(endpoint="push", answer=500)
    assert caller.push(key=key).status == 500
    caller.clock.move(timedelta(hours=23))
    assert caller.push(key=key).status == 200
    caller.clock.move(timedelta(hours=2))
    assert caller.push(key=key).status == 200, "a late retry doubles"


@pytest.mark.parametrize("key", ["", "1234", "not-a-uuid", "123e4567-e89b-12d3-a456-42661417400g"])
def test_a_key_must_be_a_uuid(checker, key):
    assert checker.push(key=key).status == 400


def test_a_key_is_refused_where_it_is_not_taken(caller):
    assert caller.ask("GET", "/v2/bot/message/quota", key=new_key()).status == 400
    token = caller.says(0, {"text": "やあ"}).json["event"]["replyToken"]
    body = {"replyToken": token, "messages": [TEXT]}
    assert caller.post("/v2/bot/message/reply", body, key=new_key()).status == 400
    assert caller.post("/v2/bot/message/reply", body).status == 200, "the refused one used nothing up"


def test_a_refused_request_does_not_use_its_key_up(caller):
    key = new_key()
    assert caller.push(0, {"type": "text", "text": ""}, key=key).status == 400
    assert caller.push(key=key).status == 200


# Quota and rates


def test_the_month_is_full(caller):
    for _round in range(3):
        assert caller.multicast(range(10)).status == 200
    refused = caller.push()
    assert (refused.status, refused.json) == (429, {"message": "You have reached your monthly limit."})
    assert caller.post(PUSH, {"to": STRANGER, "messages": [TEXT]}).status == 200, "nobody reached, nothing counted"
    assert caller.used() == 30
    caller.clock.move(timedelta(days=11))
    assert caller.used() == 0
    assert caller.push().status == 200


def test_a_send_larger_than_what_is_left_is_refused_whole(caller):
    for _round in range(2):
        caller.broadcast()
    caller.push()
    assert caller.broadcast().status == 429
    assert caller.used() == 21
    assert len(caller.received(5)) == 2


def test_the_month_turns_at_midnight_in_japan(caller):
    caller.push()
    caller.clock.move(timedelta(days=10, hours=13, minutes=59))
    assert caller.used() == 1
    caller.clock.move(timedelta(minutes=1))
    assert caller.used() == 0


def test_sixty_broadcasts_an_hour(caller):
    caller.rehearsal.quota.limit = 10_000
    for _number in range(60):
        assert caller.broadcast().status == 200
    refused = caller.broadcast()
    assert refused.status == 429
    assert refused.json == {"message": "The API rate limit has been exceeded. Try again later."}
    assert caller.push().status == 200, "each endpoint has its own bucket"
    caller.clock.move(timedelta(minutes=1))
    assert caller.broadcast().status == 200
    assert caller.broadcast().status == 429


def test_two_hundred_multicasts_a_second(caller):
    statuses = [caller.raw("POST", MULTICAST, b"{}").status for _number in range(201)]
    assert statuses == [400] * 200 + [429]
    caller.clock.move(timedelta(milliseconds=50))
    assert [caller.raw("POST", MULTICAST, b"{}").status for _number in range(11)] == [400] * 10 + [429]
