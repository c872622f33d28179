"""Endpoints that give and look at channel access tokens."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from shopdesk.rehearsal import assertions
from shopdesk.rehearsal.answers import EMPTY, Answer, done, encoded
from shopdesk.rehearsal.calls import Call, Endpoint
from shopdesk.rehearsal.endpoints import login
from shopdesk.rehearsal.rates import SHORT_LIVED_TOKEN
from shopdesk.rehearsal.tokens import MOST_TOKENS, SHORT_LIVED, STATELESS, AccessToken, Kind

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import timedelta

    from shopdesk.rehearsal.rehearsal import Rehearsal


class _RefusedError(Exception):
    """OAuth's own kind of refusal: an error word and its description."""


def _refusal(error: str, description: str) -> Answer:
    return Answer(400, encoded({"error": error, "error_description": description}))


def _refusable(handler: Callable[[Rehearsal, Call], Answer]) -> Callable[[Rehearsal, Call], Answer]:
    def answered(rehearsal: Rehearsal, call: Call) -> Answer:
        try:
            return handler(rehearsal, call)
        except _RefusedError as refused:
            return _refusal(*refused.args)

    return answered


def _require_client(rehearsal: Rehearsal, form: dict[str, str]) -> None:
    if "client_id" not in form or "client_secret" not in form:
        raise _RefusedError("invalid_request", "client_id and client_secret are required")
    if form["client_id"] != rehearsal.channel.channel_id:
        raise _RefusedError("invalid_client", "invalid client_id")
    if not secrets.compare_digest(form["client_secret"].encode(), rehearsal.channel.channel_secret.encode()):
        raise _RefusedError("invalid_client", "invalid client_secret")


def _require_grant(form: dict[str, str]) -> None:
    if form.get("grant_type") != "client_credentials":
        raise _RefusedError("unsupported_grant_type", "grant_type must be client_credentials")


def _claims(rehearsal: Rehearsal, call: Call, fields: dict[str, str]) -> dict[str, Any]:
    if fields.get("client_assertion_type") != assertions.TYPE:
        raise _RefusedError("invalid_request", "Invalid client_assertion_type")
    try:
        return assertions.claims(fields.get("client_assertion", ""), rehearsal.channel.channel_id, call.at)
    except assertions.UnsoundError as wrong:
        raise _RefusedError("invalid_client", str(wrong)) from wrong


def _issued(token: AccessToken, life: timedelta) -> dict[str, Any]:
    return {"token_type": "Bearer", "access_token": token.token, "expires_in": int(life.total_seconds())}


def stateless(rehearsal: Rehearsal, call: Call) -> Answer:
    """Issue a token for 15 minutes against the channel's id and secret, or against a signed statement."""
    _require_grant(call.form)
    if "client_assertion" in call.form:
        _claims(rehearsal, call, call.form)
    else:
        _require_client(rehearsal, call.form)
    return done(_issued(rehearsal.tokens.issue(Kind.STATELESS, call.at, STATELESS), STATELESS))


def short_lived(rehearsal: Rehearsal, call: Call) -> Answer:
    """Issue a token for 30 days."""
    _require_grant(call.form)
    _require_client(rehearsal, call.form)
    return done(_issued(rehearsal.tokens.issue(Kind.SHORT_LIVED, call.at, SHORT_LIVED), SHORT_LIVED))


def by_assertion(rehearsal: Rehearsal, call: Call) -> Answer:
    """Issue a token of version 2.1 for as long as the statement says; the 31st is refused."""
    _require_grant(call.form)
    said = _claims(rehearsal, call, call.form)
    try:
        life = assertions.token_life(said)
    except assertions.UnsoundError as wrong:
        raise _RefusedError("invalid_request", str(wrong)) from wrong
    if len(rehearsal.tokens.valid(Kind.BY_ASSERTION, call.at)) >= MOST_TOKENS:
        raise _RefusedError("invalid_request", f"{MOST_TOKENS} tokens are valid; revoke one first")
    token = rehearsal.tokens.issue(Kind.BY_ASSERTION, call.at, life)
    return done({**_issued(token, life), "key_id": token.key_id})


def either(rehearsal: Rehearsal, call: Call) -> Answer:
    """Issue a channel's token, or those of a person who signed in: LINE has one path for both."""
    given = call.form.get("grant_type") == "authorization_code"
    return login.token(rehearsal, call) if given else by_assertion(rehearsal, call)


def key_ids(rehearsal: Rehearsal, call: Call) -> Answer:
    """List the valid tokens of version 2.1 by their key ids."""
    _claims(rehearsal, call, call.query)
    return done({"kids": [one.key_id for one in rehearsal.tokens.valid(Kind.BY_ASSERTION, call.at)]})


def _looked_at(rehearsal: Rehearsal, call: Call, token: str) -> Answer:
    left = rehearsal.tokens.seconds_left(token, call.at)
    if left is None:
        return _refusal("invalid_request", "access token expired")
    return done({"client_id": rehearsal.channel.channel_id, "expires_in": left, "scope": "profile"})


def verify(rehearsal: Rehearsal, call: Call) -> Answer:
    """Tell how long a short- or long-lived token is good."""
    return _looked_at(rehearsal, call, call.form.get("access_token", ""))


def verify_in_query(rehearsal: Rehearsal, call: Call) -> Answer:
    """Tell how long a token of version 2.1 is good."""
    return _looked_at(rehearsal, call, call.query.get("access_token", ""))


def revoke(rehearsal: Rehearsal, call: Call) -> Answer:
    """End a token; LINE says 200 also of one it does not know."""
    rehearsal.tokens.revoke(call.form.get("access_token", ""))
    return EMPTY


def revoke_by_client(rehearsal: Rehearsal, call: Call) -> Answer:
    """End a token of version 2.1, for whoever knows the channel's secret."""
    _require_client(rehearsal, call.form)
    return revoke(rehearsal, call)


def _open(name: str, method: str, path: str, handler: Callable[[Rehearsal, Call], Answer], **more: Any) -> Endpoint:
    return Endpoint(name, method, path, _refusable(handler), needs_token=False, **more)


ENDPOINTS = [
    _open("token", "POST", "/oauth2/v3/token", stateless),
    _open("oauth2/token", "POST", "/oauth2/v2.1/token", either),
    _open("oauth2/tokens/kid", "GET", "/oauth2/v2.1/tokens/kid", key_ids),
    _open("oauth2/verify", "GET", "/oauth2/v2.1/verify", verify_in_query),
    _open("oauth2/revoke", "POST", "/oauth2/v2.1/revoke", revoke_by_client),
    _open("oauth/accessToken", "POST", "/v2/oauth/accessToken", short_lived, rate=SHORT_LIVED_TOKEN),
    _open("oauth/verify", "POST", "/v2/oauth/verify", verify),
    _open("oauth/revoke", "POST", "/v2/oauth/revoke", revoke),
]
