"""What holds for every answer to a browser, so that no page can forget it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse

if TYPE_CHECKING:
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
    """Adds the headers that an answer does not have, and refuses what another site's page lets a browser send here.

    No page of ours knows anybody by a cookie. Still a visitor's browser must not try codes or order mails for somebody
    else. Where it comes from a browser says itself; `Origin` would not do, our own forms have none (`no-referrer`).
    """

    def __init__(self, app: ASGIApp, but: str) -> None:
        """Stand before `app`, except at the path `but`, where no browser calls."""
        self._app, self._but = app, but

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

        if scope["method"] not in _READS and Headers(scope=scope).get("sec-fetch-site") in _ELSEWHERE:
            await PlainTextResponse("Forbidden", 403)(scope, receive, mannered)
        else:
            await self._app(scope, receive, mannered)
