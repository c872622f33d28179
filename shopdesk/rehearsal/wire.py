"""How an answer leaves: whole, dripping, ended early, or not at all because the line was cut."""

from __future__ import annotations

import asyncio
import os
import socket
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from shopdesk.rehearsal.answers import Answer

TRANSPORT = "transport"
# Windows has two shorts in `struct linger`.
_RESET = struct.pack("hh" if os.name == "nt" else "ii", 1, 0)
Headers = list[tuple[bytes, bytes]]


class Transport:
    """A connection's transport that can hold writes back, so that head and body leave in one system call."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._held: list[bytes] | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Write now, or with all that is held."""
        if self._held is None:
            self._transport.write(data)
        else:
            self._held.append(data)

    def hold(self) -> None:
        """Hold back what is written from now on."""
        self._held = []

    def let_go(self) -> None:
        """Write what was held back."""
        held, self._held = self._held, None
        if held:
            self._transport.write(b"".join(held))

    def close(self) -> None:
        """Write what was held back, then close in good order."""
        self.let_go()
        self._transport.close()


@dataclass(slots=True)
class Wire:
    """The connection under one request."""

    scope: Scope
    receive: Receive
    send: Send

    async def whole(self, answer: Answer, headers: Headers) -> None:
        """Send the answer as it should be."""
        transport: Transport = self.scope["state"][TRANSPORT]
        transport.hold()
        await self._start(answer, headers)
        await self.send({"type": "http.response.body", "body": answer.body})
        transport.let_go()

    async def dripping(self, answer: Answer, headers: Headers, seconds: float) -> None:
        """Send the answer byte by byte, over so many seconds."""
        await self._start(answer, headers)
        for at in range(len(answer.body)):
            await asyncio.sleep(seconds / len(answer.body))
            await self.send({"type": "http.response.body", "body": answer.body[at : at + 1], "more_body": True})
        await self.send({"type": "http.response.body", "body": b""})

    async def half(self, answer: Answer, headers: Headers, *, reset: bool) -> None:
        """Send half of the body that the headers promise, then reset the connection or end it in good order."""
        await self._start(answer, headers)
        half = answer.body[: len(answer.body) // 2]
        await self.send({"type": "http.response.body", "body": half, "more_body": True})
        await self.hang_up(reset=reset)

    async def hang_up(self, *, reset: bool) -> None:
        """End the connection under the request: by a reset, or in good order. Returns once it is gone."""
        transport: Transport = self.scope["state"][TRANSPORT]
        if reset:
            line = transport.get_extra_info("socket")
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
            transport.abort()
        else:
            transport.close()
        while (await self.receive())["type"] != "http.disconnect":
            pass

    async def _start(self, answer: Answer, headers: Headers) -> None:
        await self.send({"type": "http.response.start", "status": answer.status, "headers": headers})
