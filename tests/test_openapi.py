"""The judge itself: it must let good exchanges pass and stop bad ones, or it proves nothing."""

from __future__ import annotations

import pytest

from tests.openapi import check_answer, check_request, check_webhook, needs_openapi

PUSH = "/v2/bot/message/push"
TEXT = {"type": "text", "text": "a"}

pytestmark = needs_openapi


def test_good_ones_pass():
    check_request("POST", PUSH, {"to": "U", "messages": [TEXT]})
    check_request("GET", "/v2/bot/followers/ids?limit=3", None)
    check_answer("POST", PUSH, 409, {"message": "a", "sentMessages": [{"id": "1"}]})
    check_answer("GET", "/v2/bot/profile/U1", 404, {"message": "Not found"})
    check_webhook({"destination": "U" + "0" * 32, "events": []})


@pytest.mark.parametrize(
    "body",
    [
        {"messages": [TEXT]},
        {"to": "U", "messages": []},
        {"to": "U", "messages": [TEXT] * 6},
        {"to": "U", "messages": [{"type": "text"}]},
        {"to": "U", "messages": [{"type": "words", "text": "a"}]},
        {"to": "U", "messages": [{"text": "a"}]},
        {"to": "U", "messages": [{**TEXT, "sender": {"name": "a" * 21}}]},
        {"to": "U", "messages": [{"type": "flex", "altText": "a", "contents": {"type": "bubble", "size": "tiny"}}]},
        {"to": "U", "messages": [{**TEXT, "quickReply": {"items": [{"action": {"type": "postback", "data": 5}}]}}]},
        5,
    ],
)
def test_bad_requests_are_stopped(body):
    with pytest.raises(AssertionError):
        check_request("POST", PUSH, body)


@pytest.mark.parametrize(
    ("method", "path", "status", "body"),
    [
        ("POST", PUSH, 200, {}),
        ("POST", PUSH, 201, {"sentMessages": [{"id": "1"}]}),
        ("POST", PUSH, 400, {"error": "a"}),
        ("GET", "/v2/bot/message/quota", 200, {"type": "some"}),
        ("GET", "/v2/bot/nothing", 200, {}),
        ("PUT", PUSH, 200, {}),
    ],
)
def test_bad_answers_are_stopped(method, path, status, body):
    with pytest.raises(AssertionError):
        check_answer(method, path, status, body)


@pytest.mark.parametrize(
    "event",
    [{}, {"type": "follow"}, {"type": "message", "timestamp": 1, "mode": "active", "message": {"type": "text"}}],
)
def test_bad_events_are_stopped(event):
    with pytest.raises(AssertionError):
        check_webhook({"destination": "U" + "0" * 32, "events": [event]})
