"""Clients that send the same pushes or multicasts, each called in a fresh process: what ours is compared with, and ours."""

from __future__ import annotations

import asyncio
import json
import os
import time
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aiohttp
import uvloop

from shopdesk.broadcasts.ledger import Ledger
from shopdesk.broadcasts.pace import Pace
from shopdesk.broadcasts.sender import Sender
from shopdesk.broadcasts.stopping import run
from shopdesk.line import body, limits
from shopdesk.line.sending import Sending
from shopdesk.secrets import LINE_ACCESS_TOKEN
from shopdesk.shop import open_shop
from tests.benchmarks.measuring import Timer

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

AT_ONCE = 160
TOKEN = "a" * 170
TEXT = {"type": "text", "text": "見本さん、秋の新作が入りました。店頭でお待ちしています。https://shop.example/autumn"}


def _to(number: int) -> str:
    return f"U{number:032x}"


def _request(number: int) -> dict[str, Any]:
    return {"to": _to(number), "messages": [TEXT], "notificationDisabled": False}


def _many() -> dict[str, Any]:
    return {"to": [_to(number) for number in range(500)], "messages": [TEXT], "notificationDisabled": False}


async def _by_callers(calls: int, call: Callable[[int], Awaitable[object]]) -> None:
    """Let 160 callers share the calls."""
    numbers = iter(range(calls))

    async def caller() -> None:
        for number in numbers:
            await call(number)

    await asyncio.gather(*(caller() for _ in range(AT_ONCE)))


def _timed(work: Callable[[], Awaitable[object]]) -> dict[str, float]:
    async def timed() -> dict[str, float]:
        timer = Timer.start()
        await work()
        taken = timer.stop()
        return {"wall": taken.wall, "cpu": taken.cpu}

    return uvloop.run(timed())


class _Raw(asyncio.Protocol):
    """One connection that asks again as soon as it has an answer; nothing is read of it but its length."""

    def __init__(self, requests: Any, done: asyncio.Future[None]) -> None:
        self._requests, self._done = requests, done

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._out = transport
        self._next()

    def data_received(self, _data: bytes) -> None:
        self._next()

    def _next(self) -> None:
        request = next(self._requests, None)
        if request is None:
            self._done.set_result(None)
        else:
            self._out.write(request)  # type: ignore[attr-defined]


def raw(_started: float, port: int, calls: int) -> dict[str, float]:
    """The limit: prepared bytes over 160 bare connections."""
    head = f"POST /v2/bot/message/push HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: "
    bodies = (json.dumps(_request(number), ensure_ascii=False).encode() for number in range(calls))
    requests = iter([f"{head}{len(one)}\r\n\r\n".encode() + one for one in bodies])

    async def work() -> None:
        loop = asyncio.get_running_loop()
        ended = [loop.create_future() for _ in range(AT_ONCE)]
        opened = [loop.create_connection(lambda one=one: _Raw(requests, one), "127.0.0.1", port) for one in ended]
        await asyncio.gather(*opened)
        await asyncio.gather(*ended)

    return _timed(work)


def _bare(port: int, calls: int, kind: str, request: Callable[[int], dict[str, Any]]) -> dict[str, float]:
    async def work() -> None:
        url = f"http://127.0.0.1:{port}/v2/bot/message/{kind}"
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=AT_ONCE)) as session:

            async def call(number: int) -> None:
                headers = {
                    "Authorization": f"Bearer {TOKEN}",
                    "Content-Type": "application/json",
                    "X-Line-Retry-Key": str(uuid.uuid4()),
                }
                async with session.post(url, data=json.dumps(request(number)), headers=headers) as answer:
                    assert answer.status == 200
                    await answer.read()

            await _by_callers(calls, call)

    return _timed(work)


def bare(_started: float, port: int, calls: int) -> dict[str, float]:
    """Bare aiohttp on uvloop: json.dumps and a key for each push, nothing is kept."""
    return _bare(port, calls, "push", _request)


def bare_multicast(_started: float, port: int, calls: int) -> dict[str, float]:
    """The same for multicasts to 500 people."""
    made = _many()
    return _bare(port, calls, "multicast", lambda _number: made)


def sdk(_started: float, port: int, calls: int) -> dict[str, float]:
    """line-bot-sdk's asynchronous client."""
    from linebot.v3 import messaging  # noqa: PLC0415 - a second that only this side pays

    async def work() -> None:
        configuration = messaging.Configuration(host=f"http://127.0.0.1:{port}", access_token=TOKEN)
        async with messaging.AsyncApiClient(configuration) as client:
            api = messaging.AsyncMessagingApi(client)

            async def call(number: int) -> None:
                message = messaging.TextMessage(text=TEXT["text"])
                request = messaging.PushMessageRequest(to=_to(number), messages=[message])
                await api.push_message(request, x_line_retry_key=str(uuid.uuid4()))

            await _by_callers(calls, call)

    return _timed(work)


def door_multicast(_started: float, port: int, calls: int) -> dict[str, float]:
    """Our door: bytes that are stored already go out under their key."""
    content = body("multicast", _many()["to"], [TEXT])

    async def work() -> None:
        async with Sending(f"http://127.0.0.1:{port}") as door:

            async def call(_number: int) -> None:
                answer = await door.post("multicast", content, str(uuid.uuid4()), TOKEN)
                assert answer.status == 200

            await _by_callers(calls, call)

    return _timed(work)


def ours(_started: float, port: int, home: str, broadcast: int) -> dict[str, float]:
    """The whole sender with LINE's rate taken off: claims, stored bytes and hashes, calls, a durable outcome for each person."""
    limits.CALLS_PER_SECOND["push"] = 1e9
    os.environ["SHOPDESK_LINE_HOST"] = f"http://127.0.0.1:{port}"
    shop = open_shop(Path(home), secrets={LINE_ACCESS_TOKEN: TOKEN})
    shop.lift_quarantine()  # the home is a copy
    office, lease = shop.broadcasts._office, shop.leases.take("sender")
    timer = Timer.start()
    run(lambda: Sender(shop.line, Ledger(office, lease, broadcast), lease, shop.clock, asyncio.sleep))
    taken = timer.stop()
    lease.release()
    status = shop.broadcasts.status(broadcast)
    shop.close()
    return {"wall": taken.wall, "cpu": taken.cpu, "accepted": status.accepted}


def paced(_started: float, seconds: float) -> dict[str, float]:
    """The pace alone with 160 callers: the rate of its turns, and the most in any one second."""
    turns: list[float] = []

    async def work() -> None:
        pace = Pace("push", asyncio.get_running_loop().time)
        until = time.perf_counter() + seconds

        async def caller() -> None:
            while time.perf_counter() < until:
                await pace.turn()
                turns.append(time.perf_counter())

        await asyncio.gather(*(caller() for _ in range(AT_ONCE)))

    uvloop.run(work())
    turns.sort()
    inside = [one for one in turns if one <= turns[0] + seconds]
    most, left = 0, 0
    for right, at in enumerate(inside):
        while at - inside[left] >= 1:
            left += 1
        most = max(most, right - left + 1)
    return {"rate": (len(inside) - 1) / (inside[-1] - inside[0]), "most": most}
