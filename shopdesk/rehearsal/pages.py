"""Lists that come page by page: `next` is good for 24 hours."""

from __future__ import annotations

import base64
import binascii
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from shopdesk.rehearsal.answers import RefusedError, refuse_all

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopdesk.rehearsal.calls import Call

_LIFE = timedelta(hours=24)


def page_limit(call: Call, *, usual: int, most: int) -> int:
    """Return how many the caller wants on a page. Raises RefusedError 400 where it is not 1 to `most`."""
    limit = call.query.get("limit", str(usual))
    if not (limit.isascii() and limit.isdecimal()) or not 1 <= int(limit) <= most:
        refuse_all([{"message": f"Must be a number between 1 and {most}", "property": "limit"}])
    return int(limit)


def page_start(call: Call) -> int:
    """Return the place at which the wanted page begins. Raises RefusedError 400 for a made-up or old `start`."""
    if "start" not in call.query:
        return 0
    try:
        place, since = map(int, base64.urlsafe_b64decode(call.query["start"]).split(b"."))
        issued = datetime.fromtimestamp(since, UTC)
    except (ValueError, binascii.Error, OverflowError, OSError) as wrong:
        raise RefusedError(400, "Invalid start") from wrong
    if place < 0 or call.at - issued >= _LIFE:
        raise RefusedError(400, "Invalid start")
    return place


def page_token(place: int, now: datetime) -> str:
    """Return the `next` with which the page from that place on is asked for."""
    return base64.urlsafe_b64encode(f"{place}.{int(now.timestamp())}".encode()).decode()


def one_page(key: str, everything: Sequence[Any], call: Call, *, usual: int, most: int) -> dict[str, object]:
    """Return LINE's body for one page of a whole list, which lies under `key`."""
    start, limit = page_start(call), page_limit(call, usual=usual, most=most)
    body: dict[str, object] = {key: list(everything[start : start + limit])}
    if start + limit < len(everything):
        body["next"] = page_token(start + limit, call.at)
    return body
