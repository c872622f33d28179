"""`/webhook`: check who wrote, keep the bytes, say yes. Everything else happens afterwards.

LINE counts an answer after two seconds as none and delivers again; it sends a body without events to try the address.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from typing import TYPE_CHECKING

from starlette.responses import Response

from shopdesk.line import signed

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import Receive, Scope, Send

    from shopdesk.gateway.keeping import Keeper

logger = logging.getLogger(__name__)

LARGEST = 1024 * 1024
"""Bytes of a body; LINE's own are some kilobytes."""
PATIENCE_S = 10.0
_SIGNATURE = b"x-line-signature"
_OK, _UNSIGNED, _METHOD, _TIMEOUT, _TOO_LARGE, _GONE, _UNKEPT = 200, 401, 405, 408, 413, 499, 503


class RefusedError(Exception):
    """What came is not taken; `status` says why."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Webhook:
    """The endpoint, as a bare ASGI application: nothing stands between LINE and the disk.

    `then` is told each body that was kept, with its signature; `answers` counts what was answered, by status.
    """

    def __init__(self, secret: bytes, keeper: Keeper, then: Callable[[bytes, bytes], None] | None = None) -> None:
        self._secret, self._keeper, self._then = secret, keeper, then
        self.answers: Counter[int] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take one webhook."""
        try:
            status = await self._take(scope, receive)
        except RefusedError as refused:
            status = refused.status
        self.answers[status] += 1
        await Response(b"{}", status, media_type="application/json")(scope, receive, send)

    async def _take(self, scope: Scope, receive: Receive) -> int:
        if scope["method"] != "POST":
            return _METHOD
        signatures = [value for name, value in scope["headers"] if name == _SIGNATURE]
        body = await _body(scope, receive)
        if len(signatures) != 1 or not signed(self._secret, body, signatures[0]):
            return _UNSIGNED
        try:
            await self._keeper.keep(body)
        except Exception:
            logger.exception("a webhook could not be kept; LINE delivers it again")
            return _UNKEPT
        if self._then is not None:
            self._then(body, signatures[0])
        return _OK


async def _body(scope: Scope, receive: Receive) -> bytes:
    """Return a body of at most `LARGEST` bytes that came within `PATIENCE_S` seconds. Raises RefusedError."""
    said = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
    if not said.isdigit() or int(said[:12]) > LARGEST:
        raise RefusedError(_TOO_LARGE)
    try:
        async with asyncio.timeout(PATIENCE_S):
            return await _gathered(receive)
    except TimeoutError:
        raise RefusedError(_TIMEOUT) from None


async def _gathered(receive: Receive) -> bytes:
    body, more = bytearray(), True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise RefusedError(_GONE)
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > LARGEST:
            raise RefusedError(_TOO_LARGE)
    return bytes(body)
