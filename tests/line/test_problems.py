"""What each answer means."""

from __future__ import annotations

import json

import pytest
from linebot.v3.messaging import BroadcastRequest, MulticastRequest, PushMessageRequest, TextMessage

from shopdesk.line import Answer, Lost, RefusedByLineError, Verdict, body, checked, judge, refusal
from shopdesk.line.problems import error


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (Answer(200, "r", body=b"{}"), Verdict.ACCEPTED),
        (Answer(200, "", body=b"{}"), Verdict.RETRY),
        (Answer(200, "r", body=b"<html>"), Verdict.RETRY),
        (Answer(302, "", body=b""), Verdict.RETRY),
        (Answer(409, "r", "first"), Verdict.ACCEPTED),
        (Answer(409, "r", body=b'{"message":"something else"}'), Verdict.REJECTED),
        (Answer(429, body=b'{"message":"The API rate limit has been exceeded. Try again later."}'), Verdict.SLOW_DOWN),
        (Answer(429, body=b'{"message":"You have reached your monthly limit."}'), Verdict.MONTHLY_LIMIT),
        (Answer(429, body=b"<html>"), Verdict.SLOW_DOWN),
        (Answer(401), Verdict.TOKEN),
        (Answer(403), Verdict.FORBIDDEN),
        (Answer(400), Verdict.REJECTED),
        (Answer(413), Verdict.REJECTED),
        (Answer(404), Verdict.REJECTED),
        (Answer(407), Verdict.RETRY),
        (Answer(500), Verdict.RETRY),
        (Answer(503, body=b"<html>"), Verdict.RETRY),
        (Lost("timeout"), Verdict.RETRY),
    ],
)
def test_each_answer_has_one_meaning(answer: Answer | Lost, verdict: Verdict):
    assert judge(answer) is verdict
    assert error(answer).message


def test_a_refusal_is_said_in_the_shops_words():
    assert "empty" in refusal(400, "The request body has 1 error(s); messages[0].text: May not be empty")
    assert "2 MB" in refusal(413, "")
    assert "status 418" in refusal(418, "")
    said = refusal(400, "The request body has 1 error(s); messages[1].substitution.who.mentionee: not allowed")
    assert said.startswith("Message 2, “substitution.who.mentionee”: LINE refused it. Change ")
    assert said.endswith("messages[1].substitution.who.mentionee: not allowed)")
    assert refusal(400, "A message (messages[0]) in the request body is invalid").startswith("Message 1: LINE refused")
    assert refusal(400, "messages[2].text: Length must be between 0 and 5000").startswith("Message 3, “text”: A text")


def test_messages_go_through_the_sdks_models_unchanged():
    flex = {
        "type": "flex",
        "altText": "お知らせ",
        "contents": {"type": "bubble", "body": {"type": "box", "layout": "vertical", "contents": []}},
    }
    assert checked(flex) == flex


@pytest.mark.parametrize(
    ("message", "says"),
    [
        ({"type": "nope"}, "form"),
        ({"text": "x"}, "type"),
        ({"type": "text"}, "text"),
        ({"type": "text", "text": "x", "tekst": 1}, "tekst"),
        ({"type": "sticker", "packageId": 446, "stickerId": "1988"}, "packageId"),
        ({"type": "flex", "altText": "x", "contents": []}, "form"),
    ],
)
def test_what_is_no_message_is_refused(message: dict[str, object], says: str):
    with pytest.raises(RefusedByLineError, match=says):
        checked(message)


def test_our_bytes_say_what_the_sdks_requests_say():
    text = [{"type": "text", "text": "あ"}]
    models = {
        "push": ("U1", PushMessageRequest(to="U1", messages=[TextMessage(text="あ")])),
        "multicast": (["U1", "U2"], MulticastRequest(to=["U1", "U2"], messages=[TextMessage(text="あ")])),
        "broadcast": (None, BroadcastRequest(messages=[TextMessage(text="あ")])),
    }
    for endpoint, (to, model) in models.items():
        assert json.loads(body(endpoint, to, text)) == model.to_dict()
