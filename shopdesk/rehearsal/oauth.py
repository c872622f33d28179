"""Endpoints that give and look at channel access tokens."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from shopdesk.rehearsal.answers import EMPTY, Answer, done, encoded
from shopdesk.rehearsal.calls import Call, Endpoint
from shopdesk.rehearsal.rates import SHORT_LIVED_TOKEN
from shopdesk.rehearsal.tokens import SHORT_LIVED, STATELESS

if TYPE_CHECKING:
    from datetime import timedelta

    from shopdesk.rehearsal.rehearsal import Rehearsal


def _refusal(error: str, description: str) -> Answer:
    return Answer(400, encoded({"error": error, "error_description": description}))


def _issue(rehearsal: Rehearsal, call: Call, life: timedelta) -> Answer:
    form, channel = call.form, rehearsal.channel
    if form.get("grant_type") != "client_credentials":
        return _refusal("unsupported_grant_type", "grant_type must be client_credentials")
    if "client_id" not in form or "client_secret" not in form:
        return _refusal("invalid_request", "client_id and client_secret are required")
    if form["client_id"] != channel.channel_id:
        return _refusal("invalid_client", "invalid client_id")
    if not secrets.compare_digest(form["client_secret"].encode(), channel.channel_secret.encode()):
        return _refusal("invalid_client", "invalid client_secret")
    token = rehearsal.tokens.issue(call.at, life)
    return done({"token_type": "Bearer", "access_token": token, "expires_in": int(life.total_seconds())})


def stateless(rehearsal: Rehearsal, call: Call) -> Answer:
    """Issue a token for 15 minutes against the channel's id and secret; assertions by JWT are not rehearsed."""
    return _issue(rehearsal, call, STATELESS)


def short_lived(rehearsal: Rehearsal, call: Call) -> Answer:
    """Issue a token for 30 days."""
    return _issue(rehearsal, call, SHORT_LIVED)


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


ENDPOINTS = [
    Endpoint("token", "POST", "/oauth2/v3/token", stateless, needs_token=False),
    Endpoint("oauth/accessToken", "POST", "/v2/oauth/accessToken", short_lived, SHORT_LIVED_TOKEN, needs_token=False),
    Endpoint("oauth/verify", "POST", "/v2/oauth/verify", verify, needs_token=False),
    Endpoint("oauth/revoke", "POST", "/v2/oauth/revoke", revoke, needs_token=False),
    Endpoint("oauth2/verify", "GET", "/oauth2/v2.1/verify", verify_in_query, needs_token=False),
]
