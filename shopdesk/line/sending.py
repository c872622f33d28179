"""Posting stored bytes to LINE under their retry key, over connections that are kept."""

from __future__ import annotations

import ssl
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, Self

from shopdesk.line.answers import Answer, Lost

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    import aiohttp
    from yarl import URL

TOTAL_S, CONNECT_S = 30.0, 8.0


class Sending:
    """One kept session with LINE's host; use it as `async with`."""

    def __init__(self, host: str) -> None:
        self._host = host
        self._urls: dict[str, URL] = {}
        self._session: aiohttp.ClientSession

    async def __aenter__(self) -> Self:
        """Open the session; connections are made with the first calls."""
        import aiohttp  # noqa: PLC0415 - 0.3 s that only a process that sends pays
        from yarl import URL  # noqa: PLC0415 - comes with it

        self._url = URL
        self._lost = (aiohttp.ClientError, TimeoutError, OSError)
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0, ttl_dns_cache=60),
            timeout=aiohttp.ClientTimeout(total=TOTAL_S, sock_connect=CONNECT_S),
            auto_decompress=False,
            headers={"Content-Type": "application/json", "Accept-Encoding": "identity", "Accept": "application/json"},
            cookie_jar=aiohttp.DummyCookieJar(),
        )
        return self

    async def __aexit__(self, *_how: object) -> None:
        """Close every connection."""
        await self._session.close()

    async def post(self, endpoint: str, body: bytes, retry_key: str, token: str) -> Answer | Lost:
        """Send one request as it is; `endpoint` is push, multicast, broadcast or reply. Never raises for the network.

        A reply has no retry key, '' here: its reply token is good once.
        """
        headers = {"Authorization": f"Bearer {token}"} | ({"X-Line-Retry-Key": retry_key} if retry_key else {})
        if endpoint not in self._urls:
            self._urls[endpoint] = self._url(f"{self._host}/v2/bot/message/{endpoint}")
        try:
            async with self._session.post(
                self._urls[endpoint], data=body, headers=headers, allow_redirects=False
            ) as response:
                return read(response.status, response.headers, await response.read())
        except self._lost as lost:
            return Lost(_why(lost))


def read(status: int, headers: Mapping[str, str], body: bytes) -> Answer:
    """Make an answer of what an HTTP client got; the names of the headers in any case."""
    return Answer(
        status=status,
        request_id=headers.get("x-line-request-id", ""),
        accepted_request_id=headers.get("x-line-accepted-request-id", ""),
        date=_date(headers.get("date", "")),
        body=body,
    )


@lru_cache(maxsize=64)  # the answers of one second say the same
def _date(said: str) -> datetime | None:
    try:
        at = parsedate_to_datetime(said)
    except ValueError:
        return None
    return at if at.tzinfo else None


def _why(lost: BaseException) -> Literal["timeout", "connection", "certificate"]:
    if isinstance(lost, TimeoutError):
        return "timeout"
    chain: list[BaseException | None] = [lost, lost.__cause__, lost.__context__]
    return "certificate" if any(isinstance(one, ssl.SSLError) for one in chain) else "connection"
