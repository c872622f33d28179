"""P4: an import that keeps the sums and the customer x product table, against the plain insert of its rows. Processor time."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tests.benchmarks import data, product_import, stored_rows
from tests.benchmarks.measuring import Taken, in_turn, least
from tests.benchmarks.results import Line

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from tests.benchmarks.workplace import Workplace

NAME = "P4"
GOAL = 2.0
PARTS = 3
"""The shop that is imported into holds so many times the rows of the import."""


def anchor(rows: dict[str, list[tuple[Any, ...]]], before: Path, place: Workplace) -> Taken:
    """Write the orders and lines of the import; the customers' sums stay what they were."""
    with place.lent_home(before) as home:
        return stored_rows.insert(rows, home / "shop.db")


def product(file: Path, before: Path, place: Workplace) -> Taken:
    """Import orders of people who are mostly known, and take the stage that writes them and their sums."""
    with place.lent_home(before) as home:
        return product_import.run(file, home)


def report(place: Workplace) -> list[Line]:
    """Measure in turn, on top of a shop with three times as many rows."""
    people = place.size.export.customers
    rows, first = place.size.rows // 2 + 1, 1_001 + place.size.rows * PARTS
    file = place.csv("utf-8", data.Export(rows, people, 2, first))
    with place.lent_home() as before:
        product_import.run(place.csv("utf-8", data.Export(rows * PARTS, people)), before)
        with place.lent_home(before) as after:
            product_import.run(file, after)
            added = stored_rows.stored(after / "shop.db", before / "shop.db", bought=False)
        sides = {"plain": partial(anchor, added, before, place), "ours": partial(product, file, before, place)}
        runs = in_turn(sides, place.size.rounds)
    note = "the customers' sums and what each bought of each product"
    what = f"import that keeps the sums, {sum(map(len, added.values())):,} rows, CPU"
    return [Line.of(NAME, what, least(runs["plain"], "cpu"), least(runs["ours"], "cpu"), GOAL, note)]
