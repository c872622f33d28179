"""What holds for every answer to a browser, so that no page can forget it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse

from shopdesk.gateway.pages import nowhere

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",  # our addresses carry tokens
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}
_READS = {"GET", "HEAD", "OPTIONS"}
_ELSEWHERE = {"cross-site", "same-site"}


class Manners:
    """Adds the headers that an answer does not have, and refuses strange paths and what another site's page lets a browser send here.

    No page of ours knows anybody by a cookie. Still a visitor's browser must not try codes or order mails for somebody
    else. Where it comes from a browser says itself. An older Safari says no more than `Origin`: our own forms have
    none or `null` (`no-referrer`), our scripts name us.
    """

    def __init__(self, app: ASGIApp, but: str, address: Callable[[], str]) -> None:
        """Stand before `app`, except at the path `but`, where no browser calls; `address` is where the world finds us."""
        self._app, self._but, self._address = app, but, address

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["path"] == self._but:
            await self._app(scope, receive, send)
            return

        async def mannered(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        path = scope["path"]
        if not (path.isascii() and path.isprintable()):  # none of ours; and not every database can be asked for it
            await nowhere(Request(scope), HTTPException(404))(scope, receive, mannered)
        elif scope["method"] not in _READS and await self._from_elsewhere(Headers(scope=scope)):
            await PlainTextResponse("Forbidden", 403)(scope, receive, mannered)
        else:
            await self._app(scope, receive, mannered)

    async def _from_elsewhere(self, headers: Headers) -> bool:
        where, origin = headers.get("sec-fetch-site"), headers.get("origin", "null")
        if where is not None or origin == "null":
            return where in _ELSEWHERE
        host = origin.partition("://")[2]
        if host in {headers.get("host"), headers.get("x-forwarded-host")}:
            return False
        # A proxy may have written its own name into both.
        return host != urlsplit(await run_in_threadpool(self._address)).netloc
