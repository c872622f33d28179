"""Endpoints that count what was sent: by day, and the units of the month."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from shopdesk.rehearsal.answers import Answer, done
from shopdesk.rehearsal.calls import Call, Endpoint
from shopdesk.rehearsal.endpoints.days import day_of, not_ready
from shopdesk.rehearsal.pages import one_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from shopdesk.rehearsal.rehearsal import Rehearsal

_FIRST_SENDS = date(2018, 3, 31)
_BASE = "/v2/bot/message/"


def _delivery(endpoint: str) -> Callable[[Rehearsal, Call], Answer]:
    def handler(rehearsal: Rehearsal, call: Call) -> Answer:
        day = day_of(call)
        unready = not_ready(day, call, _FIRST_SENDS)
        return unready or done({"status": "ready", "success": rehearsal.quota.sent_on(endpoint, day)})

    return handler


def unit_count(rehearsal: Rehearsal, call: Call) -> Answer:
    """Tell how many units this month has used."""
    return done({"numOfCustomAggregationUnits": len(rehearsal.measures.names(call.at))})


def unit_names(rehearsal: Rehearsal, call: Call) -> Answer:
    """List this month's units."""
    names = rehearsal.measures.names(call.at)
    return done(one_page("customAggregationUnits", names, call, usual=100, most=100))


ENDPOINTS = [
    *(
        Endpoint(f"delivery/{kind}", "GET", f"{_BASE}delivery/{kind}", _delivery(kind))
        for kind in ("push", "multicast", "broadcast", "reply")
    ),
    Endpoint("aggregation/info", "GET", _BASE + "aggregation/info", unit_count),
    Endpoint("aggregation/list", "GET", _BASE + "aggregation/list", unit_names),
]
