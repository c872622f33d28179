"""How fast a broadcast goes and how long it takes yet, from the last few looks."""

from __future__ import annotations

from collections import deque

LOOKS_BACK_S = 6.0


class Pace:
    """People per second over the last seconds."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, int]] = deque()

    def note(self, at: float, done: int) -> None:
        """Note how many were done at a time in seconds."""
        self._seen.append((at, done))
        while len(self._seen) > 2 and at - self._seen[0][0] > LOOKS_BACK_S:
            self._seen.popleft()

    def per_second(self) -> float:
        """Return people per second; 0 while nothing moved."""
        if len(self._seen) < 2:
            return 0.0
        (before, then), (now, done) = self._seen[0], self._seen[-1]
        return max(0.0, (done - then) / (now - before)) if now > before else 0.0

    def seconds_left(self, remaining: int) -> float | None:
        """Return how long the rest takes, None while that cannot be said."""
        speed = self.per_second()
        return remaining / speed if speed else None
