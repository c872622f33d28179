"""The account, friends, profiles, quota, counts, tokens and webhook settings."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

import pytest

from shopdesk.clock import FixedClock
from shopdesk.rehearsal import Rehearsal, friend_id, running
from tests.openapi import check_answer, check_request
from tests.rehearsal.conftest import START, Caller

FOLLOWERS = "/v2/bot/followers/ids"


def test_friends_are_the_same_at_every_start_and_look_japanese():
    first, second = Rehearsal(50), Rehearsal(50)
    names = [person.display_name for person in first.people]
    assert names == [person.display_name for person in second.people]
    assert len(set(names)) > 40
    assert sum(" " in name for name in names) > 30


def test_named_friends_come_first():
    rehearsal = Rehearsal(2, [("U" + "a" * 32, "田中 美咲")])
    assert [person.user_id for person in rehearsal.people] == ["U" + "a" * 32, friend_id(0), friend_id(1)]


def test_info(caller):
    assert caller.get("/v2/bot/info").json["userId"] == caller.line.bot_user_id


def test_profile_of_a_friend_and_404_for_the_others(caller):
    assert caller.get(f"/v2/bot/profile/{friend_id(1)}").json["displayName"]
    caller.says(1, {"block": True})
    assert caller.get(f"/v2/bot/profile/{friend_id(1)}").status == 404
    assert caller.get(f"/v2/bot/profile/{friend_id(99)}").status == 404


def test_link_token(caller):
    assert caller.post(f"/v2/bot/user/{friend_id(1)}/linkToken", None).json["linkToken"]


def test_followers_come_in_pages_without_the_blocked():
    with running(Rehearsal(1000, clock=FixedClock(START))) as line:
        caller = Caller(line)
        caller.says(7, {"block": True})
        everybody = [friend_id(number) for number in range(1000) if number != 7]
        first = caller.get(FOLLOWERS).json
        assert len(first["userIds"]) == 300
        collected, page = first["userIds"], first
        while "next" in page:
            page = caller.get(f"{FOLLOWERS}?limit=250&start={page['next']}").json
            collected += page["userIds"]
        assert collected == everybody
        assert "next" not in caller.get(f"{FOLLOWERS}?limit=1000").json
        caller.clock.move(timedelta(hours=24))
        assert caller.get(f"{FOLLOWERS}?start={first['next']}").status == 400
        caller.http.clear()


@pytest.mark.parametrize("query", ["limit=0", "limit=1001", "limit=x", "limit=-1", "start=x", "start=", "start=MA=="])
def test_followers_refuses_a_wrong_page(checker, query):
    assert checker.get(f"{FOLLOWERS}?{query}").status == 400


def test_quota(caller):
    assert caller.get("/v2/bot/message/quota").json == {"type": "limited", "value": 30}


def test_what_a_day_sent_is_known_the_next_day(caller):
    caller.multicast([1, 2, 3])
    caller.push()
    path = "/v2/bot/message/delivery/multicast?date=20261120"
    assert caller.get(path).json == {"status": "unready"}
    caller.clock.move(timedelta(days=1))
    assert caller.get(path).json == {"status": "ready", "success": 3}
    assert caller.get(path.replace("multicast", "push")).json == {"status": "ready", "success": 1}
    assert caller.get(path.replace("multicast", "reply")).json == {"status": "ready", "success": 0}
    assert caller.get(path.replace("20261120", "20180330")).json == {"status": "out_of_service"}


@pytest.mark.parametrize("query", ["", "?date=2026-11-20", "?date=20261320", "?date=２０２６１１２０"])
def test_a_day_must_be_one(checker, query):
    assert checker.raw("GET", "/v2/bot/message/delivery/push" + query.encode().decode("latin-1")).status == 400


def test_insight_counts_friends(caller):
    caller.says(3, {"block": True})
    path = "/v2/bot/insight/followers?date="
    yesterday = {"status": "ready", "followers": 10, "targetedReaches": 9, "blocks": 1}
    assert caller.get(path + "20261119").json == yesterday
    assert caller.get(path + "20261120").json == {"status": "unready"}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v2/bot/nothing", 404),
        ("GET", "/v2/bot/info/", 404),
        ("GET", "//v2/bot/info", 404),
        ("GET", "/v2/bot/message/push", 405),
        ("DELETE", "/v2/bot/info", 405),
        ("POST", f"/v2/bot/profile/{friend_id(0)}", 405),
        ("GET", f"/v2/bot/profile/{friend_id(0)}/more", 404),
    ],
)
def test_what_line_does_not_have(checker, method, path, status):
    reply = checker.raw(method, path)
    assert (reply.status, list(reply.json)) == (status, ["message"])


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer wrong", "Basic abc", "bearer"])
def test_a_wrong_token_is_401(checker, header):
    for method, path in [("GET", "/v2/bot/info"), ("POST", "/v2/bot/message/push")]:
        reply = checker.raw(method, path, None if method == "GET" else b"{}", Authorization=header)
        assert reply.status == 401
        assert "invalid token" in reply.json["message"]
        assert "invalid_token" in reply.headers["www-authenticate"]


# Tokens


def form(caller, path, **fields):
    """Post a form; the request that was taken and the answer must be as LINE describes them."""
    reply = caller.raw("POST", path, urlencode(fields).encode(), Content_Type="application/x-www-form-urlencoded")
    if reply.status == 200:
        check_request("POST", path, fields)
        check_answer("POST", path, 200, reply.json)
    return reply


def credentials(caller):
    return {
        "grant_type": "client_credentials",
        "client_id": caller.line.channel_id,
        "client_secret": caller.line.channel_secret,
    }


@pytest.mark.parametrize(
    ("path", "life"), [("/oauth2/v3/token", timedelta(minutes=15)), ("/v2/oauth/accessToken", timedelta(days=30))]
)
def test_a_token_opens_the_door_until_it_ends(caller, path, life):
    issued = form(caller, path, **credentials(caller)).json
    assert issued["expires_in"] == life.total_seconds()
    header = f"Bearer {issued['access_token']}"
    caller.clock.move(life - timedelta(seconds=1))
    assert caller.raw("GET", "/v2/bot/info", Authorization=header).status == 200
    assert form(caller, "/v2/oauth/verify", access_token=issued["access_token"]).json["expires_in"] == 1
    verified = caller.get(f"/oauth2/v2.1/verify?access_token={issued['access_token']}")
    assert verified.json["client_id"] == caller.line.channel_id
    caller.clock.move(timedelta(seconds=1))
    assert caller.raw("GET", "/v2/bot/info", Authorization=header).status == 401
    assert form(caller, "/v2/oauth/verify", access_token=issued["access_token"]).status == 400
    assert caller.get("/v2/bot/info").status == 200, "the fixed token stays good"


@pytest.mark.parametrize(
    "wrong", [{"client_id": "1"}, {"client_secret": "x"}, {"client_secret": "秘"}, {"grant_type": ""}]
)
def test_no_token_for_wrong_credentials(caller, wrong):
    reply = form(caller, "/oauth2/v3/token", **{**credentials(caller), **wrong})
    assert reply.status == 400
    assert reply.json["error"] in {"invalid_client", "unsupported_grant_type"}


def test_a_token_can_be_revoked(caller):
    token = form(caller, "/v2/oauth/accessToken", **credentials(caller)).json["access_token"]
    assert caller.raw("POST", "/v2/oauth/revoke", f"access_token={token}".encode()).status == 200
    assert caller.raw("GET", "/v2/bot/info", Authorization=f"Bearer {token}").status == 401
