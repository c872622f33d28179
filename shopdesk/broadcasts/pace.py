"""Keeping below LINE's calls a second."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from shopdesk.line import limits

if TYPE_CHECKING:
    from collections.abc import Callable

SHARE = 0.95
# A waiter wakes late rather than early; a slot that far ahead is worth a timer.
_WORTH_WAITING_S = 0.001


class Pace:
    """Gives out evenly spaced turns, so that no second holds more calls than LINE takes."""

    def __init__(self, endpoint: str, now: Callable[[], float]) -> None:
        # 60 broadcasts an hour are no matter of pace: ours make one.
        self._apart = 0.0 if endpoint == "broadcast" else 1 / (limits.CALLS_PER_SECOND[endpoint] * SHARE)
        self._now = now
        self._next = 0.0

    def slot(self) -> float:
        """Take the next turn and return how many seconds it is away."""
        now = self._now()
        mine = max(now, self._next)
        self._next = mine + self._apart
        return mine - now

    async def turn(self) -> None:
        """Wait for the next turn."""
        wait = self.slot()
        if wait > _WORTH_WAITING_S:
            await asyncio.sleep(wait)
