"""How many calls LINE takes: a token bucket for each endpoint."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from shopdesk.rehearsal.answers import RATE_EXCEEDED, RefusedError

if TYPE_CHECKING:
    from datetime import datetime


class Rate(NamedTuple):
    """So many calls in so many seconds; a full bucket holds them all."""

    calls: int
    seconds: int


USUAL = Rate(2000, 1)
MULTICAST = Rate(200, 1)
HOURLY = Rate(60, 3600)
WEBHOOK_SETTINGS = Rate(1000, 60)
LOADING = Rate(100, 1)
MODERATE = Rate(200, 1)
MENU_LIST = Rate(10, 1)
MENU_CHANGES = Rate(100, 3600)
MENU_BATCH = Rate(3, 3600)
SHORT_LIVED_TOKEN = Rate(370, 1)


@dataclass(slots=True)
class _Bucket:
    level: float
    at: datetime


class Rates:
    """The buckets, one for each endpoint and method (LINE: whatever the parameters)."""

    def __init__(self) -> None:
        self._buckets: dict[tuple[str, str], _Bucket] = {}

    def take(self, method: str, name: str, rate: Rate, now: datetime) -> None:
        """Take one call out of the bucket. Raises RefusedError 429 where it is empty."""
        bucket = self._buckets.get((method, name))
        if bucket is None:
            bucket = self._buckets[method, name] = _Bucket(rate.calls, now)
        passed = max(0.0, (now - bucket.at).total_seconds())
        bucket.level = min(rate.calls, bucket.level + passed * rate.calls / rate.seconds)
        bucket.at = now
        if bucket.level < 1:
            raise RefusedError(429, RATE_EXCEEDED)
        bucket.level -= 1
