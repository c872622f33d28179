"""When a regular export is due: at a time of day in Japan, each day, on a weekday, or on a day of the month."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from shopdesk.clock import JAPAN, japan_day

Every = Literal["daily", "weekly", "monthly"]
EVERY: tuple[Every, ...] = ("daily", "weekly", "monthly")


@dataclass(frozen=True, slots=True)
class Timing:
    """`weekday` counts from Monday, 0; `day` of a month is its last one where it is shorter; `at` is Japan's clock."""

    every: Every = "daily"
    at: time = time(3)
    weekday: int = 0
    day: int = 1

    def after(self, moment: datetime) -> datetime:
        """Return the first moment later than this one at which it is due, in UTC."""
        day = japan_day(moment)
        while True:
            due = datetime.combine(day, self.at, JAPAN).astimezone(UTC)
            if due > moment and self._is_on(day):
                return due
            day += timedelta(days=1)

    def _is_on(self, day: date) -> bool:
        if self.every == "weekly":
            return day.weekday() == self.weekday
        if self.every == "monthly":
            return day.day == min(self.day, calendar.monthrange(day.year, day.month)[1])
        return True
