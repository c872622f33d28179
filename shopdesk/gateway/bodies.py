"""The body of a request, up to a size and within a time."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

if TYPE_CHECKING:
    from starlette.types import Receive, Scope

PATIENCE_S = 10.0
TIMEOUT, TOO_LARGE, GONE = 408, 413, 499
LARGEST_FORM = 4096
"""More bytes than this no form of ours has, but the answers of surveys."""
MOST_FIELDS = 8


class RefusedError(Exception):
    """What came is not taken; `status` says why."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


async def body_of(scope: Scope, receive: Receive, largest: int) -> bytes:
    """Return a body of at most `largest` bytes that came within `PATIENCE_S` seconds.

    Raises:
        RefusedError: it is larger, or says so (413), or slower (408), or whoever sent it has gone (499).
    """
    said = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
    if not said.isdigit() or int(said[:12]) > largest:
        raise RefusedError(TOO_LARGE)
    try:
        async with asyncio.timeout(PATIENCE_S):
            return await _gathered(receive, largest)
    except TimeoutError:
        raise RefusedError(TIMEOUT) from None


def fields_of(body: bytes, most: int = MOST_FIELDS) -> dict[str, str]:
    """Return the fields of a small form, each once; none where it is no form."""
    try:
        fields = parse_qs(body.decode("utf-8"), max_num_fields=most, errors="strict")
    except ValueError:
        return {}
    return {name: said[0] for name, said in fields.items() if len(said) == 1}


async def _gathered(receive: Receive, largest: int) -> bytes:
    body, more = bytearray(), True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise RefusedError(GONE)
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > largest:
            raise RefusedError(TOO_LARGE)
    return bytes(body)
