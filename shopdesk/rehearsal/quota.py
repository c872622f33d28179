"""The month's messages and what each day sent."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from shopdesk.clock import japan_day
from shopdesk.rehearsal.answers import MONTHLY_LIMIT, RefusedError

if TYPE_CHECKING:
    from datetime import date, datetime


class Quota:
    """Counts one message for each person reached, by the months and days of Japan (LINE: UTC+9)."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._months: Counter[tuple[int, int]] = Counter()
        self._days: Counter[tuple[str, date]] = Counter()
        self._held: list[tuple[datetime, int]] = []

    def used(self, now: datetime) -> int:
        """Return the messages counted so far this month."""
        day = japan_day(now)
        return self._months[day.year, day.month]

    def left(self, now: datetime) -> int:
        """Return how many may still go out: what is held for a delivery in progress cannot."""
        self._held = [one for one in self._held if one[0] > now]
        return max(0, self.limit - self.used(now) - sum(messages for _until, messages in self._held))

    def hold(self, messages: int, until: datetime) -> None:
        """Keep so many from others until then (LINE: a narrowcast reserves its whole target reach)."""
        self._held.append((until, messages))

    def take(self, endpoint: str, people: int, now: datetime) -> None:
        """Count a send to so many people, or refuse all of it: LINE reserves the whole before it sends any."""
        day = japan_day(now)
        if people and people > self.left(now):
            raise RefusedError(429, MONTHLY_LIMIT)
        self._months[day.year, day.month] += people
        self._days[endpoint, day] += people

    def note_free(self, endpoint: str, people: int, now: datetime) -> None:
        """Count for the day's figures only: replies cost nothing."""
        self._days[endpoint, japan_day(now)] += people

    def sent_on(self, endpoint: str, day: date) -> int:
        """Return what went out by that endpoint on a day."""
        return self._days[endpoint, day]
