"""What LINE tells the shop: signed events, posted to the webhook endpoint that was set."""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from shopdesk.rehearsal.answers import encoded

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

Event = dict[str, Any]

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
# LINE: no answer within two seconds is logged as a time-out.
_PATIENCE_S = 2.0
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
_URL_LENGTH = 500
_HTTP_OK = range(200, 300)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a webhook went: the status (0 without one), and LINE's word for it."""

    status: int
    reason: str
    detail: str

    @property
    def success(self) -> bool:
        """Whether the shop's server took it."""
        return self.status in _HTTP_OK


def may_be_endpoint(url: str) -> bool:
    """Tell whether events may go there: HTTPS as LINE demands, or plain HTTP to this computer for practice."""
    try:
        parts = urlsplit(url)
        _port = parts.port
    except ValueError:
        return False
    if len(url) > _URL_LENGTH or not parts.hostname or not url.isascii():
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)


def ulid(at: datetime) -> str:
    """Return a new ULID: 48 bits of milliseconds, 80 bits of chance."""
    number = (int(at.timestamp() * 1000) << 80) | secrets.randbits(80)
    return "".join(_CROCKFORD[(number >> shift) & 31] for shift in range(125, -1, -5))


def event(kind: str, user_id: str, at: datetime, own: Event) -> Event:
    """Return a webhook event of one person, with the fields that every event has."""
    return {
        "type": kind,
        **own,
        "webhookEventId": ulid(at),
        "deliveryContext": {"isRedelivery": False},
        "timestamp": int(at.timestamp() * 1000),
        "source": {"type": "user", "userId": user_id},
        "mode": "active",
    }


def signature(secret: str, body: bytes) -> str:
    """Return what `x-line-signature` says of these bytes: base64 of HMAC-SHA256 with the channel secret."""
    return base64.b64encode(hmac.digest(secret.encode(), body, hashlib.sha256)).decode()


def post(url: str, secret: str, destination: str, events: Sequence[Event]) -> Outcome:
    """Post events to the shop's endpoint; blocks up to two seconds. Never raises for what the network does."""
    body = encoded({"destination": destination, "events": list(events)})
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "LineBotWebhook/2.0",
        "x-line-signature": signature(secret, body),
    }
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    line = kind(parts.hostname or "", parts.port, timeout=_PATIENCE_S)
    try:
        line.request("POST", (parts.path or "/") + (f"?{parts.query}" if parts.query else ""), body, headers)
        status = line.getresponse().status
    except TimeoutError:
        return Outcome(0, "REQUEST_TIMEOUT", "Request timeout")
    except (OSError, http.client.HTTPException) as wrong:
        return Outcome(0, "COULD_NOT_CONNECT", type(wrong).__name__)
    finally:
        line.close()
    return Outcome(status, "OK" if status in _HTTP_OK else "ERROR_STATUS_CODE", str(status))
