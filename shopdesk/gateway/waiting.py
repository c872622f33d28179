"""What one request begins and another one ends, kept in memory meanwhile: a way through LINE's sign-in, a question that is open."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from datetime import datetime

    from shopdesk.clock import Clock

T = TypeVar("T")
LASTS = timedelta(minutes=10)
ALL, EACH = 10_000, 1_000
"""So much waits at most; of more the oldest is let go, and whoever begins most loses but their own."""


class _One(NamedTuple, Generic[T]):
    what: T
    who: str
    until: datetime


class Waiting(Generic[T]):
    """Keeps what was begun for ten minutes, and gives it out once."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._kept: dict[str, _One[T]] = {}
        self._of: Counter[str] = Counter()
        self._guard = threading.Lock()

    def keep(self, key: str, what: T, who: str) -> None:
        """Keep it under a key that nobody guesses; `who` begins it: an address of the internet, or a person."""
        now = self._clock.now()
        with self._guard:
            while self._kept and now >= self._oldest().until:
                self._pop(next(iter(self._kept)))
            if self._of[who] >= EACH:
                self._pop(next(one for one, kept in self._kept.items() if kept.who == who))
            elif len(self._kept) >= ALL:
                self._pop(next(iter(self._kept)))
            self._kept[key] = _One(what, who, now + LASTS)
            self._of[who] += 1

    def take(self, key: str) -> T | None:
        """Return what waits under a key, which is over by that; None where nothing does, or for too long."""
        with self._guard:
            found = self._pop(key)
        return found.what if found and self._clock.now() < found.until else None

    def _oldest(self) -> _One[T]:
        return next(iter(self._kept.values()))

    def _pop(self, key: str) -> _One[T] | None:
        found = self._kept.pop(key, None)
        if found:
            self._of[found.who] -= 1
            if not self._of[found.who]:
                del self._of[found.who]
        return found
