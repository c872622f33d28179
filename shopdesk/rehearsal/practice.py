"""The rehearsal's own paths, for checks and practice: journal, what people got, what they say, faults."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from starlette.responses import Response
from starlette.routing import Route

from shopdesk.errors import InvalidInputError
from shopdesk.rehearsal.answers import Answer, RefusedError, encoded
from shopdesk.rehearsal.faults import KINDS
from shopdesk.rehearsal.talk import act

if TYPE_CHECKING:
    from starlette.requests import Request

    from shopdesk.rehearsal.rehearsal import Rehearsal


def state_of(request: Request) -> Rehearsal:
    """Return the rehearsal that a request is for."""
    state: Rehearsal = request.app.state.rehearsal
    return state


def _plain(answer: Answer) -> Response:
    return Response(answer.body, answer.status, media_type="application/json")


def told(body: object, status: int = 200) -> Response:
    """Return an answer of the rehearsal's own."""
    return Response(encoded(body), status, media_type="application/json")


async def _json(request: Request) -> Any:
    try:
        return json.loads(await request.body())
    except (ValueError, RecursionError):
        raise RefusedError(400, "The request body could not be parsed as JSON") from None


async def journal(request: Request) -> Response:
    """Give every request taken so far."""
    return told({"requests": state_of(request).journal.entries})


async def received(request: Request) -> Response:
    """Give the message objects that a person got, each as often as it came; a stranger got none."""
    person = state_of(request).people.get(request.path_params["user_id"])
    return told({"messages": person.received() if person else []})


async def says(request: Request) -> Response:
    """Let a person do something; the webhook has been posted when this answers, if an endpoint is set."""
    rehearsal = state_of(request)
    try:
        happened = act(rehearsal, request.path_params["user_id"], await _json(request))
    except RefusedError as refused:
        return _plain(refused.answer())
    outcome = await rehearsal.tell(happened) if happened else None
    webhook = None
    if outcome is not None:
        webhook = {"url": rehearsal.webhook_url, "status": outcome.status, "reason": outcome.reason}
    return told({"event": happened, "webhook": webhook})


async def fault_kinds(_request: Request) -> Response:
    """Give the names of what can go wrong, and what each stands for."""
    return told({"kinds": KINDS})


async def set_fault(request: Request) -> Response:
    """Set one fault."""
    try:
        state_of(request).faults.add(await _json(request))
    except RefusedError as refused:
        return _plain(refused.answer())
    except InvalidInputError as refused:
        return told({"message": refused.message}, 400)
    return told({})


async def clear_faults(request: Request) -> Response:
    """Take all faults away."""
    state_of(request).faults.clear()
    return told({})


ROUTES = [
    Route("/rehearsal/journal", journal),
    Route("/rehearsal/people/{user_id}/received", received),
    Route("/rehearsal/people/{user_id}/says", says, methods=["POST"]),
    Route("/rehearsal/faults", fault_kinds),
    Route("/rehearsal/faults", set_fault, methods=["POST"]),
    Route("/rehearsal/faults", clear_faults, methods=["DELETE"]),
]
