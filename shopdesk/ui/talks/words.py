"""How a talk is said in a line: who it is with, what was said last, when, and how long somebody waits."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from shopdesk.clock import japan_day
from shopdesk.i18n import N_, _, _n
from shopdesk.ui.days import clock_time, short_day
from shopdesk.ui.directions import isolated, named, seen

if TYPE_CHECKING:
    from datetime import date, datetime

    from shopdesk.talks import Setup, Talk

LINE_UNITS = 200
"""No line shows more of a message; measuring all of a long one would take the screen's time."""
_WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
_SENT = {
    "image": N_("Sent a picture"),
    "video": N_("Sent a video"),
    "audio": N_("Sent a voice message"),
    "file": N_("Sent a file"),
    "sticker": N_("Sent a sticker"),
    "location": N_("Sent a place"),
    "postback": N_("Pressed a button"),
}


def called(name: str) -> str:
    """Return how a friend is called; also somebody whose name cannot be seen has one."""
    return named(name)


def initial(name: str) -> str:
    """Return the name whose first letter stands for a friend, '' for somebody whose name cannot be seen."""
    return name if seen(name) else ""


def last_line(talk: Talk) -> str:
    """Return what was said last, in one line."""
    if talk.last_kind == "text" or (talk.last_words and talk.last_kind not in _SENT):
        return isolated(" ".join(talk.last_words[:LINE_UNITS].split()))
    return _(_SENT[talk.last_kind]) if talk.last_kind in _SENT else ""


def moment(at: datetime, now: datetime) -> str:
    """Return when something was said, as short as a list wants it: `14:03`, yesterday, or the day."""
    day, today = japan_day(at), japan_day(now)
    if day == today:
        return clock_time(at)
    return _("Yesterday") if day == today - timedelta(days=1) else short_day(at, now)


def day_line(day: date, today: date) -> str:
    """Return what stands above the messages of a day."""
    if day == today:
        return _("Today")
    if day == today - timedelta(days=1):
        return _("Yesterday")
    weekday = _(_WEEKDAYS[day.weekday()])
    if day.year == today.year:
        return _("{month}/{day} ({weekday})").format(month=day.month, day=day.day, weekday=weekday)
    return _("{month}/{day}/{year} ({weekday})").format(month=day.month, day=day.day, year=day.year, weekday=weekday)


def waits(since: datetime, now: datetime) -> str:
    """Return how long somebody has been waiting for an answer."""
    minutes = max(0, int((now - since).total_seconds() // 60))
    if minutes < 1:
        return _("waiting since just now")
    if minutes < 60:
        return _n("waiting for {n} minute", "waiting for {n} minutes", minutes).format(n=minutes)
    hours = minutes // 60
    if hours < 24:
        return _n("waiting for {n} hour", "waiting for {n} hours", hours).format(n=hours)
    return _n("waiting for {n} day", "waiting for {n} days", hours // 24).format(n=hours // 24)


def not_sent(talk: Talk) -> str:
    """Return how many answers did not go out, '' for none."""
    return _n("{n} answer not sent", "{n} answers not sent", talk.failed).format(n=talk.failed) if talk.failed else ""


def machine_words(setup: Setup) -> str:
    """Return when the answering machine speaks."""
    if setup.silent:
        return _("Auto reply: not set up")
    only_closed = setup.hours and setup.closed_message and not (setup.rules or setup.assistant or setup.greeting)
    return _("Auto reply: out of hours only") if only_closed else _("Auto reply: on")
