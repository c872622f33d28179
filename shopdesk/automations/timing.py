"""When somebody has their turn with a step. Pure: no session and no clock. Japan's clock is never put forward or back."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import NamedTuple

from shopdesk.clock import JAPAN, japan_day, start_of_japan_day

_DAY, _MILLISECOND = timedelta(days=1), timedelta(milliseconds=1)


class Time(NamedTuple):
    """So many days after the answer, at a time of day in Japan; None for the time of the answer."""

    days: int
    at: time | None


def due(answered: datetime, when: Time) -> datetime:
    """Return when somebody who answered then has their turn; on the day of the answer at the next such time."""
    if when.at is None:
        return answered + timedelta(days=when.days)
    found = _at(answered + timedelta(days=when.days), when.at)
    return found if found >= answered else found + _DAY


def answered_by(now: datetime, when: Time) -> datetime:
    """Return the last moment at which somebody must have answered to have had their turn by `now`, to the millisecond."""
    if when.at is None:
        return now - timedelta(days=when.days)
    last = _at(now, when.at)
    last = last if last <= now else last - _DAY
    if not when.days:
        return last
    return start_of_japan_day(japan_day(last) - timedelta(days=when.days - 1)) - _MILLISECOND


def _at(day: datetime, at: time) -> datetime:
    return datetime.combine(japan_day(day), at, JAPAN)
