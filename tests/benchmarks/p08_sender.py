"""P8: the sender against a raw socket, bare aiohttp and line-bot-sdk, with a server that answers after 50 ms."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert

from shopdesk.broadcasts.pace import SHARE
from shopdesk.friends.tables import FriendRow
from shopdesk.line import limits
from shopdesk.messages import draft
from shopdesk.secrets import LINE_ACCESS_TOKEN
from shopdesk.shop import open_shop
from tests.benchmarks.line_clients import TOKEN
from tests.benchmarks.line_stand_in import standing_in
from tests.benchmarks.measuring import fresh, in_turn
from tests.benchmarks.results import Figure, Line

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.benchmarks.workplace import Workplace

NAME = "P8"
LATENCY_S = 0.05
# All as product / anchor, at most: 0.95 of the raw rate is 1.05 of its time, five times less than the SDK is 0.2 of it.
RATE, PUSH_CPU, MULTICAST_CPU, SDK_CPU, OFF_PACE = 1 / 0.95, 1.3, 0.7, 0.2, 1.01


def anchor(client: str, port: int, calls: int) -> dict[str, Any]:
    """Send so many with one of the other clients."""
    return fresh(f"line_clients:{client}", port, calls)


def product(port: int, place: Workplace, template: Path, calls: int) -> dict[str, Any]:
    """Send a frozen broadcast to so many people."""
    with place.lent_home(template) as home:
        done = fresh("line_clients:ours", port, str(home), 1)
    if done["accepted"] != calls:
        raise RuntimeError(f"{done['accepted']} of {calls} were sent")
    return done


def report(place: Workplace) -> list[Line]:
    """Measure in turn."""
    calls = place.size.rows
    with standing_in(LATENCY_S) as port:
        template = _frozen(place, port, calls)
        sides: dict[str, Callable[[], dict[str, Any]]] = {
            one: partial(anchor, one, port, calls) for one in ("raw", "bare", "sdk", "bare_multicast", "door_multicast")
        }
        runs = in_turn(sides | {"ours": partial(product, port, place, template, calls)}, place.size.rounds)
    each = {(side, what): min(one[what] for one in runs[side]) / calls for side in runs for what in ("wall", "cpu")}

    def line(what: str, of: tuple[str, str], side: str, goal: float, note: str = "") -> Line:
        figures = (Figure(each[one, of[1]] * 1000, "ms") for one in (of[0], side))
        return Line.of(NAME, what, *figures, goal, note)

    rate = f"{1 / each['ours', 'wall']:,.0f} pushes a second"
    return [
        line(f"{calls:,} pushes, 160 at once, time for each", ("raw", "wall"), "ours", RATE, f"raw asyncio; {rate}"),
        line("processor for a push, outcome kept", ("bare", "cpu"), "ours", PUSH_CPU, "bare aiohttp on uvloop"),
        line("the same", ("sdk", "cpu"), "ours", SDK_CPU, "line-bot-sdk, asynchronous"),
        line(
            "processor for a multicast call", ("bare_multicast", "cpu"), "door_multicast", MULTICAST_CPU, "json.dumps"
        ),
        *_pace(place),
    ]


def _pace(place: Workplace) -> list[Line]:
    wanted = limits.CALLS_PER_SECOND["push"] * SHARE
    found = fresh("line_clients:paced", max(1.2, place.size.calm * 3))
    rate = max(found["rate"], wanted) / min(found["rate"], wanted)
    most = found["most"] / limits.CALLS_PER_SECOND["push"]
    note = f"set {wanted:,.0f}, kept {found['rate']:,.1f} a second"
    return [
        Line(NAME, "paced rate against the set one", goal=OFF_PACE, ratio=rate, note=note),
        Line(NAME, "most calls in one second / LINE's limit", goal=1.0, ratio=most, note=f"{found['most']:,.0f}"),
    ]


def _frozen(place: Workplace, port: int, people: int) -> Path:
    """A home with a frozen broadcast, number 1, in which each person reads their own text."""
    os.environ["SHOPDESK_LINE_HOST"] = f"http://127.0.0.1:{port}"
    home = place.empty_home()
    shop = open_shop(home, secrets={LINE_ACCESS_TOKEN: TOKEN})
    known = {"display_name": "見本", "picture_url": "", "state": "friend", "since": shop.clock.now()}
    with shop.database.write() as session:
        session.execute(insert(FriendRow), [{"user_id": f"U{number:032x}", **known} for number in range(people)])
    said = "{name}さん、秋の新作が入りました。店頭でお待ちしています。https://shop.example/autumn"
    shop.broadcasts.freeze(shop.broadcasts.draft(draft([{"type": "text", "text": said}]), everyone=True))
    shop.database.checkpoint()
    shop.close()
    return home
