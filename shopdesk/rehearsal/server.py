"""The rehearsal on loopback: in a process of its own, or beside a test in a thread."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import threading
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, cast

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from shopdesk.errors import ShopDeskError
from shopdesk.i18n import _
from shopdesk.rehearsal.app import create_app
from shopdesk.rehearsal.rehearsal import MONTHLY_MESSAGES, Rehearsal
from shopdesk.rehearsal.wire import TRANSPORT, Transport

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import FrameType

HOST = "127.0.0.1"
FRIENDS = 20
_BACKLOG = 2048
# A client that keeps its connection for minutes must not meet a closed one.
_KEEP_ALIVE_S = 600


class PortTakenError(ShopDeskError):
    """Another program listens there."""

    code = "port_taken"


@dataclass(frozen=True, slots=True)
class Address:
    """Where the rehearsal listens and what opens it; the keys of the contract."""

    url: str
    channel_id: str
    channel_secret: str
    access_token: str
    bot_user_id: str


@dataclass(frozen=True, slots=True)
class Running(Address):
    """A rehearsal in this process: also its state, to look at."""

    rehearsal: Rehearsal


class _Protocol(H11Protocol):
    """HTTP that tells the application its transport, so that a fault can cut the line."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Keep the transport where requests find it."""
        super().connection_made(transport)
        ours = Transport(transport)
        self.transport = cast("asyncio.Transport", ours)
        self.app_state = {**self.app_state, TRANSPORT: ours}


class _Server(uvicorn.Server):
    """A server that says when it listens."""

    def __init__(self, rehearsal: Rehearsal, line: str | None = None) -> None:
        super().__init__(
            uvicorn.Config(
                create_app(rehearsal),
                http=_Protocol,
                ws="none",
                loop="asyncio",
                lifespan="off",
                log_config=None,
                log_level="critical",
                access_log=False,
                date_header=False,
                server_header=False,
                proxy_headers=False,
                timeout_keep_alive=_KEEP_ALIVE_S,
            )
        )
        self._line = line
        self._loop: asyncio.AbstractEventLoop | None = None
        self._end = asyncio.Event()
        self.listening = threading.Event()

    def stop(self) -> None:
        """End from another thread or a signal handler, also before it has begun."""
        self.should_exit = True
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._end.set)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then print the line that was asked for."""
        self._loop = asyncio.get_running_loop()
        await super().startup(sockets)
        if self._line is not None:
            print(self._line, flush=True)  # noqa: T201 - the contract's one line
        self.listening.set()

    async def main_loop(self) -> None:
        """Stay until told to stop."""
        if not self.should_exit:
            await self._end.wait()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop on a signal."""
        super().handle_exit(sig, frame)
        self.stop()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End at once: whoever still waits for an answer that a fault holds back loses the line."""
        for server in self.servers:
            server.close()
        for listener in sockets or []:
            listener.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        for task in list(self.server_state.tasks):
            task.cancel()


def serve(
    *,
    port: int = 0,
    friends: int = FRIENDS,
    quota: int = MONTHLY_MESSAGES,
    fault_file: Path | None = None,
    journal_file: Path | None = None,
) -> None:
    """Be LINE on 127.0.0.1 until SIGINT or SIGTERM; port 0 takes any free one.

    Prints one JSON line once it listens: url, channel_id, channel_secret, access_token, bot_user_id. Raises
    ShopDeskError for a taken port and for files that cannot be used.
    """
    rehearsal = Rehearsal(friends, quota=quota, journal_file=journal_file)
    if fault_file:
        rehearsal.faults.add_file(fault_file)
    listener = _listener(port)
    server = _Server(rehearsal, json.dumps(asdict(_address(rehearsal, listener))))

    def stop(_signal: int, _frame: object) -> None:
        server.stop()

    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, stop)
    try:
        server.run([listener])
    finally:
        rehearsal.journal.close()


@contextmanager
def running(rehearsal: Rehearsal | None = None) -> Iterator[Running]:
    """Be LINE in a thread of this process, for tests and the demo; ends with the block."""
    rehearsal = rehearsal or Rehearsal(FRIENDS)
    listener = _listener(0)
    server = _Server(rehearsal)
    thread = threading.Thread(target=server.run, args=([listener],), name="rehearsal", daemon=True)
    thread.start()
    server.listening.wait()
    try:
        yield Running(**asdict(_address(rehearsal, listener)), rehearsal=rehearsal)
    finally:
        server.stop()
        thread.join()
        rehearsal.journal.close()


def _listener(port: int) -> socket.socket:
    # asyncio sets TCP_NODELAY only where the protocol is named; without it an answer waits 40 ms for an ACK.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if os.name == "posix":  # a port whose last connections have just ended can be had at once; Windows gives it anyway
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen(_BACKLOG)
    except OSError as wrong:
        listener.close()
        sentence = _("Port {port} is in use. Choose another one, or 0 for any free one.")
        raise PortTakenError(sentence.format(port=port)) from wrong
    return listener


def _address(rehearsal: Rehearsal, listener: socket.socket) -> Address:
    return Address(f"http://{HOST}:{listener.getsockname()[1]}", **asdict(rehearsal.channel))
