"""The rows that an import has written, ready to be written again by plain statements: the anchor of its database stage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.benchmarks.measuring import Taken, Timer
from tests.benchmarks.plain_import import connect, grams_of

if TYPE_CHECKING:
    from pathlib import Path

# The table and what numbers its rows; those of an import come after those that were there.
_TABLES = ("imports", "products", "customers", "customer_keys", "orders", "order_lines", "import_changes")
_NEW = {
    "imports": "id > (SELECT max(id) FROM before.imports)",
    "products": "id NOT IN (SELECT id FROM before.products)",
    "customers": "id NOT IN (SELECT id FROM before.customers)",
    "customer_keys": "customer_id NOT IN (SELECT id FROM before.customers)",
    "orders": "id > (SELECT max(id) FROM before.orders)",
    "order_lines": "order_id > (SELECT max(id) FROM before.orders)",
    "import_changes": "import_id > (SELECT max(id) FROM before.imports)",
}


def stored(database: Path, before: Path, *, bought: bool) -> dict[str, list[tuple[Any, ...]]]:
    """Return by statement the rows that `database` has and `before` has not, search grams too.

    `bought` brings what each customer bought of each product, which an empty `before` has none of.
    """
    connection = connect(database)
    connection.execute("ATTACH ? AS before", (str(before),))
    found: dict[str, list[tuple[Any, ...]]] = {}
    for table in (*_TABLES, *(["customer_products"] if bought else [])):
        some = connection.execute(f"SELECT EXISTS (SELECT 1 FROM before.{table})").fetchone()[0]
        rows = connection.execute(f"SELECT * FROM main.{table} WHERE {_NEW[table] if some else True}").fetchall()
        columns = [one[1] for one in connection.execute(f"PRAGMA main.table_info({table})")]
        found[f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"] = rows
        if table == "customers":
            texts = ((row[columns.index("id")], row[columns.index("search_text")]) for row in rows)
            found["INSERT INTO customer_search (rowid, grams) VALUES (?, ?)"] = [
                (n, grams_of(said.split("\n"))) for n, said in texts
            ]
    connection.close()
    return found


def insert(rows: dict[str, list[tuple[Any, ...]]], database: Path) -> Taken:
    """Write the rows into a database in one transaction; return what that took."""
    connection = connect(database)
    timer = Timer.start()
    connection.execute("BEGIN IMMEDIATE")
    for statement, its in rows.items():
        connection.executemany(statement, its)
    connection.execute("COMMIT")
    taken = timer.stop()
    connection.close()
    return taken
