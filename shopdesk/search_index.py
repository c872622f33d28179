"""The search index for Japanese: folded texts as single and paired characters, in FTS5 or as a tsvector.

SQLite's trigram index finds nothing for two characters (見本), and a bundled PostgreSQL has no pg_trgm. What the index finds
contains every pair of a word, not always the word: candidates are checked by substring.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, column, delete, insert, select, table, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session

    from shopdesk.database import Database


_PURGED_PAGES = 500
"""In one transaction: some tens of milliseconds."""


class SearchIndex:
    """One index table: FTS5 without content on SQLite, whose rowid is the id; on PostgreSQL a table with `id_column` and grams."""

    def __init__(self, name: str, id_column: str) -> None:
        self._name, self._id_name = name, id_column
        self._table = table(name, column("rowid"), column(id_column), column("grams"))

    def put(self, session: Session, grams: Mapping[int, Sequence[str]]) -> None:
        """Put rows that the index does not have into it, each with its distinct grams."""
        if not grams:
            return
        if on_sqlite(session):
            rows = [{"rowid": one, "grams": " ".join(found)} for one, found in grams.items()]
            session.connection().execute(
                insert(self._table).values(rowid=bindparam("rowid"), grams=bindparam("grams")), rows
            )
            return
        session.connection().execute(
            text(
                f"INSERT INTO {self._name} ({self._id_name}, grams) "
                "VALUES (:who, array_to_tsvector(CAST(:grams AS text[])))"
            ),
            [{"who": one, "grams": list(found)} for one, found in grams.items()],
        )

    def take_out(self, session: Session, ids: Sequence[int]) -> None:
        """Take rows out of the index."""
        session.execute(delete(self._table).where(self._id(session).in_(ids)))

    def candidates(self, session: Session, wanted: Iterable[Sequence[str]]) -> Select[int]:
        """Return the query for the ids whose text may contain, of each of `wanted`, one of the folded words."""
        sqlite = on_sqlite(session)
        quoted = _quoted_for_fts5 if sqlite else _quoted_for_tsquery
        both, either = (" AND ", " OR ") if sqlite else (" & ", " | ")
        query = both.join(
            "(" + either.join("(" + both.join(map(quoted, _needed(one))) + ")" for one in alternatives) + ")"
            for alternatives in wanted
        )
        match = f"{self._name} MATCH :query" if sqlite else f"{self._name}.grams @@ CAST(:query AS tsquery)"
        found = text(match).bindparams(bindparam("query", query, unique=True))
        return select(self._id(session)).where(found)

    def purge_all(self, database: Database) -> None:
        """Rewrite the index, in short transactions, so that what was taken out leaves the file.

        SQLite: deleting from a contentless index only marks the row; its grams go when the segments are merged.
        """
        more = database.on_sqlite
        while more:
            with database.write() as session:
                more = self._purge(session)

    def _purge(self, session: Session) -> bool:
        count = text("SELECT total_changes()")
        before = session.scalar(count)
        merge = text(f"INSERT INTO {self._name} ({self._name}, rank) VALUES ('merge', :pages)")
        session.execute(merge, {"pages": -_PURGED_PAGES})
        return int(session.scalar(count) or 0) - int(before or 0) >= 2  # noqa: PLR2004 - SQLite: less means nothing was merged

    def _id(self, session: Session) -> ColumnElement[int]:
        return self._table.c.rowid if on_sqlite(session) else self._table.c[self._id_name]


def on_sqlite(session: Session) -> bool:
    """Say whether a session is on SQLite."""
    return session.get_bind().dialect.name == "sqlite"


def _needed(folded: str) -> Iterator[str]:
    """The grams that a text must have to contain this: the pairs, or the one character."""
    return iter((folded,)) if len(folded) == 1 else map("".join, pairwise(folded))


def _quoted_for_fts5(gram: str) -> str:
    return '"' + gram.replace('"', '""') + '"'


def _quoted_for_tsquery(gram: str) -> str:
    return "'" + gram.replace("\\", "\\\\").replace("'", "''") + "'"
