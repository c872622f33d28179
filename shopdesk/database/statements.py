"""SQL that is ours to word: handed to the driver as it stands, ids set aside, portions that one statement can hold."""

from __future__ import annotations

import re
from collections import namedtuple
from typing import TYPE_CHECKING, Any, TypeVar, cast

from sqlalchemy import Connection, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DBAPIError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from sqlalchemy import Dialect, Select
    from sqlalchemy.engine import CursorResult
    from sqlalchemy.orm import Session

T = TypeVar("T")


class Statement:
    """SQL that is asked for all the time: built once, and nothing is made of what it finds but bare rows.

    To build a query anew and to make mapped objects of what it finds takes several times as long as the database does.
    What reads goes straight to the driver, what writes through SQLAlchemy's connection.
    """

    def __init__(self, said: str | Select[*tuple[Any, ...]]) -> None:
        """Keep it.

        Args:
            said: SQL whose values are the driver's own: times are milliseconds. `:name` stands for a value, and nothing else has a
                colon or a percent sign. Or a query that reads, with a `bindparam` for each value; its rows have the columns it selects,
                as they are mapped.
        """
        self._said = said
        self._worded: dict[str, _Worded] = {}

    def run(self, session: Session, **values: Any) -> CursorResult[Any]:
        """Run what writes in a session's transaction."""
        connection = session.connection()
        return connection.exec_driver_sql(self._on(connection).sql, values)

    def all(self, session: Session, **values: Any) -> list[Any]:
        """Return every row, in a session's transaction."""
        bound = session.bind
        connection = bound if isinstance(bound, Connection) else session.connection()
        worded = self._on(connection)
        driver: Any = connection.connection.driver_connection
        try:
            cursor = driver.execute(worded.sql, worded.fixed | values)
            found = cursor.fetchall()
        except _errors(connection) as wrong:
            raise _wrapped(connection, worded.sql, values, wrong) from wrong
        return worded.rows(cursor.description, found)

    def first(self, session: Session, **values: Any) -> Any | None:
        """Return the first row, None for none."""
        found = self.all(session, **values)
        return found[0] if found else None

    def value(self, session: Session, **values: Any) -> Any | None:
        """Return the one value of the first row, None for none."""
        found = self.first(session, **values)
        return None if found is None else found[0]

    def _on(self, connection: Connection) -> _Worded:
        dialect = connection.dialect
        worded = self._worded.get(dialect.name)
        if worded is None:
            worded = self._worded[dialect.name] = _worded(self._said, dialect)
        return worded


class _Worded:
    """A statement in the words of one database: its SQL, the values that are always the same, and what each column is made into."""

    def __init__(self, sql: str, fixed: dict[str, Any], made: Mapping[int, Callable[[Any], Any]]) -> None:
        self.sql, self.fixed, self._made = sql, fixed, made
        self._row: Callable[[Any], Any] | None = None

    def rows(self, description: Sequence[Sequence[Any]], found: list[Any]) -> list[Any]:
        if self._row is None:
            names = [str(column[0]) for column in description]
            kind = cast("Any", namedtuple)("Row", names, rename=True)  # noqa: PYI024 - its names are the query's
            self._row = kind._make
        return [self._row(self._mapped(one)) for one in found] if self._made else list(map(self._row, found))

    def _mapped(self, one: Sequence[Any]) -> list[Any]:
        values = list(one)
        for place, make in self._made.items():
            values[place] = make(values[place])
        return values


def _worded(said: str | Select[*tuple[Any, ...]], dialect: Dialect) -> _Worded:
    on_sqlite = dialect.name == "sqlite"
    if isinstance(said, str):
        return _Worded(said if on_sqlite else re.sub(r":(\w+)", r"%(\1)s", said), {}, {})
    named = sqlite.dialect(paramstyle="named") if on_sqlite else dialect
    compiled = said.compile(dialect=named)
    made = (column.type.result_processor(dialect, None) for column in said.selected_columns)
    return _Worded(str(compiled), compiled.params, {place: one for place, one in enumerate(made) if one is not None})


def _errors(connection: Connection) -> type[Exception]:
    return cast("type[Exception]", connection.dialect.loaded_dbapi.Error)


def _wrapped(connection: Connection, sql: str, values: dict[str, Any], wrong: Exception) -> BaseException:
    """Return what SQLAlchemy would have raised: a line that broke is not used again."""
    dialect = connection.dialect
    lost = dialect.is_disconnect(wrong, connection.connection, None)  # type: ignore[arg-type]
    if lost:
        connection.invalidate(wrong)
    hidden = connection.engine.hide_parameters
    return DBAPIError.instance(
        sql, values, wrong, _errors(connection), hidden, connection_invalidated=lost, dialect=dialect
    )


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
