"""Hours of the day in Japan in which nothing is sent to many; they may cross midnight."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Self

from shopdesk.clock import JAPAN, in_japan
from shopdesk.errors import InvalidInputError
from shopdesk.i18n import _

_FORM = re.compile(r"(\d{1,2}):(\d{2})\s*[-–~〜～]\s*(\d{1,2}):(\d{2})")
_HOURS, _MINUTES = 24, 60


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From `begin` up to `end` by the clock in Japan; `end` itself is no longer quiet."""

    begin: time
    end: time

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read hours as a person types them, like 21:00-08:00; nothing typed means none.

        Raises:
            InvalidInputError: these are no hours, or they begin when they end.
        """
        if not text.strip():
            return None
        found = _FORM.fullmatch(text.strip())
        numbers = [int(one) for one in found.groups()] if found else []
        sound = bool(numbers) and max(numbers[::2]) < _HOURS and max(numbers[1::2]) < _MINUTES
        if not sound or numbers[:2] == numbers[2:]:
            raise InvalidInputError(_("Write quiet hours like 21:00-08:00, or leave them empty."))
        begin_hour, begin_minute, end_hour, end_minute = numbers
        return cls(time(begin_hour, begin_minute), time(end_hour, end_minute))

    def __str__(self) -> str:
        """Write them as `parse` reads them."""
        return f"{self.begin:%H:%M}-{self.end:%H:%M}"

    def over_at(self, at: datetime) -> datetime | None:
        """Return when the quiet hours around `at` end, in Japan's time; None where `at` is in none."""
        here = in_japan(at)
        clock = here.time()
        if self.begin < self.end:
            quiet, tomorrow = self.begin <= clock < self.end, False
        else:
            quiet, tomorrow = clock >= self.begin or clock < self.end, clock >= self.begin
        if not quiet:
            return None
        return datetime.combine(here.date() + timedelta(days=tomorrow), self.end, JAPAN)
