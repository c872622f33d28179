"""P3: from the staged rows to the main tables, against executemany of the same rows into the same tables."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tests.benchmarks import product_import, stored_rows
from tests.benchmarks.measuring import Taken, in_turn, least
from tests.benchmarks.results import Line

if TYPE_CHECKING:
    from typing import Any

    from tests.benchmarks.workplace import Workplace

NAME = "P3"
GOAL = 1.10


def anchor(rows: dict[str, list[tuple[Any, ...]]], place: Workplace) -> Taken:
    """Write the finished rows, that the program had to work out, with plain statements."""
    with place.lent_home() as home:
        return stored_rows.insert(rows, home / "shop.db")


def product(place: Workplace) -> Taken:
    """Import, and take the time under the write lock only: match, merge, sums, commit."""
    with place.lent_home() as home:
        return product_import.run(place.csv("utf-8"), home)


def report(place: Workplace) -> list[Line]:
    """Measure in turn."""
    with place.lent_home() as empty, place.lent_home() as home:
        product_import.run(place.csv("utf-8"), home)
        rows = stored_rows.stored(home / "shop.db", empty / "shop.db", bought=True)
    runs = in_turn({"plain": partial(anchor, rows, place), "ours": partial(product, place)}, place.size.rounds)
    count = sum(map(len, rows.values()))
    return [
        Line.of(
            NAME,
            f"database stage, {count:,} rows",
            least(runs["plain"]),
            least(runs["ours"]),
            GOAL,
            "anchor: executemany",
        )
    ]
