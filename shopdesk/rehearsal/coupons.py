"""The account's coupons: created once, never changed, closed for good."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(slots=True)
class Coupon:
    """A coupon as it was created."""

    coupon_id: str
    wanted: dict[str, Any]
    created: datetime
    closed: bool = False

    def status(self, now: datetime) -> str:
        """Return LINE's word: RUNNING also before it begins, CLOSED when it has expired or was closed."""
        return "CLOSED" if self.closed or self.wanted["endTimestamp"] <= now.timestamp() else "RUNNING"


class Coupons:
    """Coupons by id, the oldest first."""

    def __init__(self) -> None:
        self._by_id: dict[str, Coupon] = {}

    def create(self, wanted: dict[str, Any], now: datetime) -> Coupon:
        """Keep a new one."""
        coupon = Coupon("01" + secrets.token_hex(12).upper(), wanted, now)
        self._by_id[coupon.coupon_id] = coupon
        return coupon

    def get(self, coupon_id: str) -> Coupon | None:
        """Return the coupon of that id, or None."""
        return self._by_id.get(coupon_id)

    def newest_first(self) -> list[Coupon]:
        """Return them all."""
        return list(reversed(self._by_id.values()))

    def open(self, now: datetime) -> int:
        """Return how many are valid."""
        return sum(one.status(now) == "RUNNING" for one in self._by_id.values())
