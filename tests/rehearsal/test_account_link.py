"""Linking accounts, and tokens asked for with a signed statement."""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from urllib.parse import urlencode

import pytest

from shopdesk.rehearsal import friend_id
from tests.openapi import check_answer, check_request, check_webhook
from tests.rehearsal.conftest import START

NONCE = "a" * 10
TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


def link(caller, token: str, nonce: str = NONCE):
    return caller.raw("GET", f"/dialog/bot/accountLink?{urlencode({'linkToken': token, 'nonce': nonce})}")


def new_token(caller) -> str:
    return caller.post(f"/v2/bot/user/{friend_id(1)}/linkToken", None).json["linkToken"]


def test_a_link_token_is_redeemed_once_and_the_shop_hears_the_nonce(caller, shop):
    token = new_token(caller)
    assert link(caller, token).status == 200
    (body,) = [json.loads(body) for _signature, body in shop.came]
    check_webhook(body)
    assert body["events"][0]["link"] == {"result": "ok", "nonce": NONCE}
    assert body["events"][0]["source"]["userId"] == friend_id(1)
    assert link(caller, token).status == 400
    assert len(shop.came) == 1


@pytest.mark.parametrize(("wait", "nonce"), [(10, NONCE), (0, "a" * 9), (0, "a" * 256)])
def test_what_does_not_link(caller, shop, wait, nonce):
    token = new_token(caller)
    caller.clock.move(timedelta(minutes=wait))
    assert link(caller, token, nonce).status == 400
    assert shop.came == []


def test_no_stranger_gets_a_link_token(caller):
    assert caller.post(f"/v2/bot/user/{friend_id(99)}/linkToken", None).status == 404


def encoded(part: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")


def assertion(caller, header=None, **other) -> str:
    said = {
        "iss": caller.line.channel_id,
        "sub": caller.line.channel_id,
        "aud": "https://api.line.me/",
        "exp": int(caller.clock.now().timestamp()) + 1800,
        "token_exp": 86400,
        **other,
    }
    return ".".join([encoded(header or {"alg": "RS256", "typ": "JWT", "kid": "k1"}), encoded(said), "c2lnbmVk"])


def ask(caller, path: str, statement: str):
    fields = {"grant_type": "client_credentials", "client_assertion_type": TYPE, "client_assertion": statement}
    reply = caller.raw("POST", path, urlencode(fields).encode(), Content_Type="application/x-www-form-urlencoded")
    if reply.status == 200:
        check_request("POST", path, fields)
        check_answer("POST", path, 200, reply.json)
    return reply


def kids(caller):
    query = urlencode({"client_assertion_type": TYPE, "client_assertion": assertion(caller)})
    return caller.get(f"/oauth2/v2.1/tokens/kid?{query}").json["kids"]


def test_a_token_by_statement_lives_as_long_as_asked_and_is_listed(caller):
    issued = ask(caller, "/oauth2/v2.1/token", assertion(caller)).json
    assert issued["expires_in"] == 86400
    assert kids(caller) == [issued["key_id"]]
    header = f"Bearer {issued['access_token']}"
    assert caller.raw("GET", "/v2/bot/info", Authorization=header).status == 200
    form = {
        "client_id": caller.line.channel_id,
        "client_secret": caller.line.channel_secret,
        "access_token": issued["access_token"],
    }
    assert caller.raw("POST", "/oauth2/v2.1/revoke", urlencode({**form, "client_secret": "x"}).encode()).status == 400
    assert caller.raw("POST", "/oauth2/v2.1/revoke", urlencode(form).encode()).status == 200
    assert caller.raw("GET", "/v2/bot/info", Authorization=header).status == 401
    assert kids(caller) == []


def test_thirty_tokens_and_no_more(caller):
    statuses = [ask(caller, "/oauth2/v2.1/token", assertion(caller)).status for _number in range(31)]
    assert statuses == [200] * 30 + [400]
    caller.clock.move(timedelta(days=1))
    assert ask(caller, "/oauth2/v2.1/token", assertion(caller)).status == 200


def test_the_31st_short_lived_token_ends_the_oldest(caller):
    form = urlencode(
        {
            "grant_type": "client_credentials",
            "client_id": caller.line.channel_id,
            "client_secret": caller.line.channel_secret,
        }
    ).encode()
    tokens = [caller.raw("POST", "/v2/oauth/accessToken", form).json["access_token"] for _number in range(31)]
    open_ = [caller.raw("GET", "/v2/bot/info", Authorization=f"Bearer {token}").status for token in tokens[:2]]
    assert open_ == [401, 200]


def test_a_stateless_token_by_statement_cannot_be_revoked(caller):
    token = ask(caller, "/oauth2/v3/token", assertion(caller)).json["access_token"]
    caller.raw("POST", "/v2/oauth/revoke", f"access_token={token}".encode())
    assert caller.raw("GET", "/v2/bot/info", Authorization=f"Bearer {token}").status == 200


@pytest.mark.parametrize(
    "other",
    [
        {"iss": "1"},
        {"sub": "1"},
        {"aud": "https://example.com/"},
        {"exp": int(START.timestamp())},
        {"exp": int(START.timestamp()) + 1801},
        {"exp": True},
        {"token_exp": 0},
        {"token_exp": 30 * 86400 + 1},
        {"header": {"alg": "HS256", "kid": "k1"}},
        {"header": {"alg": "RS256"}},
    ],
)
def test_an_unsound_statement(caller, other):
    assert ask(caller, "/oauth2/v2.1/token", assertion(caller, **other)).status == 400


@pytest.mark.parametrize("statement", ["", "a.b", "a.b.c", "..", "W10.W10.x"])
def test_no_statement_at_all(caller, statement):
    assert ask(caller, "/oauth2/v2.1/token", statement).json["error"] == "invalid_client"
