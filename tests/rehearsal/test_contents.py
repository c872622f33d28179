"""Pictures, films, sounds, files and places that people send; reading marks; loading dots; what buttons bring."""

from __future__ import annotations

import base64
from datetime import timedelta

import pytest

from shopdesk.rehearsal import friend_id
from tests.openapi import check_webhook
from tests.rehearsal.conftest import TEXT

BYTES = base64.b64encode(b"bytes of it").decode()
LOADING = "/v2/bot/chat/loading/start"


def path_of(said) -> str:
    return f"/v2/bot/message/{said.json['event']['message']['id']}/content"


def check_event(caller, said) -> dict:
    event = said.json["event"]
    check_webhook({"destination": caller.line.bot_user_id, "events": [event]})
    return event


def test_a_picture_can_be_fetched_until_it_is_unsent(caller):
    said = caller.says(1, {"image": {"base64": BYTES, "mediaType": "image/jpeg"}})
    assert check_event(caller, said)["message"]["contentProvider"] == {"type": "line"}
    for path in (path_of(said), path_of(said) + "/preview"):
        fetched = caller.raw("GET", path)
        assert (fetched.raw, fetched.headers["content-type"]) == (b"bytes of it", "image/jpeg")
    caller.says(1, {"unsend": said.json["event"]["message"]["id"]})
    assert caller.get(path_of(said)).status == 404


def test_a_sample_picture_for_those_who_have_none(caller):
    assert caller.raw("GET", path_of(caller.says(1, {"image": True}))).raw.startswith(b"\x89PNG")


@pytest.mark.parametrize("kind", ["video", "audio"])
def test_films_and_sounds_are_prepared_first(caller, kind):
    said = caller.says(1, {kind: {"base64": BYTES, "duration": 1500}})
    assert check_event(caller, said)["message"]["duration"] == 1500
    path = path_of(said)
    assert caller.raw("GET", path).status == 202
    assert caller.get(path + "/transcoding").json == {"status": "processing"}
    caller.clock.move(timedelta(seconds=2))
    assert caller.get(path + "/transcoding").json == {"status": "succeeded"}
    assert caller.raw("GET", path).raw == b"bytes of it"
    assert caller.raw("GET", path + "/preview").status == (200 if kind == "video" else 404)


def test_a_file_has_name_and_size(caller):
    said = caller.says(1, {"file": {"base64": BYTES, "fileName": "見積.pdf"}})
    message = check_event(caller, said)["message"]
    assert (message["fileName"], message["fileSize"]) == ("見積.pdf", 11)
    assert caller.raw("GET", path_of(said)).raw == b"bytes of it"


def test_a_place(caller):
    said = caller.says(1, {"location": {"title": "店", "address": "東京都", "latitude": 35.6, "longitude": 139.7}})
    assert check_event(caller, said)["message"]["latitude"] == 35.6


@pytest.mark.parametrize(
    "what",
    [
        {"image": {}},
        {"image": {"base64": "?"}},
        {"image": {"base64": BYTES, "mediaType": "x"}},
        {"video": True},
        {"location": {"latitude": 91, "longitude": 0}},
        {"membership": "sold"},
        {"membership": "left"},
        {"tap": {}},
        {"tap": {"action": {"type": "camera"}}},
        {"tap": {"action": {"type": "uri", "label": "a"}}},
        {"tap": {"action": {"type": "datetimepicker", "data": "d", "mode": "date"}}},
        {"tap": {"action": {"type": "datetimepicker", "data": "d", "mode": "date"}, "picked": "10:00"}},
    ],
)
def test_what_nobody_can_send(caller, what):
    assert caller.says(1, what).status == 400


@pytest.mark.parametrize("path", ["content", "content/preview", "content/transcoding"])
def test_no_such_message(checker, path):
    assert checker.get(f"/v2/bot/message/1/{path}").status == 404


# Taps


def test_a_tap_becomes_what_its_action_says(caller):
    def tap(action, **more):
        return check_event(caller, caller.says(1, {"tap": {"action": action, **more}}))

    shown = {"type": "postback", "data": "a=1", "displayText": "予約します"}
    assert tap(shown)["postback"] == {"data": "a=1"}
    talk = caller.get(f"/rehearsal/people/{friend_id(1)}/phone").json["talk"]
    assert talk[-1]["message"] == {"type": "text", "text": "予約します"}
    assert tap({"type": "message", "text": "はい"})["message"]["text"] == "はい"
    for mode, picked in [("date", "2026-12-01"), ("time", "10:30"), ("datetime", "2026-12-01T10:30")]:
        action = {"type": "datetimepicker", "data": "d", "mode": mode}
        assert tap(action, picked=picked)["postback"] == {"data": "d", "params": {mode: picked}}


@pytest.mark.parametrize(
    "action",
    [
        {"type": "uri", "uri": "https://example.com/"},
        {"type": "uri", "linkUri": "https://example.com/"},
        {"type": "clipboard", "clipboardText": "a"},
    ],
)
def test_the_shop_hears_nothing_of_some_taps(caller, action):
    assert caller.says(1, {"tap": {"action": action}}).json == {"event": None, "webhook": None}


# Reading marks and dots


def test_marking_as_read_marks_all_before(caller):
    tokens = [caller.says(1, {"text": text}).json["event"]["message"]["markAsReadToken"] for text in "abc"]
    assert caller.post("/v2/bot/chat/markAsRead", {"markAsReadToken": tokens[1]}).status == 200
    talk = caller.get(f"/rehearsal/people/{friend_id(1)}/phone").json["talk"]
    assert [one["read"] for one in talk] == [True, True, False]
    assert caller.post("/v2/bot/chat/markAsRead", {"markAsReadToken": "x"}).status == 400
    assert caller.post("/v2/bot/chat/markAsRead", {}).status == 400


def test_the_dots_last_as_long_as_said_or_until_an_answer(caller):
    def typing() -> bool:
        return caller.get(f"/rehearsal/people/{friend_id(1)}/phone").json["typing"]

    caller.says(1, {"text": "a"})
    assert caller.post(LOADING, {"chatId": friend_id(1), "loadingSeconds": 5}).status == 202
    assert typing()
    caller.clock.move(timedelta(seconds=5))
    assert not typing()
    caller.post(LOADING, {"chatId": friend_id(1)})
    assert typing()
    caller.push(1, TEXT)
    assert not typing()


@pytest.mark.parametrize("seconds", [0, 4, 7, 65, "5"])
def test_dots_last_a_multiple_of_five_seconds(checker, seconds):
    assert checker.post(LOADING, {"chatId": friend_id(0), "loadingSeconds": seconds}).status == 400
    assert checker.post(LOADING, {"chatId": "C" + "0" * 32}).status == 400


# Memberships


def test_a_membership_is_joined_renewed_and_left(caller):
    path = f"/v2/bot/membership/subscription/{friend_id(1)}"
    assert caller.get(path).status == 404
    assert check_event(caller, caller.says(1, {"membership": "joined"}))["membership"]["type"] == "joined"
    caller.clock.move(timedelta(days=31))
    told = caller.get(path).json["subscriptions"][0]["user"]
    assert (told["membershipNo"], told["totalSubscriptionMonths"], told["nextBillingDate"]) == (1, 2, "2027-01-19")
    plan = caller.get("/v2/bot/membership/list").json["memberships"][0]
    assert plan["memberCount"] == 1
    assert caller.get(f"/v2/bot/membership/{plan['membershipId']}/users/ids").json == {"userIds": [friend_id(1)]}
    assert caller.get("/v2/bot/membership/5/users/ids").status == 404
    check_event(caller, caller.says(1, {"membership": "renewed"}))
    check_event(caller, caller.says(1, {"membership": "left"}))
    assert caller.get(path).status == 404
