"""What LINE calls back with: the body of a webhook as events. What cannot be read is a value that says why, never an error.

Forms: LINE's webhook.yml and the Messaging API reference, "Webhook Event Objects".
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from shopdesk.japanese import clean

USER_ID = re.compile(r"U[0-9a-f]{32}")
"""A user's id, by LINE's webhook.yml."""
_EVENT_ID = re.compile(r"[!-~]{1,64}")  # a ULID today; LINE does not promise it
_TOKEN = re.compile(r"[!-~]{1,512}")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST_MS = 253_402_300_799_000
"""The end of the year 9999, the last that a datetime holds."""
_LONGEST_NUMBER = 18
_ACTIVE = "active"

Own = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LineEvent:
    """One event. `user_id` is '' where LINE does not say who; `reply_token` '' where nothing may be replied.

    Args:
        id: LINE's `webhookEventId`: the same for every redelivery.
        kind: LINE's `type`: message, follow, unfollow, postback, …, also those nobody knows yet.
        at: When it happened, in UTC; a redelivery keeps it.
        user_id: Whose it is.
        private: Whether it happened between the person and the account, not in a group.
        reply_token: Good once, for about a minute.
        standby: Another module answers here: nothing may be sent.
        own: The whole event as LINE wrote it, texts cleaned.
    """

    id: str
    kind: str
    at: datetime
    user_id: str
    private: bool
    reply_token: str
    standby: bool
    own: Own

    def part(self, name: str) -> Own:
        """Return an object inside the event, empty where there is none."""
        found = self.own.get(name)
        return found if isinstance(found, dict) else {}


@dataclass(frozen=True, slots=True)
class Webhook:
    """A webhook's body: for which bot, its events, and what of it could not be read and why (in English, for the log)."""

    destination: str
    events: tuple[LineEvent, ...]
    unread: tuple[str, ...] = ()


def signed(secret: bytes, body: bytes, signature: bytes) -> bool:
    """Say whether LINE wrote these bytes: base64 of their HMAC-SHA256 with the channel secret, compared as bytes.

    An empty secret signs nothing, whatever LINE's own SDK takes it for.
    """
    if not secret:
        return False
    return hmac.compare_digest(base64.b64encode(hmac.digest(secret, body, hashlib.sha256)), signature)


def read_webhook(body: bytes) -> Webhook:
    """Return what a webhook's body says. Poison – broken JSON, nesting without end – becomes a reason in `unread`."""
    try:
        said = json.loads(body.decode("utf-8", "replace"), parse_int=_number, parse_constant=lambda _: None)
        said = _sound(said)
    except (ValueError, RecursionError) as wrong:
        return Webhook("", (), (f"no JSON: {type(wrong).__name__}",))
    if not isinstance(said, dict) or not isinstance(said.get("events"), list):
        return Webhook("", (), ("no list of events",))
    read = [_event(one) for one in said["events"]]
    destination = said.get("destination")
    return Webhook(
        destination if isinstance(destination, str) else "",
        tuple(one for one in read if isinstance(one, LineEvent)),
        tuple(one for one in read if isinstance(one, str)),
    )


def without(body: bytes, user_id: str) -> bytes:
    """Return a body without the events that name a person; one that cannot be read loses all it says."""
    try:
        said = json.loads(body.decode("utf-8", "replace"), parse_int=_number)
        said["events"] = [one for one in said["events"] if user_id not in json.dumps(one)]
        return json.dumps(said).encode()
    except (ValueError, TypeError, KeyError, RecursionError):
        return b"{}"


def _number(digits: str) -> int | None:
    """A number of LINE's; one of thousands of digits is no number of theirs, and Python would refuse the whole body."""
    return int(digits) if len(digits) <= _LONGEST_NUMBER else None


def _sound(value: Any) -> Any:
    """Clean every text: lone surrogates and NUL cannot be stored."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [_sound(one) for one in value]
    if isinstance(value, dict):
        return {clean(name): _sound(one) for name, one in value.items()}
    return value


def _event(said: Any) -> LineEvent | str:
    if not isinstance(said, dict):
        return "an event that is no object"
    kind, number, ms = said.get("type"), said.get("webhookEventId"), said.get("timestamp")
    if not isinstance(number, str) or not _EVENT_ID.fullmatch(number):
        return "an event without webhookEventId"
    if not isinstance(kind, str) or not kind:
        return "an event without type"
    if not isinstance(ms, int) or isinstance(ms, bool) or not 0 <= ms <= _LAST_MS:
        return "an event without a time"
    source = said.get("source")
    source = source if isinstance(source, dict) else {}
    user, token = source.get("userId"), said.get("replyToken")
    standby = said.get("mode", _ACTIVE) != _ACTIVE
    return LineEvent(
        number,
        kind,
        _EPOCH + timedelta(milliseconds=ms),
        user if isinstance(user, str) and USER_ID.fullmatch(user) else "",
        source.get("type") == "user",
        token if isinstance(token, str) and _TOKEN.fullmatch(token) and not standby else "",
        standby,
        said,
    )
