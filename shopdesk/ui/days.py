"""Days and times as people say them, in Japan's time."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from shopdesk.clock import in_japan, japan_day
from shopdesk.i18n import _

if TYPE_CHECKING:
    from datetime import date, datetime


def month_day(day: date) -> str:
    """Return `11/20`."""
    return f"{day.month}/{day.day:02}"


def day_of_week(day: date) -> str:
    """Return `11/20 (Fri)`."""
    names = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
    return _("{month}/{day} ({weekday})").format(month=day.month, day=day.day, weekday=names[day.weekday()])


def short_day(at: datetime, now: datetime) -> str:
    """Return `11/20`, with its year where that is not this one."""
    day, today = japan_day(at), japan_day(now)
    return month_day(day) if day.year == today.year else f"{day.year}/{month_day(day)}"


def clock_time(at: datetime) -> str:
    """Return `14:03`, and `09:10` as in the program's sentences."""
    return f"{in_japan(at):%H:%M}"


def when(at: datetime, now: datetime) -> str:
    """Return `today 14:03`, `yesterday 09:10`, or the day."""
    day, today = japan_day(at), japan_day(now)
    if day == today:
        return _("today {time}").format(time=clock_time(at))
    if day == today - timedelta(days=1):
        return _("yesterday {time}").format(time=clock_time(at))
    if day == today + timedelta(days=1):
        return _("tomorrow {time}").format(time=clock_time(at))
    return short_day(at, now)


def day_time(at: datetime) -> str:
    """Return `2026/11/20 14:03`, as it stands in a list."""
    return f"{in_japan(at):%Y/%m/%d %H:%M}"


def next_month(now: datetime) -> str:
    """Return the first day of next month: when LINE counts messages from nothing again."""
    return _("{month}/1").format(month=japan_day(now).month % 12 + 1)
