"""The large shop's bare tables in DuckDB's own storage: the engine that rules are measured against."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

if TYPE_CHECKING:
    from collections.abc import Iterator

THREADS = 2
_PORTION = 200_000
# What the rules ask by; sums and the customer x product table are ours, DuckDB works from the orders.
_TABLES = {
    "customers": "id, prefecture, birth_month, sex, consent_line, consent_mail, line_state",
    "products": "id, code, name",
    "orders": "id, customer_id, ordered_at, total_yen, refunded_yen, cancelled",
    "order_lines": "order_id, position, product_id, quantity, total_yen",
    "tags": "id, name",
    "customer_tags": "tag_id, customer_id",
}
_TEXT = {"prefecture", "sex", "line_state", "code", "name"}


def copied(connection: Any, folder: Path) -> Any:
    """Return DuckDB with the tables of an open SQLite database, in a file of this folder."""
    duck = duckdb.connect(str(folder / "shop.duckdb"), config={"threads": str(THREADS)})
    for table, columns in _TABLES.items():
        kinds = (f"{one} {_kind(one)}" for one in columns.split(", "))
        duck.execute(f"CREATE TABLE {table} ({', '.join(kinds)})")
        with tempfile.TemporaryDirectory() as passing:
            file = Path(passing) / "rows.csv"
            with file.open("w", encoding="utf-8") as out:
                out.writelines(_rows(connection, table, columns))
            duck.execute(
                f"COPY {table} FROM '{file.as_posix()}' (HEADER false, DELIMITER '\t', NULLSTR '-', QUOTE '\x01')"
            )
    duck.execute("CHECKPOINT")
    return duck


def _kind(column: str) -> str:
    if column in _TEXT:
        return "VARCHAR"
    return "BOOLEAN" if column in {"consent_line", "consent_mail", "cancelled"} else "BIGINT"


def _rows(connection: Any, table: str, columns: str) -> Iterator[str]:
    cursor = connection.execute(f"SELECT {columns} FROM {table}")
    while portion := cursor.fetchmany(_PORTION):
        for row in portion:
            yield "\t".join("-" if one is None else str(one) for one in row) + "\n"
