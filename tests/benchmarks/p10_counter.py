"""P10: from a scan to points shown and on the disk, with many cards, against plain SQL; and while an import writes."""

from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

from shopdesk.shop import open_shop
from tests.benchmarks.counter_scans import TILL, carded, opened_plainly, plain
from tests.benchmarks.measuring import in_turn, quantile
from tests.benchmarks.results import Figure, Line

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.benchmarks.workplace import Workplace

NAME = "P10"
GOAL, SYNC_GOAL, WAIT_GOAL_MS = 1.25, 1.8, 2_000.0
_SCANS = 200
_PAUSE_S = 0.05
_PAGES = 12 * 4_120
"""So many bytes a commit of a visit adds to SQLite's log, about."""


def anchor(home: Path, codes: list[str]) -> list[float]:
    """Count a visit on each card with plain statements; return the seconds that each took."""
    with closing(opened_plainly(home)) as data:
        return _each(partial(plain, data), codes)


def product(home: Path, codes: list[str]) -> list[float]:
    """Count them as a till does."""
    with closing(open_shop(home, secrets={})) as shop:
        shop.cards.scan(codes[0], till=TILL)
        return _each(lambda code: shop.cards.scan(code, till=TILL), codes)


def sync(folder: Path, count: int) -> list[float]:
    """Write as much as a visit does, and wait for the disk."""
    file = os.open(folder / "synced", os.O_RDWR | os.O_CREAT)
    try:
        return _each(lambda _code: (os.write(file, bytes(_PAGES)), os.fsync(file)), [""] * count)
    finally:
        os.close(file)


def report(place: Workplace) -> list[Line]:
    """Measure in turn."""
    cards = max(place.size.rows, 20)
    home, codes = carded(place, cards)
    mine, plainly = place.copy_of(home), place.copy_of(home)
    some = codes[:: max(1, len(codes) // _SCANS)]
    sides: dict[str, Callable[[], list[float]]] = {
        "plain": partial(anchor, plainly, some),
        "ours": partial(product, mine, some),
        "sync": partial(sync, place.folder, len(some)),
    }
    runs = in_turn(sides, place.size.rounds)

    def line(what: str, against: str, part: float, goal: float | None, note: str) -> Line:
        of = (Figure(min(quantile(one, part) for one in runs[side]) * 1000, "ms") for side in (against, "ours"))
        return Line.of(NAME, what, *of, goal, note)

    return [
        line(f"a visit with {cards:,} cards, scan to commit, median", "plain", 0.5, GOAL, "the same rows in plain SQL"),
        line("the same", "sync", 0.5, SYNC_GOAL, "fsync of as many bytes"),
        line("the same, 99th of 100", "plain", 0.99, None, "the same rows in plain SQL"),
        _beside_import(place, mine, some),
    ]


def _beside_import(place: Workplace, home: Path, codes: list[str]) -> Line:
    """Count visits while the same program lets a child process import a file."""
    file = place.csv("utf-8")
    with closing(open_shop(home, secrets={})) as shop, ThreadPoolExecutor(1) as beside:
        imported = beside.submit(shop.imports.run, [file])
        taken: list[float] = []
        while not imported.done() or not taken:
            taken += _each(lambda code: shop.cards.scan(code, till=TILL), [codes[len(taken) % len(codes)]])
            time.sleep(_PAUSE_S)
        imported.result()
    return Line.of(
        NAME,
        f"longest wait of {len(taken):,} visits beside an import of {place.size.rows:,} rows",
        Figure(WAIT_GOAL_MS, "ms"),
        Figure(max(taken) * 1000, "ms"),
        1.0,
        f"the goal; 99th of 100 {quantile(taken, 0.99) * 1000:.0f} ms",
    )


def _each(does: Callable[[str], object], codes: list[str]) -> list[float]:
    taken = []
    for code in codes:
        begun = time.perf_counter()
        does(code)
        taken.append(time.perf_counter() - begun)
    return taken
