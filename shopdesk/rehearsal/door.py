"""LINE's side of the wire: finds the endpoint, checks token, rate, size and retry key, and lets faults strike."""

from __future__ import annotations

import asyncio
import uuid
from email.utils import formatdate
from typing import TYPE_CHECKING

from shopdesk.rehearsal.answers import (
    EMPTY,
    HTML_PAGE,
    MONTHLY_LIMIT,
    Answer,
    RefusedError,
    as_said,
    unauthorized,
)
from shopdesk.rehearsal.calls import Call, Endpoint
from shopdesk.rehearsal.endpoints.table import find, is_path
from shopdesk.rehearsal.retries import conflict
from shopdesk.rehearsal.wire import Wire

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.types import Receive, Scope, Send

    from shopdesk.rehearsal.faults import Fault
    from shopdesk.rehearsal.rehearsal import Rehearsal

# LINE: a request is at most 2 MB.
_LONGEST_BODY = 2 * 1024 * 1024


class Door:
    """The ASGI application for every path that is LINE's."""

    def __init__(self, rehearsal: Rehearsal) -> None:
        self._rehearsal = rehearsal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take one request, answer it or cut it off, and write it into the journal before anything leaves."""
        rehearsal = self._rehearsal
        endpoint, arguments = find(scope["method"], scope["path"])
        name = endpoint.name if endpoint else _short(scope["path"])
        fault = rehearsal.faults.striking(name)
        body = None if fault and fault.cut == "before" else await _read(receive)
        call = Call(
            at=rehearsal.clock.now(),
            request_id=str(uuid.uuid4()),
            arguments=arguments,
            query_string=scope["query_string"],
            headers=dict(scope["headers"]),
            body=body or b"",
        )
        recipients = _recipients(rehearsal, endpoint, call) if body is not None else []
        fault = fault or rehearsal.faults.striking_person(name, {*recipients, *arguments})
        real = await self._real(scope, endpoint, call, fault)
        answer = _altered(real, fault, call)
        answered = answer is not None and not (fault and fault.cut in {"before", "after"})
        rehearsal.journal.note(
            call.at,
            name,
            retry_key=call.retry_key,
            status=answer.status if answer and answered else None,
            recipients=recipients,
            accepted=bool(real and real.accepted),
            request_id=call.request_id,
        )
        await self._leave(Wire(scope, receive, send), call, answer if answered else None, fault)

    async def _real(self, scope: Scope, endpoint: Endpoint | None, call: Call, fault: Fault | None) -> Answer | None:
        """Return what LINE answers by its rules, with the effect that has; None where a fault forbids the effect."""
        try:
            if endpoint is None:
                raise _no_endpoint(scope["path"])
            if fault and not fault.accepts:
                self._note_key(endpoint, call, fault)
                return None
            self._admit(endpoint, call)
            answer = endpoint.handler(self._rehearsal, call)
            return answer if isinstance(answer, Answer) else await answer
        except RefusedError as refused:
            return refused.answer()

    def _admit(self, endpoint: Endpoint, call: Call) -> None:
        rehearsal = self._rehearsal
        if endpoint.needs_token and rehearsal.tokens.seconds_left(call.token, call.at) is None:
            raise unauthorized()
        rehearsal.rates.take(endpoint.method, endpoint.name, endpoint.rate, call.at)
        if len(call.body) > _LONGEST_BODY:
            raise RefusedError(413, "The request body is too large")
        if call.body and endpoint.needs_token and endpoint.media not in _media(call):
            raise RefusedError(415, "The Content-Type is not supported by this endpoint")
        if call.retry_key is not None:
            if not endpoint.takes_retry_key:
                raise RefusedError(400, "The X-Line-Retry-Key header is not supported by this endpoint")
            rehearsal.retry_keys.see(call.retry_key, call.at)

    def _note_key(self, endpoint: Endpoint, call: Call, fault: Fault) -> None:
        """The 24 hours of a key begin with its first request, also where that one failed."""
        if call.retry_key is not None and endpoint.takes_retry_key and fault.cut != "before":
            self._rehearsal.retry_keys.see(call.retry_key, call.at)

    async def _leave(self, wire: Wire, call: Call, answer: Answer | None, fault: Fault | None) -> None:
        if fault and fault.delay_s and fault.answer != "trickle":
            await asyncio.sleep(fault.delay_s)
        if answer is None:
            await wire.hang_up(reset=True)
            return
        headers = self._headers(call, answer)
        if fault and (fault.cut == "mid" or fault.answer == "short"):
            await wire.half(answer, headers, reset=fault.cut == "mid")
        elif fault and fault.answer == "trickle":
            await wire.dripping(answer, headers, fault.delay_s)
        else:
            await wire.whole(answer, headers)

    def _headers(self, call: Call, answer: Answer) -> list[tuple[bytes, bytes]]:
        return [
            (b"server", b"legy"),
            (b"date", formatdate(self._rehearsal.clock.now().timestamp(), usegmt=True).encode()),
            (b"content-type", answer.content_type),
            (b"content-length", str(len(answer.body)).encode()),
            (b"x-line-request-id", call.request_id.encode()),
            *answer.headers,
        ]


def _no_endpoint(path: str) -> RefusedError:
    return RefusedError(405, "Method Not Allowed") if is_path(path) else RefusedError(404, "Not found")


def _media(call: Call) -> bytes:
    return call.headers.get(b"content-type", b"").lower()


def _short(path: str) -> str:
    return path.removeprefix("/v2/bot/").removeprefix("message/").strip("/")


async def _read(receive: Receive) -> bytes:
    """Read the body; what is beyond LINE's limit is read and dropped, one byte of it kept to tell."""
    message = await receive()
    body: bytes = message.get("body", b"")
    while message.get("more_body"):
        message = await receive()
        body = (body + message.get("body", b""))[: _LONGEST_BODY + 1]
    return body


def _recipients(rehearsal: Rehearsal, endpoint: Endpoint | None, call: Call) -> Sequence[str]:
    if endpoint is None:
        return []
    try:
        return endpoint.addressed(rehearsal, call)
    except RefusedError:
        return []


def _altered(real: Answer | None, fault: Fault | None, call: Call) -> Answer | None:
    """Return what the fault says instead of the real answer; None where nothing is said at all."""
    if fault is None or fault.answer is None:
        return real
    if fault.answer == "monthly":
        return RefusedError(429, MONTHLY_LIMIT).answer()
    if fault.answer == "html":
        return Answer(200, HTML_PAGE, content_type=b"text/html; charset=utf-8")
    if fault.answer in {200, "short", "trickle"}:
        return real or EMPTY
    if fault.answer == 409:  # noqa: PLR2004 - HTTP
        return real if real and real.status == fault.answer else conflict(call.request_id)
    return as_said(int(fault.answer))
