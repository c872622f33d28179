"""Endpoints that send or check messages: push, multicast, broadcast, reply, validate. Narrowcasts have a file of their own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from shopdesk.rehearsal.answers import EMPTY, Answer, Problem, RefusedError, done, refuse_all
from shopdesk.rehearsal.calls import Call, Endpoint
from shopdesk.rehearsal.objects.messages import messages
from shopdesk.rehearsal.objects.shapes import flag, items, string
from shopdesk.rehearsal.people import USER_ID
from shopdesk.rehearsal.rates import HOURLY, MULTICAST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopdesk.rehearsal.measures import Measure
    from shopdesk.rehearsal.people import Person
    from shopdesk.rehearsal.rehearsal import Rehearsal

_MULTICAST_PEOPLE = 500
_units = items(string(1, 30, pattern=re.compile(r"[a-zA-Z0-9_]{1,30}")), 0, 1)
_BAD_TO = "The property, 'to', in the request body is invalid (line: -, column: -)"


def checked_messages(body: dict[str, Any], *, units: bool = False) -> list[dict[str, Any]]:
    """Return the messages of a body. Raises RefusedError 400 with everything that is wrong in what all sends share."""
    problems: list[Problem] = []
    if body.get("messages") is None:
        problems.append({"message": "May not be empty", "property": "messages"})
    else:
        try:
            messages(body["messages"], "messages", problems)
        except RecursionError:
            problems.append({"message": "Nested too deeply", "property": "messages"})
    if body.get("notificationDisabled") is not None:
        flag(body["notificationDisabled"], "notificationDisabled", problems)
    if units and body.get("customAggregationUnits") is not None:
        _units(body["customAggregationUnits"], "customAggregationUnits", problems)
    refuse_all(problems)
    sound: list[dict[str, Any]] = body["messages"]
    return sound


def _is_user(value: object) -> bool:
    return isinstance(value, str) and USER_ID.fullmatch(value) is not None


def _send(
    rehearsal: Rehearsal,
    call: Call,
    people: Sequence[Person],
    sound: Sequence[dict[str, Any]],
    *,
    endpoint: str,
    sent: Sequence[dict[str, str]] = (),
) -> Answer:
    """Take the messages from the month, bring them to the people and remember the retry key."""
    rehearsal.quota.take(endpoint, len(people), call.at)
    rehearsal.deliver(people, endpoint, sound, _measure(rehearsal, call, endpoint, people, len(sound)))
    if call.retry_key is not None:
        rehearsal.retry_keys.accept(call.retry_key, call.request_id, sent)
    return done({"sentMessages": sent}) if sent else EMPTY


def _measure(rehearsal: Rehearsal, call: Call, endpoint: str, people: Sequence[Person], bubbles: int) -> Measure | None:
    if endpoint == "broadcast":
        reached = [person.user_id for person in people]
        return rehearsal.measures.of_request(call.request_id, call.at, bubbles, reached)
    units = call.json.get("customAggregationUnits")
    return rehearsal.measures.unit(units[0], call.at, bubbles) if units else None


def _already(rehearsal: Rehearsal, call: Call) -> Answer | None:
    return rehearsal.retry_keys.already(call.retry_key) if call.retry_key is not None else None


def push(rehearsal: Rehearsal, call: Call) -> Answer:
    """Send to one person; whoever is no friend, or has blocked, gets nothing and is not counted."""
    body = call.json
    if not _is_user(body.get("to")):
        raise RefusedError(400, _BAD_TO)
    sound = checked_messages(body, units=True)
    already = _already(rehearsal, call)
    if already:
        return already
    people = rehearsal.people.reachable([body["to"]])
    return _send(rehearsal, call, people, sound, endpoint="push", sent=rehearsal.sent(sound))


def multicast(rehearsal: Rehearsal, call: Call) -> Answer:
    """Send to 1 to 500 people; a person named twice gets it twice, so that a doubled list is seen."""
    body = call.json
    to = body.get("to")
    if not isinstance(to, list) or not all(_is_user(one) for one in to):
        raise RefusedError(400, _BAD_TO)
    if not 1 <= len(to) <= _MULTICAST_PEOPLE:
        size = f"Size must be between 1 and {_MULTICAST_PEOPLE}"
        refuse_all([{"message": size, "property": "to"}])
    sound = checked_messages(body, units=True)
    people = rehearsal.people.reachable(to)
    return _already(rehearsal, call) or _send(rehearsal, call, people, sound, endpoint="multicast")


def broadcast(rehearsal: Rehearsal, call: Call) -> Answer:
    """Send to every friend who has not blocked the account."""
    sound = checked_messages(call.json)
    people = rehearsal.people.all_reachable()
    return _already(rehearsal, call) or _send(rehearsal, call, people, sound, endpoint="broadcast")


def reply(rehearsal: Rehearsal, call: Call) -> Answer:
    """Answer an event of the rehearsal's own making, once, within a minute; it costs nothing."""
    body = call.json
    token = body.get("replyToken")
    if not isinstance(token, str) or not token:
        refuse_all([{"message": "May not be empty", "property": "replyToken"}])
    sound = checked_messages(body)
    user_id = rehearsal.reply_tokens.holder(str(token), call.at)
    if user_id is None:
        raise RefusedError(400, "Invalid reply token")
    rehearsal.reply_tokens.use(str(token))
    people = rehearsal.people.reachable([user_id])
    rehearsal.deliver(people, "reply", sound)
    rehearsal.quota.note_free("reply", len(people), call.at)
    return done({"sentMessages": rehearsal.sent(sound)})


def validate(_rehearsal: Rehearsal, call: Call) -> Answer:
    """Check the messages only, as LINE does."""
    checked_messages({"messages": call.json.get("messages")})
    return EMPTY


def _to_one(_rehearsal: Rehearsal, call: Call) -> Sequence[str]:
    to = call.json.get("to")
    return [to] if isinstance(to, str) else []


def _to_many(_rehearsal: Rehearsal, call: Call) -> Sequence[str]:
    to = call.json.get("to")
    return [one for one in to if isinstance(one, str)] if isinstance(to, list) else []


def _to_all(rehearsal: Rehearsal, _call: Call) -> Sequence[str]:
    return [person.user_id for person in rehearsal.people.all_reachable()]


def _to_asker(rehearsal: Rehearsal, call: Call) -> Sequence[str]:
    user_id = rehearsal.reply_tokens.holder(str(call.json.get("replyToken")), call.at)
    return [user_id] if user_id else []


_BASE = "/v2/bot/message/"

ENDPOINTS = [
    Endpoint("push", "POST", _BASE + "push", push, addressed=_to_one, takes_retry_key=True),
    Endpoint("multicast", "POST", _BASE + "multicast", multicast, MULTICAST, _to_many, takes_retry_key=True),
    Endpoint("broadcast", "POST", _BASE + "broadcast", broadcast, HOURLY, _to_all, takes_retry_key=True),
    Endpoint("reply", "POST", _BASE + "reply", reply, addressed=_to_asker),
    *(
        Endpoint(f"validate/{kind}", "POST", f"{_BASE}validate/{kind}", validate)
        for kind in ("push", "multicast", "broadcast", "narrowcast", "reply")
    ),
]
