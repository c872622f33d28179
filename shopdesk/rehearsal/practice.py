"""The rehearsal's own paths, for checks and practice: journal, what people got, what they say, faults."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from shopdesk.errors import InvalidInputError
from shopdesk.rehearsal.answers import Answer, RefusedError
from shopdesk.rehearsal.talk import act
from shopdesk.rehearsal.webhooks import post

if TYPE_CHECKING:
    from starlette.requests import Request

    from shopdesk.rehearsal.rehearsal import Rehearsal


def _state(request: Request) -> Rehearsal:
    state: Rehearsal = request.app.state.rehearsal
    return state


def _plain(answer: Answer) -> Response:
    return Response(answer.body, answer.status, media_type="application/json")


async def _json(request: Request) -> Any:
    try:
        return json.loads(await request.body())
    except (ValueError, RecursionError):
        raise RefusedError(400, "The request body could not be parsed as JSON") from None


async def journal(request: Request) -> Response:
    """Give every request taken so far."""
    return JSONResponse({"requests": _state(request).journal.entries})


async def received(request: Request) -> Response:
    """Give the message objects that a person got, each as often as it came."""
    person = _state(request).people.get(request.path_params["user_id"])
    if person is None:
        return _plain(RefusedError(404, "Not found").answer())
    return JSONResponse({"messages": person.received()})


async def says(request: Request) -> Response:
    """Let a person do something; the webhook has been posted when this answers, if an endpoint is set."""
    rehearsal = _state(request)
    try:
        happened = act(rehearsal, request.path_params["user_id"], await _json(request))
    except RefusedError as refused:
        return _plain(refused.answer())
    webhook = None
    if rehearsal.webhook_url is not None:
        channel = rehearsal.channel
        outcome = await asyncio.to_thread(
            post, rehearsal.webhook_url, channel.channel_secret, channel.bot_user_id, [happened]
        )
        webhook = {"url": rehearsal.webhook_url, "status": outcome.status, "reason": outcome.reason}
    return JSONResponse({"event": happened, "webhook": webhook})


async def set_fault(request: Request) -> Response:
    """Set one fault."""
    try:
        _state(request).faults.add(await _json(request))
    except RefusedError as refused:
        return _plain(refused.answer())
    except InvalidInputError as refused:
        return JSONResponse({"message": refused.message}, 400)
    return JSONResponse({})


async def clear_faults(request: Request) -> Response:
    """Take all faults away."""
    _state(request).faults.clear()
    return JSONResponse({})


ROUTES = [
    Route("/rehearsal/journal", journal),
    Route("/rehearsal/people/{user_id}/received", received),
    Route("/rehearsal/people/{user_id}/says", says, methods=["POST"]),
    Route("/rehearsal/faults", set_fault, methods=["POST"]),
    Route("/rehearsal/faults", clear_faults, methods=["DELETE"]),
]
