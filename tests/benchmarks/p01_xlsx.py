"""P1: a workbook imported end to end, against calamine's rows and one plain script."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.benchmarks import data, plain_import, product_import
from tests.benchmarks.measuring import Taken, Timer, fresh, in_turn, least
from tests.benchmarks.results import Figure, Line
from tests.benchmarks.workplace import opened

if TYPE_CHECKING:
    from tests.benchmarks.workplace import Workplace

NAME = "P1"
GOAL, GOAL_OPENPYXL, GOAL_MEMORY = 1.0, 0.25, 1.05
READERS = {"calamine": plain_import.calamine_rows, "openpyxl": plain_import.openpyxl_rows}


def anchor(file: Path, place: Workplace, reader: str = "calamine") -> Taken:
    """Import with a plain script."""
    with place.lent_home() as home:
        timer = Timer.start()
        plain_import.run(READERS[reader](file), home / "shop.db")
        return timer.stop()


def product(file: Path, place: Workplace) -> Taken:
    """Import as the program does, from the opened file to the commit."""
    with place.lent_home() as home:
        timer = Timer.start()
        product_import.run(file, home)
        return timer.stop()


def report(place: Workplace) -> list[Line]:
    """Measure the times in turn, then the memory of either in processes of their own."""
    file = place.xlsx()
    _check(file, place)
    sides = {
        "plain": partial(anchor, file, place),
        "slow": partial(anchor, file, place, "openpyxl"),
        "ours": partial(product, file, place),
    }
    runs = in_turn(sides, place.size.rounds)
    ours = least(runs["ours"])
    what = f"xlsx import, {place.size.rows:,} rows x {len(data.COLUMNS)} columns"
    return [
        Line.of(NAME, what, least(runs["plain"]), ours, GOAL, "anchor: calamine + sqlite"),
        Line.of(NAME, what, least(runs["slow"]), ours, GOAL_OPENPYXL, "anchor: openpyxl read_only + sqlite"),
        memory(place, file, GOAL_MEMORY),
        Line(NAME, "start of the import's child process", product=child_start(place), note="beside the ratios"),
    ]


def _check(file: Path, place: Workplace) -> None:
    with place.lent_home() as one, place.lent_home() as other:
        plain_import.run(plain_import.calamine_rows(file), one / "shop.db")
        product_import.run(file, other)
        product_import.require_same(one / "shop.db", other / "shop.db")


def memory(place: Workplace, file: Path, goal: float) -> Line:
    """Return the line of the peak memory of both, each in a fresh process."""
    peaks = []
    for side in ("fresh_anchor", "fresh_product"):
        with place.lent_home() as home:
            peaks.append(Figure(fresh(f"p01_xlsx:{side}", str(file), str(home))["peak_bytes"] / 1e6, "MB"))
    return Line.of(NAME, "its peak memory", *peaks, goal, "whole processes")


def fresh_anchor(_started: float, file: str, home: str) -> dict[str, Any]:
    """Import with the plain script, in a process of its own."""
    plain_import.run(plain_import.calamine_rows(Path(file)), Path(home) / "shop.db")
    return {}


def fresh_product(_started: float, file: str, home: str) -> dict[str, Any]:
    """Import as the program does, in a process of its own."""
    product_import.run(Path(file), Path(home))
    return {}


def child_start(place: Workplace) -> Figure:
    """Return how long it takes until the child process has previewed a file of one row."""
    with place.lent_home() as home:
        said = fresh("p01_xlsx:fresh_child", str(place.csv("utf-8", data.Export(1, 1))), str(home), place.size.rounds)
    return Figure(said["seconds"], "s")


def fresh_child(_started: float, file: str, home: str, rounds: int) -> dict[str, Any]:
    """Start the child process a few times. In a process with a light main module, which every child imports again."""
    taken = []
    with opened(Path(home)) as shop:
        for _ in range(rounds):
            begun = time.perf_counter()
            shop.imports.dry_run([Path(file)])
            taken.append(time.perf_counter() - begun)
    return {"seconds": min(taken)}
