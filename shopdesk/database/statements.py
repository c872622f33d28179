"""SQL that is ours to word: handed to the driver as it stands, ids set aside, portions that one statement can hold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Select
    from sqlalchemy.engine import CursorResult
    from sqlalchemy.orm import Session

T = TypeVar("T")


class Statement:
    """SQL that every write asks for, handed to the driver as it stands: nothing is built anew each time.

    Its values are the driver's own: times are milliseconds. `:name` stands for a value, and nothing else has a colon or a percent sign.
    """

    def __init__(self, sql: str) -> None:
        self._sqlite, self._postgresql = sql, re.sub(r":(\w+)", r"%(\1)s", sql)

    def run(self, session: Session, **values: Any) -> CursorResult[Any]:
        """Run it in a session's transaction."""
        connection = session.connection()
        on_sqlite = connection.dialect.name == "sqlite"
        return connection.exec_driver_sql(self._sqlite if on_sqlite else self._postgresql, values)


def rows(session: Session, prepared: Select[*tuple[Any, ...]], **values: Any) -> CursorResult[Any]:
    """Run a query that was built once, with `bindparam`s for its values: bare rows with the columns of what it selects.

    To build a query anew and to make mapped objects of what it finds takes several times as long; where that is read
    often and not changed, this does without.
    """
    return session.connection().execute(prepared, values)


def reserve_ids(session: Session, table: str, count: int) -> int:
    """Set aside `count` ids of a table, in the session that holds the write lock, and return the first of them."""
    if session.get_bind().dialect.name == "sqlite":
        ever = session.scalar(text("SELECT max(seq) FROM sqlite_sequence WHERE name = :table"), {"table": table}) or 0
        highest = session.scalar(text(f"SELECT max(id) FROM {table}")) or 0  # a table may have no sequence
        return max(int(ever), int(highest)) + 1
    sequence = text("SELECT setval(:name, nextval(:name) + :count) - :count")
    return int(session.scalar(sequence, {"name": f"{table}_id_seq", "count": count}) or 0)


def portions(items: Sequence[T], size: int = 500) -> Iterator[Sequence[T]]:
    """Return items, mostly ids, in portions that one statement can hold."""
    return (items[place : place + size] for place in range(0, len(items), size))
