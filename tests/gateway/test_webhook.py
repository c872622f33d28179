"""The webhook: only LINE is believed, what was answered with 200 is on the disk, and poison stops nobody."""

from __future__ import annotations

import json
from itertools import permutations

import pytest

from shopdesk import gateway
from shopdesk.line import NoKeysError, read_webhook
from tests.gateway.conftest import USER, Caller, event, sign, text


def test_only_line_is_believed(sqlite_line: Caller):
    body = b'{"destination":"","events":[]}'
    good = sign(sqlite_line.secret, body)
    assert sqlite_line.post(body) == 200
    altered = [good[:-1] + bytes([good[-1] ^ 1]), b"", b"\xff" * 44, good[:40], sign("0" * 32, body), sign("", body)]
    assert [sqlite_line.post(body, signature=one) for one in altered] == [401] * len(altered)
    assert sqlite_line.post(body + b" ", signature=good) == 401
    assert sqlite_line.gateway.inbox.kept() == 1


def test_what_is_no_webhook_is_refused(sqlite_line: Caller):
    assert sqlite_line.post(b"", method="GET") == 405
    assert sqlite_line.post(b"x" * (1024 * 1024 + 1)) == 413
    assert sqlite_line.post(b"{}", path="/nothing") == 404
    assert sqlite_line.gateway.inbox.kept() == 0


@pytest.mark.parametrize("secret", ["", "short", "Z" * 32])
def test_without_a_sound_secret_it_does_not_start(make_shop, secret):
    shop = make_shop(secrets={"line_channel_secret": secret})
    with pytest.raises(NoKeysError), gateway.running(shop):
        pass


def test_an_event_has_one_effect(line: Caller, clock):
    said = text("予約できますか", "100", clock)
    for _ in range(3):
        assert line.tell(said) == 200
    (talk,) = line.shop.talks.page()
    assert (talk.unread, talk.last_words) == (1, "予約できますか")


def test_state_follows_the_time_in_every_order(sqlite_line: Caller, clock):
    """Six events of one person in 60 of their 720 orders (table B has all), each for a person of its own, end the same."""
    kinds = [
        ("follow", 0, {}),
        ("message", 10, {"message": {"type": "text", "text": "取り消します"}}),
        ("unsend", 20, {}),
        ("postback", 30, {"postback": {"data": "menu=1"}}),
        ("unfollow", 40, {}),
        ("follow", 50, {}),
    ]
    for number, order in enumerate(list(permutations(kinds))[::12]):
        user = f"U{number:032x}"
        own = {
            "message": {"type": "text", "id": f"m{number}", "text": "取り消します"},
            "unsend": {"messageId": f"m{number}"},
        }
        events = [
            event(kind, clock, after_s=after, user=user, **({kind: own[kind]} if kind in own else more))
            for kind, after, more in order
        ]
        sqlite_line.post(json.dumps({"events": events}).encode())
    sqlite_line.worked_off()
    shop = sqlite_line.shop
    friends = list(shop.friends.all())
    assert len(friends) == 60
    assert {one.state for one in friends} == {"friend"}
    talks = shop.talks.page(limit=1000)
    assert {(one.unread, one.waiting_since, one.last_kind) for one in talks} == {(0, None, "postback")}
    said = {tuple((one.kind, one.words, one.state) for one in shop.talks.messages(one.friend_id)) for one in talks}
    assert said == {(("unknown", "", "unsent"), ("postback", "", "received"))}
    assert shop.talks.page(words="取り消し") == []


POISON = [
    b"",
    b"[]",
    b"\xff\xfe{}",
    b'{"events":' + b"[" * 100_000,
    b'{"events":[' + b"9" * 5_001 + b"]}",
    b'{"events":{}}',
    b'{"events":[null, 1, "x", {}, {"type": "message"}]}',
]


@pytest.mark.parametrize("body", POISON)
def test_poison_is_kept_and_set_aside(sqlite_line: Caller, body):
    assert sqlite_line.post(body) == 200
    sqlite_line.worked_off()
    assert sqlite_line.gateway.inbox.counts().aside == 1


def test_the_other_events_of_a_body_have_their_effect(line: Caller, clock):
    bad = event("message", clock, message={"type": "text", "text": "no id"})
    good = text("半角ｶﾅと\ud83dNUL\x00", "200", clock)
    assert line.tell(bad, good, event("brand_new_kind", clock, some={"field": 1})) == 200
    (talk,) = line.shop.talks.page()
    assert talk.last_words == "半角ｶﾅとNUL"
    assert line.gateway.inbox.counts().aside == 1


def test_another_bots_event_is_not_ours(sqlite_line: Caller, clock, there):
    sqlite_line.shop.settings.set("line_bot", there.bot_user_id)
    sqlite_line.tell(text("ほかの店へ", "300", clock), destination="U" + "9" * 32)
    assert sqlite_line.shop.talks.page() == []
    sqlite_line.tell(text("この店へ", "301", clock), destination=there.bot_user_id)
    assert [one.user_id for one in sqlite_line.shop.talks.page()] == [USER]


def test_an_event_of_more_than_400_days_ago_has_no_effect(sqlite_line: Caller, clock):
    sqlite_line.tell(text("むかし", "400", clock, after_s=-401 * 86_400))
    assert sqlite_line.shop.talks.page() == []


def test_a_body_that_cannot_be_read_is_no_error():
    assert read_webhook(b"{").unread
    assert read_webhook(b'{"events":[]}').unread == ()
