"""A server that answers like LINE after a set time and does nothing else: python -m tests.benchmarks.line_stand_in."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from contextlib import contextmanager
from email.utils import formatdate
from typing import TYPE_CHECKING

import uvloop

from tests.benchmarks.measuring import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

_ANSWERS = {
    b"/v2/bot/message/push": b'{"sentMessages":[{"id":"461230966842064897","quoteToken":"IStG5h1Tz7b"}]}',
    b"/v2/bot/message/quota": b'{"type":"none"}',
    b"/v2/bot/message/quota/consumption": b'{"totalUsage":0}',
    b"/v2/bot/message/aggregation/info": b'{"numOfCustomAggregationUnits":0}',
}


class _Answering(asyncio.Protocol):
    """One connection: a request is complete when its body is; requests do not overlap."""

    def __init__(self, latency_s: float) -> None:
        self._latency = latency_s
        self._loop = asyncio.get_running_loop()
        self._got = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._out = transport

    def data_received(self, data: bytes) -> None:
        self._got += data
        head, found, body = self._got.partition(b"\r\n\r\n")
        if not found:
            return
        low = head.lower()
        place = low.find(b"content-length:")
        length = int(low[place + 15 :].split(b"\r\n", 1)[0]) if place >= 0 else 0
        if len(body) < length:
            return
        self._got = b""
        path = head.split(b" ", 2)[1]
        if self._latency:
            self._loop.call_later(self._latency, self._answer, path)
        else:
            self._answer(path)

    def _answer(self, path: bytes) -> None:
        said = _ANSWERS.get(path, b"{}")
        self._out.write(  # type: ignore[attr-defined]
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nx-line-request-id: 5b59509c-c57b-11e9\r\n"
            b"Date: " + formatdate(usegmt=True).encode() + b"\r\n"
            b"Content-Length: " + str(len(said)).encode() + b"\r\n\r\n" + said
        )


async def _serve(latency_s: float) -> None:
    server = await asyncio.get_running_loop().create_server(lambda: _Answering(latency_s), "127.0.0.1", 0, backlog=512)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


@contextmanager
def standing_in(latency_s: float) -> Iterator[int]:
    """Run it in a process of its own and give its port."""
    command = [sys.executable, "-m", "tests.benchmarks.line_stand_in", str(latency_s)]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield int(server.stdout.readline())
        finally:
            server.kill()


if __name__ == "__main__":
    uvloop.run(_serve(float(sys.argv[1])))
