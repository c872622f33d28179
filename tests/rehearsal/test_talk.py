"""What people do reaches the shop as signed events, and can be answered once."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from datetime import timedelta

import pytest
from linebot.v3 import WebhookParser

from shopdesk.rehearsal import friend_id
from tests.openapi import check_webhook
from tests.rehearsal.conftest import TEXT

ENDPOINT = "/v2/bot/channel/webhook/endpoint"


KINDS = [
    ({"text": "予約できますか"}, "message"),
    ({"sticker": ["446", "1988"]}, "message"),
    ({"postback": "action=reserve"}, "postback"),
    ({"follow": True}, "follow"),
    ({"block": True}, "unfollow"),
]


@pytest.mark.parametrize(("what", "kind"), KINDS)
def test_what_is_said_arrives_signed(caller, shop, what, kind):
    said = caller.says(1, what)
    assert said.json["webhook"]["status"] == 200
    (signature, body), sent = shop.came[0], json.loads(shop.came[0][1])
    check_webhook(sent)
    wanted = hmac.digest(caller.line.channel_secret.encode(), body, hashlib.sha256)
    assert base64.b64decode(signature) == wanted
    parsed = WebhookParser(caller.line.channel_secret).parse(body.decode(), signature)
    assert parsed[0].type == kind, "line-bot-sdk knows the event"
    assert sent["destination"] == caller.line.bot_user_id
    event = sent["events"][0]
    assert event == said.json["event"]
    assert event["source"] == {"type": "user", "userId": friend_id(1)}
    assert event["timestamp"] == caller.clock.now().timestamp() * 1000
    assert re.fullmatch(r"[0-7][0-9A-HJKMNP-TV-Z]{25}", event["webhookEventId"])
    assert ("replyToken" in event) == (kind != "unfollow")


def test_following_again_says_so(caller, shop):
    caller.says(1, {"block": True})
    caller.says(1, {"follow": True})
    caller.says(1, {"follow": True})
    assert [event.get("follow") for event in shop.events()] == [None, {"isUnblocked": True}, {"isUnblocked": False}]


def test_a_new_person_can_follow(caller):
    assert caller.says(77, {"follow": True}).status == 200
    assert caller.push(77).status == 200
    assert caller.received(77) == [TEXT]
    assert caller.used() == 1


def test_unsend_takes_a_message_back_once(caller, shop):
    message = caller.says(1, {"text": "まちがえた"}).json["event"]["message"]
    assert caller.says(2, {"unsend": message["id"]}).status == 404, "not theirs"
    assert caller.says(1, {"unsend": message["id"]}).status == 200
    assert caller.says(1, {"unsend": message["id"]}).status == 404
    assert shop.events()[-1]["unsend"] == {"messageId": message["id"]}


@pytest.mark.parametrize(
    "what",
    [{}, {"text": ""}, {"text": "a" * 5001}, {"text": "a", "postback": "b"}, {"sticker": "446"}, [], {"shout": 1}],
)
def test_what_nobody_can_say(checker, what):
    assert checker.says(1, what).status == 400


def test_strangers_and_blockers_cannot_talk(caller):
    assert caller.says(99, {"text": "a"}).status == 404
    caller.says(1, {"block": True})
    assert caller.says(1, {"text": "a"}).status == 400
    assert caller.post("/rehearsal/people/x/says", {"follow": True}).status == 400


def test_a_reply_token_is_good_once_within_a_minute(caller):
    def reply(token):
        return caller.post("/v2/bot/message/reply", {"replyToken": token, "messages": [TEXT]})

    first = caller.says(1, {"text": "a"}).json["event"]["replyToken"]
    assert len(reply(first).json["sentMessages"]) == 1
    assert caller.received(1) == [TEXT]
    assert caller.used() == 0, "a reply costs nothing"
    late = caller.says(1, {"text": "a"}).json["event"]["replyToken"]
    caller.clock.move(timedelta(minutes=1))
    for token in [first, late, "made up"]:
        refused = reply(token)
        assert (refused.status, refused.json) == (400, {"message": "Invalid reply token"})
    replies = [entry for entry in caller.journal() if entry["endpoint"] == "reply"]
    assert [entry["recipients"] for entry in replies] == [[friend_id(1)], [], [], []]


# Where events go


def test_the_endpoint_is_told_once_it_was_set(caller, shop):
    assert caller.get(ENDPOINT).json == {"endpoint": shop.url, "active": True}


def test_no_endpoint_was_set(caller):
    assert caller.get(ENDPOINT).status == 404
    assert caller.says(1, {"text": "a"}).json["webhook"] is None
    assert caller.post("/v2/bot/channel/webhook/test", {}).status == 404


@pytest.mark.parametrize(
    "url", ["http://example.com/", "ftp://127.0.0.1/", "https://", "x", "", 5, "https://a:b/", "https://a/" + "a" * 500]
)
def test_an_endpoint_must_be_https_or_this_computer(checker, url):
    assert checker.ask("PUT", ENDPOINT, {"endpoint": url}).status == 400


def test_trying_the_endpoint(caller, shop):
    good = caller.post("/v2/bot/channel/webhook/test", {}).json
    assert (good["success"], good["statusCode"], good["reason"]) == (True, 200, "OK")
    assert json.loads(shop.came[0][1]) == {"destination": caller.line.bot_user_id, "events": []}
    shop.status = 500
    bad = caller.post("/v2/bot/channel/webhook/test", {"endpoint": shop.url}).json
    assert (bad["success"], bad["statusCode"]) == (False, 500)
    nobody = caller.post("/v2/bot/channel/webhook/test", {"endpoint": "http://127.0.0.1:9/"}).json
    assert (nobody["success"], nobody["statusCode"]) == (False, 0)
