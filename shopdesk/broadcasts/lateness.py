"""What is too late to begin or go on by itself, and when the messages of automations may still go. Pure: no session and no clock."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from shopdesk.clock import in_japan

LATE = timedelta(hours=1)
OVERDUE = timedelta(days=2)
"""What is later than this goes out at any hour, where it goes by itself: it seems that the computer is never on by day."""
FIRST_HOUR, LAST_HOUR = 9, 21
"""Between these hours in Japan late ones go out: a computer that is turned on at night wakes nobody."""


def is_late(due: datetime | None, now: datetime) -> bool:
    """Tell whether the time of one that has not begun is more than an hour over."""
    return due is not None and now - due > LATE


def by_day(now: datetime) -> bool:
    """Tell whether late ones may go out."""
    return FIRST_HOUR <= in_japan(now).hour < LAST_HOUR


def judge(due: datetime | None, now: datetime, *, by_itself: bool) -> Literal["go", "ask", "wait"]:
    """Return what is to be done with one that is due; `by_itself`: an automation's, which waits for the day rather than for a person."""
    if due is None or not is_late(due, now):
        return "go"
    if not by_itself:
        return "ask"
    return "go" if by_day(now) or now - due > OVERDUE else "wait"
