"""P9: webhooks kept before they are answered, against the same application that keeps nothing and one that commits each.

And how soon each of fifty a second is answered while an import writes.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import time
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING, Any

import uvloop

from tests.benchmarks.measuring import fresh, in_turn
from tests.benchmarks.results import Figure, Line
from tests.benchmarks.webhook_beside_import import beside_import
from tests.benchmarks.webhook_servers import SECRET, serving

if TYPE_CHECKING:
    from tests.benchmarks.workplace import Workplace

NAME = "P9"
AT_ONCE = 64
# As times, product / anchor at most: 0.60 of the rate is 1 / 0.60 of the time; three times the rate a third of it.
NO_DATABASE, EACH, TAIL, ALONE = 1 / 0.60, 1 / 3, 4.0, 1.15
BODY = (
    b'{"destination":"U85053189bb5dd4ca9af886f8b50cb7fe","events":[{"type":"message","replyToken":"'
    + b"a" * 32
    + b'","message":{"type":"text","id":"468789577898262530","quoteToken":"q3Plxr4AgKd","text":"'
    + "予約できますか".encode()
    + b'"},"webhookEventId":"01FZ74A0TDDPYRVKNK77XKC3ZR","deliveryContext":{"isRedelivery":false},'
    b'"timestamp":1795741476794,"source":{"type":"user","userId":"U8b42f064b11534bd5aa60ea933d084e1"},"mode":"active"}]}'
)


def anchor(port: int, calls: int, at_once: int) -> dict[str, float]:
    """Call one server so many times."""
    return fresh("p09_webhook:call", port, calls, at_once)


product = anchor


def report(place: Workplace) -> list[Line]:
    """Measure in turn: 64 at once, then one at a time."""
    calls = place.size.rows
    with ExitStack() as servers:
        ports = {}
        for way in ("nothing", "each", "ours"):
            folder = place.folder / f"webhook-{way}"
            folder.mkdir(exist_ok=True)
            ports[way] = servers.enter_context(serving(way, folder))
        many = in_turn({way: partial(anchor, port, calls, AT_ONCE) for way, port in ports.items()}, place.size.rounds)
        alone = in_turn(
            {way: partial(anchor, ports[way], max(60, calls // 20), 1) for way in ("each", "ours")}, place.size.rounds
        )

    def line(what: str, runs: dict[str, list[dict[str, float]]], than: str, key: str, goal: float, note: str) -> Line:
        figures = (Figure(min(one[key] for one in runs[side]) * 1000, "ms") for side in (than, "ours"))
        return Line.of(NAME, what, *figures, goal, note)

    rate = f"{1 / min(one['each'] for one in many['ours']):,.0f} a second"
    return [
        line(
            f"{calls:,} webhooks, 64 at once, time for each",
            many,
            "nothing",
            "each",
            NO_DATABASE,
            f"no database; {rate}",
        ),
        line("the same", many, "each", "each", EACH, "a commit for each"),
        line("99th of 100", many, "nothing", "p99", TAIL, "no database"),
        line("one at a time, the middle one", alone, "each", "p50", ALONE, "a commit for each"),
        beside_import(place, NAME),
    ]


def call(_started: float, port: int, calls: int, at_once: int) -> dict[str, Any]:
    """Post the same signed body again and again over kept connections, in a process of its own."""
    return uvloop.run(_call(port, calls, at_once))


async def _call(port: int, calls: int, at_once: int) -> dict[str, float]:
    signature = base64.b64encode(hmac.digest(SECRET, BODY, hashlib.sha256))
    request = (
        b"POST /webhook HTTP/1.1\r\nHost: shop\r\nContent-Type: application/json\r\nx-line-signature: "
        + signature
        + b"\r\nContent-Length: %d\r\n\r\n" % len(BODY)
        + BODY
    )
    left = iter(range(calls))
    taken: list[float] = []

    async def caller() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for _ in left:
            begun = time.perf_counter()
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            await reader.readexactly(2)
            taken.append(time.perf_counter() - begun)
            assert head.startswith(b"HTTP/1.1 200"), head
        writer.close()

    begun = time.perf_counter()
    await asyncio.gather(*(caller() for _ in range(at_once)))
    whole = time.perf_counter() - begun
    taken.sort()
    return {"each": whole / calls, "p50": taken[len(taken) // 2], "p99": taken[len(taken) * 99 // 100]}
