"""What goes wrong on purpose: answers, cuts, delays, with and without the effect."""

from __future__ import annotations

import json
import time

import pytest
import urllib3

from shopdesk.rehearsal import friend_id
from tests.rehearsal.conftest import TEXT, new_key

GONE = (urllib3.exceptions.ProtocolError, ConnectionError)


@pytest.mark.parametrize("status", [400, 401, 403, 409, 413, 429, 500])
def test_an_answer_without_the_effect(caller, status):
    caller.fault(endpoint="push", answer=status)
    key = new_key()
    assert caller.push(key=key).status == status
    assert caller.received() == []
    assert caller.push(key=key).status == 200, "once, and the key is still free"


@pytest.mark.parametrize("answer", [500, 429, 503, "monthly", "html"])
def test_an_answer_after_the_effect(caller, answer):
    caller.fault(endpoint="push", answer=answer, accept=True)
    body = json.dumps({"to": friend_id(0), "messages": [TEXT]}).encode()
    key = new_key()
    first = caller.raw("POST", "/v2/bot/message/push", body, X_Line_Retry_Key=key)
    assert first.status == {"monthly": 429, "html": 200}.get(answer, answer)
    assert len(caller.received()) == 1
    second = caller.push(key=key)
    assert second.status == 409
    assert second.headers["x-line-accepted-request-id"] == first.headers["x-line-request-id"]
    assert len(caller.received()) == 1


def test_monthly_and_rate_are_told_apart(caller):
    caller.fault(endpoint="push", answer="monthly")
    caller.fault(endpoint="push", nth=2, answer=429)
    assert caller.push().json["message"] == "You have reached your monthly limit."
    assert caller.push().json["message"] == "The API rate limit has been exceeded. Try again later."


@pytest.mark.parametrize("status", [502, 503, 504])
def test_a_proxy_answers_with_a_page(caller, status):
    caller.fault(endpoint="quota", answer=status)
    reply = caller.raw("GET", "/v2/bot/message/quota")
    assert reply.status == status
    assert reply.headers["content-type"] == "text/html"


@pytest.mark.parametrize(("cut", "arrives"), [("before", 0), ("after", 1), ("mid", 1)])
@pytest.mark.parametrize("kind", ["push", "multicast", "broadcast"])
def test_the_line_is_cut(caller, kind, cut, arrives):
    caller.fault(endpoint=kind, cut=cut)
    key = new_key()
    send = {"push": lambda: caller.push(key=key), "broadcast": lambda: caller.broadcast(key=key)}.get(
        kind, lambda: caller.multicast([0], key=key)
    )
    with pytest.raises(GONE):
        send()
    assert len(caller.received()) == arrives
    assert send().status == (409 if arrives else 200)
    assert len(caller.received()) == 1
    entries = [one for one in caller.journal() if one["endpoint"] == kind]
    assert [one["status"] for one in entries] == [200 if cut == "mid" else None, 409 if arrives else 200]
    assert [one["accepted"] for one in entries] == [bool(arrives), not arrives]
    assert [one["retry_key"] for one in entries] == [key, key]


def test_an_answer_cut_short(caller):
    caller.fault(endpoint="push", answer="short")
    with pytest.raises(urllib3.exceptions.ProtocolError, match="IncompleteRead"):
        caller.push()
    assert len(caller.received()) == 1


def test_cut_without_the_effect(caller):
    caller.fault(endpoint="push", cut="after", accept=False)
    with pytest.raises(GONE):
        caller.push()
    assert caller.received() == []


def test_a_time_out_after_the_effect(caller):
    caller.fault(endpoint="push", delay_s=30)
    with pytest.raises(urllib3.exceptions.ReadTimeoutError):
        caller.http.request(
            "POST",
            caller.line.url + "/v2/bot/message/push",
            json={"to": friend_id(0), "messages": [TEXT]},
            headers={"Authorization": f"Bearer {caller.line.access_token}"},
            timeout=0.2,
        )
    assert len(caller.received()) == 1
    assert caller.journal()[-1]["status"] == 200


def test_a_time_out_without_the_effect(caller):
    caller.fault(endpoint="push", delay_s=0.1, accept=False)
    with pytest.raises(GONE):
        caller.push()
    assert caller.received() == []


def test_delay_and_trickle_take_their_time(caller):
    caller.fault(endpoint="quota", delay_s=0.15)
    caller.fault(endpoint="quota", nth=2, answer="trickle", delay_s=0.15)
    for _number in range(2):
        began = time.monotonic()
        assert caller.get("/v2/bot/message/quota").json == {"type": "limited", "value": 30}
        assert time.monotonic() - began >= 0.14


def test_nth_and_times_count_from_when_the_fault_was_set(caller):
    caller.push()
    caller.fault(endpoint="push", nth=2, times=3, answer=500)
    caller.fault(endpoint="multicast", answer=503)
    assert [caller.push().status for _number in range(6)] == [200, 500, 500, 500, 200, 200]


def test_a_fault_of_no_endpoint_strikes_all(caller):
    caller.fault(times=2, answer=500)
    assert [caller.get("/v2/bot/info").status, caller.push().status, caller.push().status] == [500, 500, 200]


def test_faults_can_be_taken_away(caller):
    caller.fault(endpoint="push", times=99, answer=500)
    caller.ask("DELETE", "/rehearsal/faults")
    assert caller.push().status == 200


@pytest.mark.parametrize(
    "wanted",
    [
        {},
        {"endpoint": "push"},
        {"answer": 99},
        {"answer": True},
        {"answer": "yearly"},
        {"cut": "sometimes"},
        {"answer": 500, "nth": 0},
        {"answer": 500, "times": "x"},
        {"answer": 500, "delay_s": -1},
        {"cut": "before", "accept": True},
        {"answer": 500, "more": 1},
        {"answer": {}},
        {"cut": []},
        {"answer": 500, "accept": "yes"},
    ],
)
def test_faults_that_mean_nothing(checker, wanted):
    reply = checker.post("/rehearsal/faults", wanted)
    assert reply.status == 400
    assert "means nothing" in reply.json["message"]


def test_the_journal_names_each_endpoint(caller):
    caller.get("/v2/bot/info")
    caller.get(f"/v2/bot/profile/{friend_id(0)}")
    caller.get("/v2/bot/followers/ids")
    caller.get("/v2/bot/message/quota/consumption")
    caller.post("/v2/bot/message/validate/push", {"messages": [TEXT]})
    caller.multicast([1, 2], key="123E4567-e89b-12d3-a456-426614174000")
    caller.raw("POST", "/oauth2/v3/token", b"grant_type=x")
    caller.raw("GET", "/v2/bot/nothing")
    entries = caller.journal()
    names = ["info", "profile", "followers/ids", "quota/consumption", "validate/push", "multicast", "token", "nothing"]
    assert [entry["endpoint"] for entry in entries] == names
    assert [entry["status"] for entry in entries] == [200] * 6 + [400, 404]
    assert entries[5]["recipients"] == [friend_id(1), friend_id(2)]
    assert entries[5]["retry_key"] == "123E4567-e89b-12d3-a456-426614174000"
    assert entries[0]["time"] == "2026-11-20T01:00:00.000+00:00"


# By name, and for one person


@pytest.mark.parametrize(
    ("kind", "status", "arrives"),
    [
        ("200", 200, 1),
        ("200-html", 200, 0),
        ("400", 400, 0),
        ("401", 401, 0),
        ("403", 403, 0),
        ("409", 409, 0),
        ("413", 413, 0),
        ("429-rate", 429, 0),
        ("429-quota", 429, 0),
        ("500", 500, 0),
        ("502", 502, 0),
        ("503", 503, 0),
        ("200-short", None, 1),
        ("reset-before-reply", None, 1),
        ("reset-mid-reply", None, 1),
        ("time-out-before", None, 0),
        ("time-out-after", None, 1),
        ("trickle", None, 1),
    ],
)
@pytest.mark.parametrize("nth", [1, 2])
def test_every_kind_at_its_place(caller, kind, status, arrives, nth):
    assert caller.fault(endpoint="push", kind=kind, nth=nth).status == 200
    body = json.dumps({"to": friend_id(0), "messages": [TEXT]}).encode()
    for _before in range(1, nth):
        assert caller.raw("POST", "/v2/bot/message/push", body).status == 200

    def struck() -> int | None:
        headers = {"Authorization": f"Bearer {caller.line.access_token}", "Content-Type": "application/json"}
        address = caller.line.url + "/v2/bot/message/push"
        try:
            return caller.http.request("POST", address, body=body, headers=headers, timeout=0.3).status
        except (*GONE, urllib3.exceptions.ReadTimeoutError):
            return None

    assert struck() == status
    assert len(caller.received()) == arrives + nth - 1
    assert caller.raw("POST", "/v2/bot/message/push", body).status == 200, "once"


def test_the_kinds_are_told(caller):
    kinds = caller.get("/rehearsal/faults").json["kinds"]
    assert len(kinds) == 18
    for kind in kinds:
        assert caller.fault(kind=kind).status == 200


@pytest.mark.parametrize(("kind", "how"), [("dns", "line.invalid"), ("tls", "https://")])
def test_two_kinds_are_the_callers_and_it_is_said_how(caller, kind, how):
    reply = caller.fault(kind=kind)
    assert reply.status == 400
    assert how in reply.json["message"]


def test_the_other_protocol_fails_before_anything_is_taken(caller):
    with pytest.raises(urllib3.exceptions.SSLError):
        caller.http.request("GET", caller.line.url.replace("http://", "https://") + "/v2/bot/info", timeout=2)
    assert caller.journal() == []


@pytest.mark.parametrize("cut", [None, "before"])
def test_a_fault_for_one_person(caller, cut):
    wanted = {"cut": cut} if cut else {"answer": 500}
    caller.fault(user=friend_id(3), nth=2, **wanted)
    assert [caller.push(number).status for number in (3, 1, 1, 2)] == [200] * 4
    if cut:
        with pytest.raises(GONE):
            caller.multicast([1, 2, 3])
    else:
        assert caller.multicast([1, 2, 3]).status == 500
    assert caller.received(2) == [TEXT]
    assert caller.push(3).status == 200


def test_a_fault_for_the_person_in_a_path(caller):
    caller.fault(user=friend_id(3), answer=500)
    assert caller.get(f"/v2/bot/profile/{friend_id(2)}").status == 200
    assert caller.get(f"/v2/bot/profile/{friend_id(3)}").status == 500
