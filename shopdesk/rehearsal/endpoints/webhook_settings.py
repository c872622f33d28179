"""Endpoints that say where events go, and try it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from shopdesk.rehearsal.answers import EMPTY, Answer, RefusedError, done, refuse_all
from shopdesk.rehearsal.calls import Call, Endpoint
from shopdesk.rehearsal.rates import HOURLY, WEBHOOK_SETTINGS
from shopdesk.rehearsal.webhooks import may_be_endpoint, post

if TYPE_CHECKING:
    from shopdesk.rehearsal.rehearsal import Rehearsal


def endpoint(rehearsal: Rehearsal, _call: Call) -> Answer:
    """Tell where events go; 404 while nothing was set."""
    if rehearsal.webhook_url is None:
        raise RefusedError(404, "Not found")
    return done({"endpoint": rehearsal.webhook_url, "active": rehearsal.webhook_active})


def set_endpoint(rehearsal: Rehearsal, call: Call) -> Answer:
    """Set where events go, from now on (LINE may take a minute)."""
    rehearsal.webhook_url = _url(call.json.get("endpoint"))
    return EMPTY


async def test(rehearsal: Rehearsal, call: Call) -> Answer:
    """Post an empty list of events to the address given, or the one set, and tell how it went."""
    body = call.json if call.body else {}
    url = _url(body["endpoint"]) if body.get("endpoint") is not None else rehearsal.webhook_url
    if url is None:
        raise RefusedError(404, "Not found")
    channel = rehearsal.channel
    outcome = await asyncio.to_thread(post, url, channel.channel_secret, channel.bot_user_id, [])
    return done(
        {
            "success": outcome.success,
            "timestamp": call.at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "statusCode": outcome.status,
            "reason": outcome.reason,
            "detail": outcome.detail,
        }
    )


def _url(value: object) -> str:
    if not isinstance(value, str) or not may_be_endpoint(value):
        refuse_all([{"message": "Invalid webhook endpoint URL", "property": "endpoint"}])
    return str(value)


ENDPOINTS = [
    Endpoint("webhook/endpoint", "GET", "/v2/bot/channel/webhook/endpoint", endpoint, WEBHOOK_SETTINGS),
    Endpoint("webhook/endpoint", "PUT", "/v2/bot/channel/webhook/endpoint", set_endpoint, WEBHOOK_SETTINGS),
    Endpoint("webhook/test", "POST", "/v2/bot/channel/webhook/test", test, HOURLY),
]
