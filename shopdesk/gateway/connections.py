"""Connections that take their time: what uvicorn leaves open for ever is ended here.

A web server stands before the gateway only where the shop set one up. Without one, whoever opens sockets and says little
must not keep LINE out: a head has ten seconds and 32 KB, an answered request's unread rest two seconds, and where too
many wait without a request, the one that has waited longest goes.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

if sys.platform != "win32":
    import resource

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable

HEAD_S = 10.0
LARGEST_HEAD = 32 * 1024
LINGERS_S = 2.0
"""So long it goes on reading what nobody wants: a reset would take the answer away from whoever still sends."""
_DESCRIPTORS, _OTHERS = 16_384, 512
"""Open files that one process may want, and how many of them are no connections."""
_BUSY = 1_000
"""Connections at least that are there for requests in hand, whoever waits."""


class Room:
    """The connections that ask for nothing just now, the longest waiting first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._waiting: dict[Connection, None] = {}

    def waits(self, one: Connection) -> None:
        """Note one as the newest that waits; where there are too many, the oldest is ended."""
        self._waiting[one] = None
        if len(self._waiting) > self._most:
            oldest = next(iter(self._waiting))
            self.leaves(oldest)
            oldest.transport.abort()

    def leaves(self, one: Connection) -> None:
        """Note that one has gone or has a request in hand."""
        self._waiting.pop(one, None)


class Connection(HttpToolsProtocol):
    """uvicorn's connection, with an end to each of its waits."""

    def __init__(self, *given: Any, room: Room, **named: Any) -> None:
        super().__init__(*given, **named)
        self._room = room
        self._deadline: asyncio.TimerHandle | None = None
        self._heard = 0
        self._unsent = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's own
        """Wait for a first request."""
        super().connection_made(transport)
        self._room.waits(self)
        self._end_in(HEAD_S, self._too_slow)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget it."""
        self._room.leaves(self)
        self._disarm()
        self._unset_keepalive_if_required()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Count what comes before a request is known, and begin its time with its first byte."""
        super().data_received(data)
        if self.transport.is_closing() or self._is_busy or self._has_rest:
            return
        self._heard += len(data)
        if self._heard > LARGEST_HEAD:
            self._refuse(b"431 Request Header Fields Too Large")
        elif self._deadline is None:
            self._end_in(HEAD_S, self._too_slow)

    def on_headers_complete(self) -> None:
        """Hand the request on: its body is the time of whoever takes it."""
        self._disarm()
        self._heard = 0
        self._room.leaves(self)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """End a connection whose request was answered before it was read to its end."""
        super().on_message_complete()
        if self._has_rest:
            self.transport.close()

    def on_response_complete(self) -> None:
        """Wait for the next request, or for the rest of this one."""
        super().on_response_complete()
        if self._is_busy:
            return
        if self.transport.is_closing():
            self._end_in(self.timeout_keep_alive, self.timeout_keep_alive_handler)
            return
        self._room.waits(self)
        if self._has_rest:
            self._end_in(LINGERS_S, self.transport.abort)

    def timeout_keep_alive_handler(self) -> None:
        """End a connection that waits, unless somebody is still taking its last answer."""
        left = self.transport.get_write_buffer_size()
        if left and left != self._unsent:
            self._unsent = left
            self._end_in(self.timeout_keep_alive, self.timeout_keep_alive_handler)
        else:
            self.transport.abort()

    @property
    def _is_busy(self) -> bool:
        """Whether a request whose head is known is not answered yet."""
        return self.cycle is not None and not self.cycle.response_complete

    @property
    def _has_rest(self) -> bool:
        """Whether a request was answered while its body was still coming."""
        return self.cycle is not None and self.cycle.response_complete and self.cycle.more_body

    def _too_slow(self) -> None:
        if self._heard:
            self._refuse(b"408 Request Timeout")
        else:
            self.transport.close()

    def _refuse(self, status: bytes) -> None:
        self.transport.write(b"HTTP/1.1 " + status + b"\r\nconnection: close\r\ncontent-length: 0\r\n\r\n")
        self.transport.close()

    def _end_in(self, seconds: float, end: Callable[[], object]) -> None:
        self._disarm()
        self._deadline = self.loop.call_later(seconds, end)

    def _disarm(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None


def connections() -> tuple[type[asyncio.Protocol], int]:
    """Return how uvicorn makes a connection, and how many there may be: what the operating system lets this process open."""
    most = _descriptors() - _OTHERS
    made = partial(Connection, room=Room(max(most - _BUSY, most // 2)))
    return cast("type[asyncio.Protocol]", made), most


def _descriptors() -> int:
    """Return how many files this process may open, after asking for more where it has few."""
    if sys.platform == "win32":
        return _DESCRIPTORS
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _DESCRIPTORS if hard == resource.RLIM_INFINITY else min(_DESCRIPTORS, hard)
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return wanted
    with suppress(OSError, ValueError):  # macOS says that it has no limit, and has one
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0]
