"""The door to the inbox: the bodies of webhooks as LINE sent them, in a small database of their own beside the main one.

A long write to the main database never keeps LINE waiting here, and what was answered with 200 is on the disk.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from shopdesk.database import connect_sqlite, milliseconds, moment, raw_key
from shopdesk.line import without

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from sqlcipher3 import dbapi2 as sqlcipher

KEPT = timedelta(days=30)
"""So long raw bodies stay after they were applied. What was set aside stays as long."""
_TABLES = (
    "CREATE TABLE IF NOT EXISTS bodies (id INTEGER PRIMARY KEY AUTOINCREMENT, received_at INTEGER NOT NULL, "
    "body BLOB NOT NULL, state TEXT NOT NULL DEFAULT 'new', problem TEXT NOT NULL DEFAULT '')",
    "CREATE INDEX IF NOT EXISTS bodies_new ON bodies (id) WHERE state = 'new'",
)


@dataclass(frozen=True, slots=True)
class Stored:
    """One webhook's body as it came."""

    id: int
    received_at: datetime
    body: bytes


@dataclass(frozen=True, slots=True)
class Counts:
    """How many bodies wait, how many were set aside because of something in them, and when the last one came."""

    waiting: int
    aside: int
    last_at: datetime | None


class Inbox:
    """The inbox of one home. One thread writes what comes in, another one works it off: each has a connection."""

    def __init__(self, file: Path, key: str | None) -> None:
        self._file, self._key = file, key
        self._guard = threading.Lock()
        self._coming, self._going = self._open(), self._open()

    def _open(self) -> sqlcipher.Connection:
        made = connect_sqlite(self._file, self._key)
        # FULL: what LINE was told is kept must be there after a power cut.
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON"):
            made.execute(f"PRAGMA {pragma}").fetchall()
        for statement in _TABLES:
            made.execute(statement)
        return made

    def put(self, bodies: Sequence[bytes], at: datetime) -> None:
        """Keep bodies, all or none, on the disk when this returns."""
        rows = [(milliseconds(at), body) for body in bodies]
        with _transaction(self._coming):
            self._coming.executemany("INSERT INTO bodies (received_at, body) VALUES (?, ?)", rows)

    def waiting(self, limit: int) -> list[Stored]:
        """Return the first bodies that nobody has worked off yet, in the order in which they came."""
        chosen = "SELECT id, received_at, body FROM bodies WHERE state = 'new' ORDER BY id LIMIT ?"
        with self._guard:
            return [Stored(n, moment(at), body) for n, at, body in self._going.execute(chosen, (limit,)).fetchall()]

    def done(self, bodies: Mapping[int, str]) -> None:
        """Note that bodies were worked off, each with what of it was set aside and why, '' where nothing was."""
        values = [("aside" if problem else "done", problem, number) for number, problem in bodies.items()]
        with self._guard, _transaction(self._going):
            self._going.executemany("UPDATE bodies SET state = ?, problem = ? WHERE id = ?", values)

    def worked_off(self) -> Iterator[bytes]:
        """Yield the bodies of which every event had its effect, as far as they are still kept."""
        last = 0
        while True:
            with self._guard:
                chosen = "SELECT id, body FROM bodies WHERE state = 'done' AND id > ? ORDER BY id LIMIT 500"
                rows = self._going.execute(chosen, (last,)).fetchall()
            if not rows:
                return
            yield from (body for _id, body in rows)
            last = rows[-1][0]

    def counts(self) -> Counts:
        """Return how the inbox stands."""
        chosen = "SELECT count(*) FILTER (WHERE state = 'new'), count(*) FILTER (WHERE state = 'aside'), max(received_at) FROM bodies"
        with self._guard:
            waiting, aside, last = self._going.execute(chosen).fetchone()
        return Counts(waiting, aside, moment(last) if last else None)

    def kept(self) -> int:
        """Return how many bodies are here, worked off or not."""
        with self._guard:
            return int(self._going.execute("SELECT count(*) FROM bodies").fetchone()[0])

    def prune(self, now: datetime) -> int:
        """Delete bodies that were worked off and are older than `KEPT`; return how many."""
        with self._guard:
            oldest = milliseconds(now - KEPT)
            return int(
                self._going.execute("DELETE FROM bodies WHERE state <> 'new' AND received_at < ?", (oldest,)).rowcount
            )

    def again(self) -> None:
        """Let everything that is still kept be worked off once more: after a restore, what the backup does not know has its effect."""
        with self._guard:
            self._going.execute("UPDATE bodies SET state = 'new', problem = ''")

    def forget(self, user_id: str) -> int:
        """Erase a person from every body: one that was applied goes whole, one that waits loses their events; return how many."""
        named = "FROM bodies WHERE instr(body, ?) > 0 AND state"
        who = user_id.encode()
        with self._guard:
            gone = int(self._going.execute(f"DELETE {named} <> 'new'", (who,)).rowcount)
            waiting = self._going.execute(f"SELECT id, body {named} = 'new'", (who,)).fetchall()
            self._going.executemany(
                "UPDATE bodies SET body = ? WHERE id = ?", [(without(body, user_id), n) for n, body in waiting]
            )
            self._going.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        return gone + len(waiting)

    def sound(self) -> str:
        """Return what SQLite finds wrong with the file, '' where nothing is."""
        with self._guard:
            (found,) = self._going.execute("PRAGMA integrity_check(1)").fetchone()
        return "" if found == "ok" else str(found)

    def close(self) -> None:
        """Close both connections."""
        with self._guard:
            self._coming.close()
            self._going.close()


@contextmanager
def _transaction(connection: sqlcipher.Connection) -> Iterator[None]:
    """Commit what the block writes, all or none; afterwards the connection is free for the next, whatever happened."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def encrypt(file: Path, key: str) -> None:
    """Put a key on a plain inbox that nobody has open. Ended at any point, one of the two files is there, whole."""
    fresh = file.with_suffix(".keyed")
    fresh.unlink(missing_ok=True)
    plain = connect_sqlite(file)
    try:
        plain.execute("PRAGMA journal_mode = DELETE").fetchall()
        plain.execute(f"ATTACH DATABASE ? AS keyed KEY {raw_key(key)}", (str(fresh),))
        plain.execute("SELECT sqlcipher_export('keyed')").fetchall()
        plain.execute("DETACH DATABASE keyed")
    finally:
        plain.close()
    fresh.replace(file)


@contextmanager
def opened(file: Path, key: str | None) -> Iterator[Inbox]:
    """Open the inbox for one piece of work."""
    inbox = Inbox(file, key)
    try:
        yield inbox
    finally:
        inbox.close()
