"""The time: UTC inside, Japan's on the screen, and injected everywhere so that tests can turn it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

JAPAN = ZoneInfo("Asia/Tokyo")


class Clock(Protocol):
    """Tells the time; `now` is aware and in UTC."""

    def now(self) -> datetime:
        """Return the time."""
        ...


class SystemClock:
    """The computer's own clock."""

    def now(self) -> datetime:
        """Return the current time in UTC."""
        return datetime.now(UTC)


class FixedClock:
    """A clock that stands still until it is moved: tests, pictures, rehearsals."""

    def __init__(self, at: datetime) -> None:
        self._at = at.astimezone(UTC)

    def now(self) -> datetime:
        """Return the time it was set to."""
        return self._at

    def move(self, by: timedelta) -> None:
        """Turn the hands, forwards or back."""
        self._at += by


def in_japan(at: datetime) -> datetime:
    """Return the same moment as a Japanese wall clock shows it."""
    return at.astimezone(JAPAN)


def japan_day(at: datetime) -> date:
    """Return the calendar day in Japan at that moment."""
    return in_japan(at).date()


def start_of_japan_day(day: date) -> datetime:
    """Return midnight in Japan on that day, in UTC."""
    return datetime.combine(day, time(), JAPAN).astimezone(UTC)


def written_moment(said: str, *, end: bool = False) -> datetime:
    """Return the moment that a file writes: a day (with `end` its end), or a time, of Japan where it names no zone.

    Raises:
        ValueError: it is neither.
    """
    try:
        return start_of_japan_day(date.fromisoformat(said)) + timedelta(days=end)
    except ValueError:
        found = datetime.fromisoformat(said)
        return found if found.tzinfo else found.replace(tzinfo=JAPAN)
