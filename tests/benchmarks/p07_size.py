"""P7: the database file with every index and kept sum, against the bare tables it is made from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.benchmarks.plain_import import connect
from tests.benchmarks.results import Figure, Line

if TYPE_CHECKING:
    from pathlib import Path

    from tests.benchmarks.workplace import Workplace

NAME = "P7"
GOAL = 2.0
SUMS = "customer_products"
LEFT_OUT = ("customer_search", "import_changes", "audit")


def anchor(home: Path, place: Workplace) -> float:
    """Return the megabytes of the tables alone."""
    return _size(home, place, bare=True)


def product(home: Path, place: Workplace) -> float:
    """Return the megabytes with what is kept beside them."""
    return _size(home, place, bare=False)


def report(place: Workplace) -> list[Line]:
    """Weigh two packed copies of the large shop."""
    home = place.large_home()
    figures = (Figure(side(home, place), "MB") for side in (anchor, product))
    what = f"file with all indexes and sums, {place.size.customers:,} customers"
    return [Line.of(NAME, what, *figures, GOAL, "both packed; without search index, before-images, audit")]


def _size(home: Path, place: Workplace, *, bare: bool) -> float:
    with place.lent_home(home) as copy:
        connection = connect(copy / "shop.db")
        for name in _needless(connection, bare=bare):
            connection.execute(name)
        connection.execute("VACUUM")
        pages, size = (connection.execute(f"PRAGMA {one}").fetchone()[0] for one in ("page_count", "page_size"))
        connection.close()
    return float(pages * size / 1e6)


def _needless(connection: Any, *, bare: bool) -> list[str]:
    """What is taken out first. The unique keys of a table belong to it."""
    out = [f"DELETE FROM {table}" for table in LEFT_OUT]
    if bare:
        indexes = connection.execute("SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
        out += [f"DROP INDEX {name}" for (name,) in indexes.fetchall()] + [f"DELETE FROM {SUMS}"]
    return out
