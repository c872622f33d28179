"""P1: a workbook imported end to end, against calamine's rows and one plain script."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl

from tests.benchmarks import data, plain_import, product_import
from tests.benchmarks.measuring import Taken, Timer, fresh, in_turn, least
from tests.benchmarks.results import Figure, Line
from tests.benchmarks.workplace import opened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.benchmarks.workplace import Workplace

NAME = "P1"
GOAL, GOAL_OPENPYXL, GOAL_MEMORY = 1.0, 0.25, 1.05


def anchor(file: Path, place: Workplace, *, by_openpyxl: bool = False) -> Taken:
    """Import with a plain script."""
    reader = _openpyxl_rows if by_openpyxl else plain_import.calamine_rows
    with place.lent_home() as home:
        timer = Timer.start()
        plain_import.run(reader(file), home / "shop.db")
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
        "slow": partial(anchor, file, place, by_openpyxl=True),
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
    """Return the line of the peak memory of both, each in a fresh process; the first of two compiles what it imports."""
    peaks: dict[str, list[int]] = {"plain_import": [], "product_import": []}
    for side in (*peaks, *peaks):
        with place.lent_home() as home:
            peaks[side].append(fresh(f"{side}:fresh_import", str(file), str(home))["peak_bytes"])
    figures = (Figure(min(found) / 1e6, "MB") for found in peaks.values())
    return Line.of(NAME, "its peak memory", *figures, goal, "whole processes")


def _openpyxl_rows(path: Path) -> Iterator[Sequence[Any]]:
    book = openpyxl.load_workbook(path, read_only=True)
    for row in book.worksheets[0].iter_rows(values_only=True):
        yield ["" if cell is None else cell for cell in row]
    book.close()


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
            with shop.imports.start([Path(file)]) as running:
                running.preview()
            taken.append(time.perf_counter() - begun)
    return {"seconds": min(taken)}
