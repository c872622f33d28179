"""B8: a gateway's process under fifty events a second, alone, with slow strangers, with ten thousand idle ones."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

import psutil

from shopdesk.secrets import LINE_CHANNEL_SECRET
from tests.faults.cases import Check
from tests.faults.sending.stage import Lent, Stage
from tests.faults.webhooks.deliveries import Event, body, counted, message, resting, signature, sound, user
from tests.until import until

RATE, SECONDS = 50, 60.0
SLOW, IDLE = 200, 10_000
LARGEST_MB = 300
PROGRAM = ("-m", "shopdesk")
_ROOT = Path(__file__).resolve().parents[3]
_HALF = b"POST /webhook HTTP/1.1\r\nHost: shop\r\nX-Slow: "


def loaded(stage: Lent) -> Callable[[int, Random], Check]:
    """Make a case of B8."""

    def make(number: int, _random: Random) -> Check:
        strangers = ((0, 0), (SLOW, 0), (0, IDLE))[number % 3]
        return lambda folder: load(stage(), folder, *strangers)

    return make


def load(stage: Stage, folder: Path, slow: int, idle: int, seconds: float = SECONDS) -> None:
    """Let LINE deliver at its rate while strangers hold sockets: it is answered soon, in little memory, and nothing is lost."""
    with (
        stage.scene(folder, 0) as scene,
        served(scene.shop.home.path, stage.keys) as (process, url),
        ExitStack() as sockets,
    ):
        held = [
            sockets.enter_context(closing(socket.create_connection(_address(url), timeout=20)))
            for _ in range(slow + idle)
        ]
        for one in held[:slow]:
            one.sendall(_HALF)
        events = [message(str(n), scene.pc.now(), user(n % 7), after_ms=n) for n in range(round(RATE * seconds))]
        taken, memory = asyncio.run(delivered(url, stage.keys[LINE_CHANNEL_SECRET], events, held[:slow], process))
        with resting(scene) as inbox:
            until(lambda: not inbox.counts().waiting, "all is worked off", 60)
        assert sum(map(len, counted(scene.shop).values())) == len(events)
        taken.sort()
        slowest = taken[len(taken) * 99 // 100]
        assert slowest < 0.5, f"the 99th of 100 took {slowest:.3f} s"
        assert memory < LARGEST_MB, f"the gateway had {memory:.0f} MB"
        assert all(map(_is_over, held[:slow])), "who said half a head is still listened to"
        sound(scene.shop)


@contextmanager
def served(home: Path, keys: Mapping[str, str]) -> Iterator[tuple[psutil.Process, str]]:
    """Run the gateway of a home as the program does, with these secrets; give its process and address."""
    environment = {f"SHOPDESK_{name.upper()}": value for name, value in keys.items()}
    command = [sys.executable, *PROGRAM, "--home", str(home), "--json", "serve"]
    with subprocess.Popen(command, cwd=_ROOT, env={**os.environ, **environment}, stdout=subprocess.PIPE) as process:
        try:
            assert process.stdout is not None
            yield psutil.Process(process.pid), json.loads(process.stdout.readline())["url"]
        finally:
            process.terminate()


async def delivered(
    url: str, secret: str, events: Sequence[Event], slow: Sequence[socket.socket], process: psutil.Process
) -> tuple[list[float], float]:
    """Deliver each event at its time, each on a connection of its own; return how long each took, and the most memory in MB.

    Meanwhile every slow one says one more byte each second, as long as it is listened to.
    """
    begun, memory = time.monotonic(), 0.0

    async def one(number: int, said: Event) -> float:
        await asyncio.sleep(max(0.0, begun + number / RATE - time.monotonic()))
        started = time.monotonic()
        assert await _posted(_address(url), secret, body(said)) == b"200"
        return time.monotonic() - started

    async def watch() -> None:
        nonlocal memory
        while True:
            memory = max(memory, process.memory_info().rss / 1e6)
            for sock in slow:
                with suppress(OSError):
                    sock.send(b"x")
            await asyncio.sleep(1)

    watching = asyncio.create_task(watch())
    taken = await asyncio.gather(*(one(number, said) for number, said in enumerate(events)))
    watching.cancel()
    return list(taken), memory


async def _posted(address: tuple[str, int], secret: str, sent: bytes) -> bytes:
    reader, writer = await asyncio.open_connection(*address)
    head = b"POST /webhook HTTP/1.1\r\nHost: shop\r\nConnection: close\r\nContent-Length: %d\r\nx-line-signature: %b\r\n\r\n"
    writer.write(head % (len(sent), signature(secret, sent)) + sent)
    status = (await reader.readline()).split(b" ")[1]
    await reader.read()
    writer.close()
    return status


def _address(url: str) -> tuple[str, int]:
    parts = urlsplit(url)
    return parts.hostname or "", parts.port or 0


def _is_over(sock: socket.socket) -> bool:
    """Say whether the other side has ended this connection."""
    sock.setblocking(False)
    try:
        while sock.recv(1_000):
            pass
    except BlockingIOError:
        return False
    except OSError:
        pass
    return True
