"""The rehearsal's own paths, for checks and practice: journal, what people got, what they say, faults."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

from starlette.responses import Response
from starlette.routing import Route

from shopdesk.errors import InvalidInputError
from shopdesk.rehearsal.answers import Answer, RefusedError, encoded
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


def _told(body: object, status: int = 200) -> Response:
    return Response(encoded(body), status, media_type="application/json")


async def _json(request: Request) -> Any:
    try:
        return json.loads(await request.body())
    except (ValueError, RecursionError):
        raise RefusedError(400, "The request body could not be parsed as JSON") from None


async def journal(request: Request) -> Response:
    """Give every request taken so far."""
    return _told({"requests": _state(request).journal.entries})


async def received(request: Request) -> Response:
    """Give the message objects that a person got, each as often as it came; a stranger got none."""
    person = _state(request).people.get(request.path_params["user_id"])
    return _told({"messages": person.received() if person else []})


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
    return _told({"event": happened, "webhook": webhook})


async def set_fault(request: Request) -> Response:
    """Set one fault."""
    try:
        _state(request).faults.add(await _json(request))
    except RefusedError as refused:
        return _plain(refused.answer())
    except InvalidInputError as refused:
        return _told({"message": refused.message}, 400)
    return _told({})


async def clear_faults(request: Request) -> Response:
    """Take all faults away."""
    _state(request).faults.clear()
    return _told({})


ROUTES = [
    Route("/journal", journal),
    Route("/people/{user_id}/received", received),
    Route("/people/{user_id}/says", says, methods=["POST"]),
    Route("/faults", set_fault, methods=["POST"]),
    Route("/faults", clear_faults, methods=["DELETE"]),
]
