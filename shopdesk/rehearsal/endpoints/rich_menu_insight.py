"""Endpoints that tell how often a rich menu was seen and tapped, from the day after; below 20 tapping people only its id."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from shopdesk.clock import japan_day
from shopdesk.rehearsal.answers import Answer, RefusedError, done
from shopdesk.rehearsal.calls import Call, Endpoint
from shopdesk.rehearsal.endpoints.days import day_of
from shopdesk.rehearsal.endpoints.rich_menus import menu_of
from shopdesk.rehearsal.rates import HOURLY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from shopdesk.rehearsal.rehearsal import Rehearsal

    # One thing that happened: on which day, to whom.
    Happened = tuple[date, str]

_FEWEST = 20
_LONGEST_SPAN = timedelta(days=396)
_OLDEST = timedelta(days=3 * 365)
_BASE = "/v2/bot/insight/richmenu/{richMenuId}/"


def _period(call: Call) -> tuple[date, date]:
    """Return the days asked for, up to yesterday. Raises RefusedError 400."""
    today = japan_day(call.at)
    first, last = day_of(call, "from"), day_of(call, "to")
    if not timedelta() <= last - first <= _LONGEST_SPAN or today - first > _OLDEST:
        raise RefusedError(400, "The period from 'from' to 'to' is invalid")
    return first, min(last, today - timedelta(days=1))


def _total(happened: Iterable[Happened]) -> dict[str, int]:
    everything = list(happened)
    return {"count": len(everything), "uniqueUsers": len({user_id for _day, user_id in everything})}


def _by_day(happened: Iterable[Happened]) -> list[dict[str, Any]]:
    everything = list(happened)
    people = Counter(day for day, _user_id in set(everything))
    return [
        {"date": f"{day:%Y%m%d}", "count": count, "uniqueUsers": people[day]}
        for day, count in sorted(Counter(day for day, _user_id in everything).items())
    ]


def _told_by(metrics: Callable[[Iterable[Happened]], Any]) -> Callable[[Rehearsal, Call], Answer]:
    def handler(rehearsal: Rehearsal, call: Call) -> Answer:
        menu = menu_of(rehearsal, call.arguments[0])
        first, last = _period(call)
        taps = [one for one in menu.taps if first <= one[0] <= last]
        if len({user_id for _day, user_id, _area in taps}) < _FEWEST:
            return done({"richMenuId": menu.rich_menu_id})
        clicks = [
            {"bounds": area["bounds"], "metrics": metrics((day, who) for day, who, where in taps if where == number)}
            for number, area in enumerate(menu.wanted["areas"], 1)
        ]
        seen = metrics(one for one in menu.seen if first <= one[0] <= last)
        days = {"metricsFrom": f"{first:%Y%m%d}", "metricsTo": f"{last:%Y%m%d}"}
        return done({"richMenuId": menu.rich_menu_id, **days, "impression": {"metrics": seen}, "clicks": clicks})

    return handler


ENDPOINTS = [
    Endpoint("insight/richmenu/summary", "GET", _BASE + "summary", _told_by(_total), HOURLY),
    Endpoint("insight/richmenu/daily", "GET", _BASE + "daily", _told_by(_by_day), HOURLY),
]
