"""Retry keys: a request accepted once is not accepted again for 24 hours."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from shopdesk.rehearsal.answers import ALREADY_ACCEPTED, Answer, RefusedError, encoded

if TYPE_CHECKING:
    from collections.abc import Sequence

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
MEMORY = timedelta(hours=24)


@dataclass(slots=True)
class _Seen:
    first: datetime
    request_id: str = ""
    sent: Sequence[dict[str, str]] = ()


class RetryKeys:
    """The keys seen, each remembered for 24 hours from its first request, accepted or not (LINE)."""

    def __init__(self) -> None:
        self._seen: dict[str, _Seen] = {}

    def see(self, key: str, now: datetime) -> None:
        """Note that a request with this key arrived. Raises RefusedError where it is no UUID."""
        if not _UUID.fullmatch(key):
            raise RefusedError(400, "The X-Line-Retry-Key header is invalid")
        seen = self._seen.get(key.lower())
        if seen is None or now - seen.first >= MEMORY:
            self._seen[key.lower()] = _Seen(now)

    def already(self, key: str) -> Answer | None:
        """Return the 409 for a key that was accepted, with the first request's id and messages; else None."""
        seen = self._seen[key.lower()]
        return conflict(seen.request_id, seen.sent) if seen.request_id else None

    def accept(self, key: str, request_id: str, sent: Sequence[dict[str, str]]) -> None:
        """Remember that the request with this key had its effect."""
        seen = self._seen[key.lower()]
        seen.request_id, seen.sent = request_id, sent


def conflict(request_id: str, sent: Sequence[dict[str, str]] = ()) -> Answer:
    """Return the 409 that names the request accepted before; for push also what it sent."""
    body: dict[str, object] = {"message": ALREADY_ACCEPTED}
    if sent:
        body["sentMessages"] = sent
    return Answer(409, encoded(body), ((b"x-line-accepted-request-id", request_id.encode()),))
