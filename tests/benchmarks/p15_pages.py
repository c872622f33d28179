"""P15: the pages that many phones open at once, against the same application without a database."""

from __future__ import annotations

import asyncio
import time
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING

import uvloop

from tests.benchmarks.measuring import fresh, in_turn
from tests.benchmarks.page_servers import PAGES, serving
from tests.benchmarks.results import Figure, Line

if TYPE_CHECKING:
    from tests.benchmarks.workplace import Workplace

NAME = "P15"
AT_ONCE = 16
HALF = 1 / 0.50
"""As times, product / anchor at most: half of the rate is twice the time."""
_SAID = {"card": "a shop card's page", "survey": "a survey's question", "link": "a counted link"}
_PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari Line/15.0.0"


def anchor(port: int, path: str, calls: int, at_once: int) -> dict[str, float]:
    """Open a page so many times."""
    return fresh("p15_pages:call", port, path, calls, at_once)


product = anchor


def report(place: Workplace) -> list[Line]:
    """Measure each page in turn with the same page of the application that remembers everything."""
    calls = max(20, place.size.rows // 5)
    with ExitStack() as servers:
        sides = {}
        for way in ("nothing", "ours"):
            folder = place.folder / f"pages-{way}"
            folder.mkdir(exist_ok=True)
            sides[way] = servers.enter_context(serving(way, folder))
        return [_line(page, calls, sides, place.size.rounds) for page in PAGES]


def _line(page: str, calls: int, sides: dict[str, tuple[int, dict[str, str]]], rounds: int) -> Line:
    runs = in_turn(
        {way: partial(anchor, port, paths[page], calls, AT_ONCE) for way, (port, paths) in sides.items()}, rounds
    )
    least = {way: min(one["each"] for one in found) for way, found in runs.items()}
    figures = (Figure(least[way] * 1000, "ms") for way in ("nothing", "ours"))
    rate = f"no database; {1 / least['ours']:,.0f} a second"
    return Line.of(NAME, f"{_SAID[page]}, {AT_ONCE} phones at once, time for each", *figures, HALF, rate)


def call(_started: float, port: int, path: str, calls: int, at_once: int) -> dict[str, float]:
    """Open the page again and again over kept connections, in a process of its own."""
    return uvloop.run(_call(port, path, calls, at_once))


async def _call(port: int, path: str, calls: int, at_once: int) -> dict[str, float]:
    request = f"GET {path} HTTP/1.1\r\nHost: shop\r\nUser-Agent: {_PHONE}\r\n\r\n".encode()
    left = iter(range(calls))

    async def caller() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for _ in left:
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            assert head.startswith((b"HTTP/1.1 200", b"HTTP/1.1 302")), head
            length = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
            await reader.readexactly(int(length))
        writer.close()

    begun = time.perf_counter()
    await asyncio.gather(*(caller() for _ in range(at_once)))
    return {"each": (time.perf_counter() - begun) / calls}
