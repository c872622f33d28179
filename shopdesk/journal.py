"""The door to the journal: what a till noted while it could not reach the shop's data, in a small database of this computer's own.

It is made when something is noted first: where the data lies elsewhere (PostgreSQL) and the line to it is lost. It has no key, as a
file beside PostgreSQL has none; nothing in it opens a card or names a customer.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shopdesk.database import connect_sqlite, milliseconds, moment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from sqlcipher3 import dbapi2 as sqlcipher

_TABLE = (
    "CREATE TABLE IF NOT EXISTS notes (id INTEGER PRIMARY KEY AUTOINCREMENT, nonce TEXT NOT NULL UNIQUE, "
    "at INTEGER NOT NULL, body TEXT NOT NULL)"
)


@dataclass(frozen=True, slots=True)
class Note:
    """What was noted under a nonce, and when by this computer's clock."""

    nonce: str
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
            at, body = kept.execute("SELECT at, body FROM notes WHERE nonce = ?", (note.nonce,)).fetchone()
        return Note(note.nonce, moment(at), body)

    def waiting(self, limit: int) -> list[Note]:
        """Return the first notes, in the order in which they were made."""
        with self._guard:
            if not self._file.exists():
                return []
            rows = self._open().execute("SELECT nonce, at, body FROM notes ORDER BY id LIMIT ?", (limit,)).fetchall()
        return [Note(nonce, moment(at), body) for nonce, at, body in rows]

    def count(self) -> int:
        """Return how many notes wait."""
        with self._guard:
            return int(self._open().execute("SELECT count(*) FROM notes").fetchone()[0]) if self._file.exists() else 0

    def done(self, nonces: Sequence[str]) -> None:
        """Drop notes that the shop's data knows now."""
        with self._guard:
            self._open().executemany("DELETE FROM notes WHERE nonce = ?", [(one,) for one in nonces])

    def _open(self) -> sqlcipher.Connection:
        if self._opened is None:
            made = connect_sqlite(self._file)
            # FULL: what a customer was told is noted must be there after a power cut.
            for pragma in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON"):
                made.execute(f"PRAGMA {pragma}").fetchall()
            made.execute(_TABLE)
            self._opened = made
        return self._opened

    def close(self) -> None:
        """Close the file."""
        with self._guard:
            if self._opened is not None:
                self._opened.close()
                self._opened = None
