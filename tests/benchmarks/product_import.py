"""The program's own import, run here instead of in its child process, and what the databases hold after both."""

from __future__ import annotations

import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from shopdesk.imports.child import Import, Job
from shopdesk.imports.reading import cells
from shopdesk.staff import OWNER
from tests.benchmarks.measuring import Taken, Timer
from tests.benchmarks.plain_import import connect

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

# What both must have written: everything but ids that may be given in another order, moments of the import, and digests.
_SAME = (
    """SELECT name, name_fold, sort_key, search_text, email, phone, postal, prefecture, address, consent_line, consent_mail,
        line_state, orders, spent_yen, first_order_at, last_order_at FROM customers ORDER BY email""",
    """SELECT o.cart, o.number, c.email, buyer_name, ordered_at, total_yen, refunded_yen, cancelled, status, payment,
        length(digest) FROM orders o JOIN customers c ON c.id = o.customer_id ORDER BY o.number""",
    """SELECT o.number, position, p.code, p.name, quantity, unit_price_yen, l.total_yen FROM order_lines l
        JOIN orders o ON o.id = l.order_id JOIN products p ON p.id = l.product_id ORDER BY o.number, position""",
    "SELECT kind, scope, value, c.email FROM customer_keys k JOIN customers c ON c.id = k.customer_id ORDER BY value",
    "SELECT object, count(*), count(before) FROM import_changes GROUP BY object ORDER BY object",
    "SELECT count(*) FROM customer_search",
    """SELECT count(*) FROM customer_search WHERE customer_search MATCH '"見本" AND "jp"'""",
)


class Waved:
    """The end of a pipe at which somebody waves everything through at once, and notes when the merge began."""

    def __init__(self) -> None:
        self.merge: Timer | None = None
        self.merged: Taken | None = None

    def send(self, said: tuple[Any, ...]) -> None:
        """Take what the import says."""
        if said[0] == "done" and self.merge is not None:
            self.merged = self.merge.stop()

    def poll(self) -> bool:
        """Nobody stops it."""
        return False

    def recv(self) -> str:
        """Say that what was previewed may be written."""
        self.merge = Timer(time.perf_counter(), time.process_time())
        return "merge"


def run(file: Path, home: Path) -> Taken:
    """Import a file into the database of a home, all the steps the child process takes; return what the merge alone took."""
    cells.yen.cache_clear()  # a child process begins with nothing remembered
    pipe, staging = Waved(), home / "import.staging"
    job = Job(home / "shop.db", "", None, staging, (file,), None, None, None, OWNER, datetime.now(UTC), "en")
    with closing(Import(job, cast("Connection", pipe))) as one:
        one.go()
    staging.unlink()
    assert pipe.merged is not None
    return pipe.merged


def fresh_import(_started: float, file: str, home: str) -> dict[str, Any]:
    """Import in a process of its own."""
    run(Path(file), Path(home))
    return {}


def content(database: Path) -> list[list[tuple[Any, ...]]]:
    """Return what an import wrote, in an order that does not depend on the ids it gave."""
    connection = connect(database)
    try:
        return [connection.execute(query).fetchall() for query in _SAME]
    finally:
        connection.close()


def require_same(one: Path, other: Path) -> None:
    """Make sure that both sides of a comparison did the same work.

    Raises:
        AssertionError: their databases differ; the figures would say nothing.
    """
    for mine, theirs in zip(content(one), content(other), strict=True):
        different = next(((a, b) for a, b in zip(mine, theirs, strict=False) if a != b), None)
        assert len(mine) == len(theirs), f"{len(mine)} rows and {len(theirs)}"
        assert different is None, f"not the same rows: {different}"
