"""Endpoints of LINE's statistics; what fewer than 20 people caused is null."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from shopdesk.clock import japan_day
from shopdesk.rehearsal.answers import Answer, RefusedError, done
from shopdesk.rehearsal.calls import Call, Endpoint
from shopdesk.rehearsal.demographics import AGES, PERIODS, demographic
from shopdesk.rehearsal.endpoints.days import day_of, not_ready
from shopdesk.rehearsal.rates import HOURLY

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shopdesk.rehearsal.measures import Measure
    from shopdesk.rehearsal.rehearsal import Rehearsal

_FIRST = date(2016, 11, 1)
_FEWEST = 20
_LONGEST_SPAN = timedelta(days=30)
_BASE = "/v2/bot/insight/"
_DELIVERIES = {
    "apiBroadcast": "broadcast",
    "apiPush": "push",
    "apiMulticast": "multicast",
    "apiNarrowcast": "narrowcast",
    "apiReply": "reply",
}


def followers(rehearsal: Rehearsal, call: Call) -> Answer:
    """Tell how many friends there are; of a past day the rehearsal only knows today's number."""
    day = day_of(call, default=japan_day(call.at) - timedelta(days=1))
    unready = not_ready(day, call, _FIRST)
    reached, everybody = len(rehearsal.people.all_reachable()), len(rehearsal.people)
    counts = {"followers": everybody, "targetedReaches": reached, "blocks": everybody - reached}
    return unready or done({"status": "ready", **counts})


def deliveries(rehearsal: Rehearsal, call: Call) -> Answer:
    """Tell how many messages went out on a day, by kind."""
    day = day_of(call)
    unready = not_ready(day, call, _FIRST)
    counts = {word: rehearsal.quota.sent_on(endpoint, day) for word, endpoint in _DELIVERIES.items()}
    return unready or done({"status": "ready", **{word: count for word, count in counts.items() if count}})


def demographics(rehearsal: Rehearsal, _call: Call) -> Answer:
    """Tell the shares of the friends, where there are enough of them."""
    people = [demographic(person.user_id) for person in rehearsal.people.all_reachable()]
    if len(people) < _FEWEST:
        return done({"available": False})
    return done(
        {
            "available": True,
            "genders": _shares("gender", (one.gender for one in people)),
            "ages": _shares("age", (AGES[one.age] for one in people)),
            "areas": _shares("area", (one.area for one in people)),
            "appTypes": _shares("appType", (one.app_type for one in people)),
            "subscriptionPeriods": _shares("subscriptionPeriod", (PERIODS[one.period] for one in people)),
        }
    )


def _shares(name: str, values: Iterable[str]) -> list[dict[str, Any]]:
    counts = Counter(values)
    return [
        {name: value, "percentage": round(100 * count / counts.total(), 1)} for value, count in sorted(counts.items())
    ]


def _shown(people: int) -> int | None:
    """Return a number of people as LINE shows it: not at all below 20."""
    return people if people >= _FEWEST else None


def _bubbles(measures: Sequence[Measure]) -> list[dict[str, Any]]:
    seen = _shown(len(set().union(*(one.seen for one in measures))))
    return [{"seq": seq, "impression": seen} for seq in range(1, max((one.bubbles for one in measures), default=0) + 1)]


def _clicks(measures: Sequence[Measure]) -> list[dict[str, Any]]:
    taps: dict[tuple[int, str], list[str]] = {}
    for one in measures:
        for place, people in one.taps.items():
            taps.setdefault(place, []).extend(people)
    return [
        {
            "seq": seq,
            "url": url,
            "click": len(people) if _shown(len(set(people))) else None,
            "uniqueClick": _shown(len(set(people))),
        }
        for (seq, url), people in sorted(taps.items())
    ]


def _overview(measures: Sequence[Measure]) -> dict[str, Any]:
    return {
        "uniqueImpression": _shown(len(set().union(*(one.seen for one in measures)))),
        "uniqueClick": _shown(len(set().union(*(one.tappers() for one in measures)))),
        "uniqueMediaPlayed": None,
        "uniqueMediaPlayed100Percent": None,
    }


def event(rehearsal: Rehearsal, call: Call) -> Answer:
    """Tell what became of a broadcast or narrowcast."""
    request_id = call.query.get("requestId")
    if not request_id:
        raise RefusedError(400, "The value for the 'requestId' parameter is invalid")
    measure = rehearsal.measures.requests.get(request_id)
    if measure is None:
        return done({"overview": {"requestId": request_id}, "messages": [], "clicks": []})
    sent: dict[str, Any] = {
        "requestId": request_id,
        "timestamp": int(measure.at.timestamp()),
        "delivered": measure.delivered,
    }
    return done(
        {"overview": sent | _overview([measure]), "messages": _bubbles([measure]), "clicks": _clicks([measure])}
    )


def unit(rehearsal: Rehearsal, call: Call) -> Answer:
    """Tell what became of all sends of a unit in at most 30 days."""
    name, first, last = call.query.get("customAggregationUnit"), day_of(call, "from"), day_of(call, "to")
    if not name:
        raise RefusedError(400, "The value for the 'customAggregationUnit' parameter is invalid")
    if not timedelta() <= last - first <= _LONGEST_SPAN:
        raise RefusedError(400, "The period from 'from' to 'to' must be 30 days or less")
    found = rehearsal.measures.of_unit(name, first, last)
    return done({"overview": _overview(found), "messages": _bubbles(found), "clicks": _clicks(found)})


ENDPOINTS = [
    Endpoint("insight/followers", "GET", _BASE + "followers", followers, HOURLY),
    Endpoint("insight/demographic", "GET", _BASE + "demographic", demographics, HOURLY),
    Endpoint("insight/message/delivery", "GET", _BASE + "message/delivery", deliveries, HOURLY),
    Endpoint("insight/message/event", "GET", _BASE + "message/event", event, HOURLY),
    Endpoint("insight/message/event/aggregation", "GET", _BASE + "message/event/aggregation", unit, HOURLY),
]
