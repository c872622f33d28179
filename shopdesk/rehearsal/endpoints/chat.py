"""Endpoints that a friend sees at once: the loading dots, the read mark."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from shopdesk.rehearsal.answers import EMPTY, Answer, Problem, RefusedError, encoded
from shopdesk.rehearsal.calls import Call, Endpoint
from shopdesk.rehearsal.objects.shapes import integer, must, record, string, wrong
from shopdesk.rehearsal.people import USER_ID
from shopdesk.rehearsal.rates import LOADING

if TYPE_CHECKING:
    from shopdesk.rehearsal.rehearsal import Rehearsal

_USUAL_S = 20
_STEP_S = 5


def _fives(value: object, at: str, problems: list[Problem]) -> None:
    integer(5, 60)(value, at, problems)
    if isinstance(value, int) and value % _STEP_S:
        wrong(problems, at, "Must be a multiple of 5")


_loading = record({"chatId": string(1, 33, pattern=USER_ID)}, {"loadingSeconds": _fives})
_mark = record({"markAsReadToken": string(1, 1000)})


def loading(rehearsal: Rehearsal, call: Call) -> Answer:
    """Show the dots on a friend's phone; LINE says 202 also where nobody sees them."""
    must(_loading, call.json)
    for person in rehearsal.people.reachable([call.json["chatId"]]):
        person.typing_until = call.at + timedelta(seconds=call.json.get("loadingSeconds") or _USUAL_S)
        rehearsal.changed()
    return Answer(202, encoded({}), accepted=True)


def mark_as_read(rehearsal: Rehearsal, call: Call) -> Answer:
    """Mark the message of this token and all before it as read."""
    must(_mark, call.json)
    token = call.json["markAsReadToken"]
    for person in rehearsal.people:
        said = list(person.said.values())
        for place, one in enumerate(said):
            if one.message.get("markAsReadToken") == token:
                for earlier in said[: place + 1]:
                    earlier.read = True
                rehearsal.changed()
                return EMPTY
    raise RefusedError(400, "Invalid markAsReadToken")


ENDPOINTS = [
    Endpoint("loading/start", "POST", "/v2/bot/chat/loading/start", loading, LOADING),
    Endpoint("markAsRead", "POST", "/v2/bot/chat/markAsRead", mark_as_read),
]
