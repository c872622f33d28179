"""The narrowcast: to those who match, decided after it was accepted, with the whole reach reserved meanwhile."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from shopdesk.rehearsal.answers import MONTHLY_LIMIT, Answer, Problem, RefusedError, encoded, refuse_all
from shopdesk.rehearsal.calls import Call, Endpoint
from shopdesk.rehearsal.demographics import AGE_STARTS, AREAS, PERIOD_STARTS, demographic
from shopdesk.rehearsal.endpoints.sending import checked_messages
from shopdesk.rehearsal.narrowcasts import MEMORY, PARTIAL, SENDING, TOO_FEW, Narrowcast
from shopdesk.rehearsal.objects.shapes import (
    Rule,
    by_type,
    flag,
    integer,
    items,
    must,
    one_of,
    record,
    string,
    wrong,
)
from shopdesk.rehearsal.rates import HOURLY

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shopdesk.rehearsal.demographics import Demographic
    from shopdesk.rehearsal.people import Person
    from shopdesk.rehearsal.rehearsal import Rehearsal

# LINE: filters need a reach of 100 friends and must leave 50 people.
_LEAST_REACH = 100
_LEAST_PEOPLE = 50
_PARTS = 10
_REQUEST_ID = re.compile(r"[0-9a-f-]{36}")
_MANY = (1 << 31) - 1


def _either(value: object, at: str, problems: list[Problem], each: Rule) -> None:
    """Check an operator: exactly one of `and`, `or`, `not`."""
    given = [word for word in ("and", "or", "not") if isinstance(value, dict) and value.get(word) is not None]
    if not isinstance(value, dict) or len(given) != 1:
        wrong(problems, at, "Exactly one of and, or, not must be specified")
    elif given == ["not"]:
        each(value["not"], f"{at}.not", problems)
    else:
        items(each, 1, _PARTS)(value[given[0]], f"{at}.{given[0]}", problems)


def _recipient_operator(value: object, at: str, problems: list[Problem]) -> None:
    _either(value, at, problems, _recipient)


def _filter_operator(value: object, at: str, problems: list[Problem]) -> None:
    _either(value, at, problems, _demographic)


def _span(starts: dict[str, int]) -> Rule:
    return record({}, {"gte": one_of(*starts), "lt": one_of(*starts)})


_recipient = by_type(
    {
        "operator": _recipient_operator,
        "audience": record({"audienceGroupId": integer(1, 1 << 53)}),
        "redelivery": record({"requestId": string(36, 36, pattern=_REQUEST_ID)}),
    }
)
_demographic = by_type(
    {
        "operator": _filter_operator,
        "gender": record({"oneOf": items(one_of("male", "female"), 1, 2)}),
        "appType": record({"oneOf": items(one_of("ios", "android"), 1, 2)}),
        "area": record({"oneOf": items(one_of(*AREAS), 1, len(AREAS))}),
        "age": _span(AGE_STARTS),
        "subscriptionPeriod": _span(PERIOD_STARTS),
    }
)
_limit = record({}, {"max": integer(1, _MANY), "upToRemainingQuota": flag, "forbidPartialDelivery": flag})
_request = record({}, {"recipient": _recipient, "filter": record({}, {"demographic": _demographic}), "limit": _limit})


def _combined(value: dict[str, Any], everybody: set[str], one: Callable[[dict[str, Any]], set[str]]) -> set[str]:
    """Return whom a tree of operators names, asking `one` of its leaves."""
    if value["type"] != "operator":
        return one(value)
    if value.get("not") is not None:
        return everybody - _combined(value["not"], everybody, one)
    parts = [_combined(part, everybody, one) for part in value.get("and") or value["or"]]
    return set.intersection(*parts) if value.get("and") else set.union(*parts)


def _within(place: int, span: dict[str, Any], starts: dict[str, int]) -> bool:
    first, end = span.get("gte"), span.get("lt")
    return (first is None or place >= starts[first]) and (end is None or place < starts[end])


_MATCHES: dict[str, Callable[[Demographic, dict[str, Any]], bool]] = {
    "gender": lambda who, asked: who.gender in asked["oneOf"],
    "appType": lambda who, asked: who.app_type in asked["oneOf"],
    "area": lambda who, asked: who.area in asked["oneOf"],
    "age": lambda who, asked: _within(who.age, asked, AGE_STARTS),
    "subscriptionPeriod": lambda who, asked: _within(who.period, asked, PERIOD_STARTS),
}


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is asked for, and whom it names among those who can be reached."""

    limit: dict[str, Any]
    people: Sequence[Person]
    reach: int
    filtered: bool

    def reserved(self, left: int) -> int:
        """Return how many messages LINE keeps for it until it is done."""
        if self.limit.get("max") is not None:
            return int(self.limit["max"])
        return left if self.limit.get("upToRemainingQuota") else self.reach


def _planned(rehearsal: Rehearsal, call: Call) -> _Plan:
    body = call.json
    reachable = rehearsal.people.all_reachable()
    everybody = {person.user_id for person in reachable}
    named = everybody
    wanted = (body.get("filter") or {}).get("demographic")
    if body.get("recipient") is not None:
        named = _combined(body["recipient"], everybody, lambda leaf: _reached_before(rehearsal, call, leaf))
    if wanted is not None:
        if len(everybody) < _LEAST_REACH:
            raise RefusedError(403, "Your account does not have enough friends")
        named = named & _combined(wanted, everybody, lambda leaf: _matching(everybody, leaf))
    people = [person for person in reachable if person.user_id in named]
    return _Plan(body.get("limit") or {}, people, len(everybody), filtered=wanted is not None)


def _reached_before(rehearsal: Rehearsal, call: Call, leaf: dict[str, Any]) -> set[str]:
    """Return whom an earlier broadcast or narrowcast reached; audiences are not rehearsed, so none is known."""
    measure = rehearsal.measures.requests.get(leaf.get("requestId", ""))
    if measure is None or call.at - measure.at >= MEMORY:
        place = "recipient.audienceGroupId" if leaf["type"] == "audience" else "recipient.requestId"
        refuse_all([{"message": "Not found", "property": place}])
        return set()
    return set(measure.reached)


def _matching(everybody: set[str], leaf: dict[str, Any]) -> set[str]:
    return {user_id for user_id in everybody if _MATCHES[leaf["type"]](demographic(user_id), leaf)}


def narrowcast(rehearsal: Rehearsal, call: Call) -> Answer:
    """Accept a send to those who match; what became of it is told by its progress."""
    sound = checked_messages(call.json)
    must(_request, call.json)
    already = rehearsal.retry_keys.already(call.retry_key) if call.retry_key is not None else None
    if already:
        return already
    plan = _planned(rehearsal, call)
    left = rehearsal.quota.left(call.at)
    reserved = plan.reserved(left)
    if reserved > left or (plan.people and not left):
        raise RefusedError(429, MONTHLY_LIMIT)
    reached, error = _decided(plan, reserved)
    measure = rehearsal.measures.of_request(call.request_id, call.at, len(sound), [one.user_id for one in reached])
    rehearsal.quota.take("narrowcast", len(reached), call.at)
    rehearsal.quota.hold(max(0, reserved - len(reached)), call.at + SENDING)
    rehearsal.deliver(reached, "narrowcast", sound, measure)
    rehearsal.narrowcasts.by_request[call.request_id] = Narrowcast(call.at, len(reached), error)
    if call.retry_key is not None:
        rehearsal.retry_keys.accept(call.retry_key, call.request_id, ())
    return Answer(202, encoded({}), accepted=True)


def _decided(plan: _Plan, reserved: int) -> tuple[Sequence[Person], int | None]:
    """Return who gets it, and LINE's number for the failure where nobody does."""
    if plan.filtered and len(plan.people) < _LEAST_PEOPLE:
        return [], TOO_FEW
    if len(plan.people) > reserved and plan.limit.get("forbidPartialDelivery"):
        return [], PARTIAL
    return plan.people[:reserved], None


def progress(rehearsal: Rehearsal, call: Call) -> Answer:
    """Tell how far a narrowcast of the last 14 days is."""
    found = rehearsal.narrowcasts.get(call.query.get("requestId", ""), call.at)
    if found is None:
        raise RefusedError(404, "Not found")
    return Answer(200, encoded(found.progress(call.at)), accepted=True)


ENDPOINTS = [
    Endpoint("narrowcast", "POST", "/v2/bot/message/narrowcast", narrowcast, HOURLY, takes_retry_key=True),
    Endpoint("progress/narrowcast", "GET", "/v2/bot/message/progress/narrowcast", progress),
]
