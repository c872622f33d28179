"""The door to the journal: what a till noted while it could not reach the shop's data, in a small database of this computer's own.

It is made when something is noted first: where the data lies elsewhere (PostgreSQL) and the line to it is lost. It has no key, as a
file beside PostgreSQL has none; nothing in it opens a card or names a customer.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from shopdesk.database import connect_sqlite, milliseconds, moment

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from sqlcipher3 import dbapi2 as sqlcipher

_TABLES = (
    "CREATE TABLE IF NOT EXISTS notes (id INTEGER PRIMARY KEY AUTOINCREMENT, nonce TEXT NOT NULL UNIQUE, "
    "at INTEGER NOT NULL, body TEXT NOT NULL)",
    # Nothing that was noted is changed: that it does not hold is a row of its own.
    "CREATE TABLE IF NOT EXISTS taken_back (nonce TEXT PRIMARY KEY, at INTEGER NOT NULL, body TEXT NOT NULL) WITHOUT ROWID",
)
_READ = (
    "SELECT n.nonce, n.at, n.body, b.at, b.body FROM notes n LEFT JOIN taken_back b ON b.nonce = n.nonce "
    "{where} ORDER BY n.id {order} LIMIT ?"
)


@dataclass(frozen=True, slots=True)
class Note:
    """What was noted under a nonce, and when by this computer's clock; `back` is how it was taken back, None while it holds."""

    nonce: str
    at: datetime
    body: str
    back: Back | None = None


@dataclass(frozen=True, slots=True)
class Back:
    """When a note was taken back by this computer's clock, and what was said then."""

    at: datetime
    body: str


class Journal:
    """The journal of one home."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._guard = threading.Lock()
        self._opened: sqlcipher.Connection | None = None

    def put(self, note: Note) -> Note:
        """Keep a note, on the disk when this returns. Under a nonce that has one already, that one stays; return what is kept."""
        with self._guard:
            kept = self._open()
            new = (note.nonce, milliseconds(note.at), note.body)
            kept.execute("INSERT INTO notes (nonce, at, body) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", new)
            (found,) = kept.execute(_READ.format(where="WHERE n.nonce = ?", order=""), (note.nonce, 1)).fetchall()
        return _note(found)

    def waiting(self, limit: int) -> list[Note]:
        """Return the first notes, in the order in which they were made."""
        return self._read("", "", limit)

    def last(self, since: datetime, limit: int) -> list[Note]:
        """Return the last notes since a moment, the newest first."""
        return self._read("WHERE n.at >= ?", "DESC", milliseconds(since), limit)

    def get(self, nonce: str) -> Note | None:
        """Return a note, None where it is not here (any more)."""
        return next(iter(self._read("WHERE n.nonce = ?", "", nonce, 1)), None)

    def _read(self, where: str, order: str, *given: object) -> list[Note]:
        with self._guard:
            if not self._file.exists():
                return []
            rows = self._open().execute(_READ.format(where=where, order=order), given).fetchall()
        return [*map(_note, rows)]

    def count(self) -> int:
        """Return how many notes hold and wait."""
        holds = "SELECT count(*) FROM notes WHERE nonce NOT IN (SELECT nonce FROM taken_back)"
        with self._guard:
            return int(self._open().execute(holds).fetchone()[0]) if self._file.exists() else 0

    def take_back(self, nonce: str, back: Back) -> bool:
        """Say that a note does not hold, on the disk when this returns; what was said first stays. False: it is not here any more."""
        here = "INSERT INTO taken_back SELECT nonce, ?, ? FROM notes WHERE nonce = ? ON CONFLICT DO NOTHING"
        with self._guard:
            if not self._file.exists():
                return False
            kept = self._open()
            kept.execute(here, (milliseconds(back.at), back.body, nonce))
            return kept.execute("SELECT 1 FROM taken_back WHERE nonce = ?", (nonce,)).fetchone() is not None

    def done(self, note: Note) -> None:
        """Drop a note that the shop's data knows now, as it was read: one that was taken back meanwhile stays."""
        meanwhile = "" if note.back else " AND nonce NOT IN (SELECT nonce FROM taken_back)"
        with self._guard:
            kept = self._open()
            kept.execute(f"DELETE FROM notes WHERE nonce = ?{meanwhile}", (note.nonce,))
            kept.execute("DELETE FROM taken_back WHERE nonce NOT IN (SELECT nonce FROM notes)")

    def _open(self) -> sqlcipher.Connection:
        if self._opened is None:
            made = connect_sqlite(self._file)
            # FULL: what a customer was told is noted must be there after a power cut.
            for pragma in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON"):
                made.execute(f"PRAGMA {pragma}").fetchall()
            for table in _TABLES:
                made.execute(table)
            self._opened = made
        return self._opened

    def close(self) -> None:
        """Close the file."""
        with self._guard:
            if self._opened is not None:
                self._opened.close()
                self._opened = None


def _note(row: tuple[Any, ...]) -> Note:
    nonce, at, body, back_at, back = row
    return Note(nonce, moment(at), body, None if back_at is None else Back(moment(back_at), back))
