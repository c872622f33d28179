"""`/webhook`: check who wrote, keep the bytes, say yes. Everything else happens afterwards.

LINE counts an answer after two seconds as none and delivers again; it sends a body without events to try the address.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from starlette.responses import Response

from shopdesk.gateway.bodies import RefusedError, body_of
from shopdesk.line import signed

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import Receive, Scope, Send

    from shopdesk.gateway.keeping import Keeper

logger = logging.getLogger(__name__)

LARGEST = 1024 * 1024
"""Bytes of a body; LINE's own are some kilobytes."""
_SIGNATURE = b"x-line-signature"
_OK, _UNSIGNED, _METHOD, _UNKEPT = 200, 401, 405, 503


class Webhook:
    """The endpoint, as a bare ASGI application: nothing stands between LINE and the disk.

    `then` is told each body that was kept, with its signature.
    """

    def __init__(self, secret: bytes, keeper: Keeper, then: Callable[[bytes, bytes], None] | None = None) -> None:
        self._secret, self._keeper, self._then = secret, keeper, then

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take one webhook."""
        try:
            status = await self._take(scope, receive)
        except RefusedError as refused:
            status = refused.status
        await Response(b"{}", status, media_type="application/json")(scope, receive, send)

    async def _take(self, scope: Scope, receive: Receive) -> int:
        if scope["method"] != "POST":
            return _METHOD
        signatures = [value for name, value in scope["headers"] if name == _SIGNATURE]
        body = await body_of(scope, receive, LARGEST)
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
