"""P2: a text export imported end to end, against csv.reader and one plain script; memory that does not grow with the file."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from tests.benchmarks import plain_import, product_import
from tests.benchmarks.measuring import Taken, Timer, fresh, in_turn, least
from tests.benchmarks.results import Figure, Line

if TYPE_CHECKING:
    from pathlib import Path

    from tests.benchmarks.workplace import Workplace

NAME = "P2"
GOAL, GOAL_GROWTH = 1.15, 1.10
TIMES = 10
"""So many times larger is the larger of the two files whose memory is compared."""


def anchor(file: Path, encoding: str, place: Workplace) -> Taken:
    """Import with a plain script that is told the encoding."""
    with place.lent_home() as home:
        timer = Timer.start()
        plain_import.run(plain_import.csv_rows(file, encoding), home / "shop.db")
        return timer.stop()


def product(file: Path, place: Workplace) -> Taken:
    """Import as the program does, finding out the encoding itself."""
    with place.lent_home() as home:
        timer = Timer.start()
        product_import.run(file, home)
        return timer.stop()


def report(place: Workplace) -> list[Line]:
    """Measure both encodings in turn, then the memory at two sizes."""
    sides: dict[str, Any] = {}
    for encoding in ("cp932", "utf-8"):
        file = place.csv(encoding)
        sides[f"plain {encoding}"] = partial(anchor, file, encoding, place)
        sides[f"ours {encoding}"] = partial(product, file, place)
    _check(place)
    runs = in_turn(sides, place.size.rounds)
    return [
        *(_line(encoding, runs, place) for encoding in ("cp932", "utf-8")),
        growth(place),
    ]


def _check(place: Workplace) -> None:
    file = place.csv("cp932")
    with place.lent_home() as one, place.lent_home() as other:
        plain_import.run(plain_import.csv_rows(file, "cp932"), one / "shop.db")
        product_import.run(file, other)
        product_import.require_same(one / "shop.db", other / "shop.db")


def _line(encoding: str, runs: dict[str, list[Taken]], place: Workplace) -> Line:
    plain, ours = least(runs[f"plain {encoding}"]), least(runs[f"ours {encoding}"])
    return Line.of(
        NAME, f"{encoding} csv import, {place.size.rows:,} rows", plain, ours, GOAL, "anchor: csv.reader + sqlite"
    )


def growth(place: Workplace) -> Line:
    """Return the line of the peak memory: the file against one ten times as large, with ten times the people."""
    small = place.size.export
    peaks = []
    for export in (small, small._replace(rows=small.rows * TIMES, customers=small.customers * TIMES)):
        with place.lent_home() as home:
            said = fresh("product_import:fresh_import", str(place.csv("cp932", export)), str(home))
            peaks.append(Figure(said["peak_bytes"] / 1e6, "MB"))
    return Line.of(
        NAME, f"peak memory, {small.rows:,} and {small.rows * TIMES:,} rows", *peaks, GOAL_GROWTH, "ours and ours"
    )
