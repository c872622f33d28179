"""One shop's database: what is read sees one moment, what is written is written whole."""

from __future__ import annotations

import threading
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import Session

from shopdesk.clock import SystemClock
from shopdesk.database import engines
from shopdesk.database.refusals import DatabaseError, in_words
from shopdesk.database.sqlite import open_shop_file, open_with_staging, require_safe_sqlite
from shopdesk.database.watching import FileWatch, ServerWatch
from shopdesk.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine import Connection, Engine
    from sqlcipher3 import dbapi2 as sqlcipher

    from shopdesk.clock import Clock

_CANCELS_WITHIN_S = 1.0
_PLAIN: dict[str, Any] = {"expire_on_commit": False, "autoflush": False}


class _Moment(Session):
    """A session that does not forget what it has read: what several services ask for is read once."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.kept: list[object] = []


@event.listens_for(_Moment, "loaded_as_persistent")
def _keep(session: _Moment, row: object) -> None:
    session.kept.append(row)


class Database:
    """One shop's database.

    `read()` gives a consistent, query-only snapshot; `write()` takes the write lock at once and commits at the end.
    """

    def __init__(self, url: URL, key: str | None = None) -> None:
        self.url = url
        self.key = key
        self.on_sqlite = url.get_backend_name() == "sqlite"
        if self.on_sqlite:
            require_safe_sqlite()
        self._writer, self._reader = self._engine(read_only=False), self._engine(read_only=True)
        self._watch = FileWatch(self._open) if self.on_sqlite else ServerWatch(self._writer)
        self._reading: dict[int, Any] = {}
        self._reading_guard = threading.Lock()
        self._here = threading.local()

    @classmethod
    def in_file(cls, path: Path, key: str | None = None) -> Database:
        """Open (or make) the SQLite file of a home."""
        return cls(URL.create("sqlite", database=str(path)), key)

    @classmethod
    def at(cls, url: str) -> Database:
        """Open a PostgreSQL database by its URL.

        Raises:
            DatabaseError: the URL is not one of PostgreSQL.
        """
        try:
            made = make_url(url)
        except ArgumentError:
            made = None
        if made is None or made.get_backend_name() != "postgresql":
            raise DatabaseError(_("SHOPDESK_DATABASE_URL must begin with postgresql://. Correct it and start again."))
        return cls(made.set(drivername="postgresql+psycopg"))

    @property
    def path(self) -> Path:
        """The SQLite file."""
        return Path(str(self.url.database))

    def _engine(self, *, read_only: bool) -> Engine:
        if self.on_sqlite:
            return engines.on_file(self._open, read_only=read_only)
        return engines.on_server(self.url, read_only=read_only)

    def _open(self) -> sqlcipher.Connection:
        return open_shop_file(self.path, self.key)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Give a query-only session on one consistent snapshot, that of `one_moment` inside it. It can be ended early by `interrupt`."""
        joined = getattr(self._here, "session", None)
        if joined is not None:
            yield joined
            return
        with self._read(Session) as session:
            yield session

    @contextmanager
    def _read(self, kind: type[Session]) -> Iterator[Session]:
        with (
            in_words(on_sqlite=self.on_sqlite),
            self._reader.connect() as line,
            line.begin(),
            kind(line, **_PLAIN) as session,
        ):
            raw = line.connection.driver_connection
            with self._reading_guard:
                self._reading[threading.get_ident()] = raw
            try:
                yield session
            finally:
                with self._reading_guard:
                    self._reading.pop(threading.get_ident(), None)

    @contextmanager
    def one_moment(self) -> Iterator[None]:
        """Let all that this thread reads in the block see the same moment, in one session: a page asks many services.

        Inside another such block it is the moment of that one.
        """
        if getattr(self._here, "session", None) is not None:
            yield
            return
        with self._read(_Moment) as session:
            self._here.session = session
            try:
                yield
            finally:
                self._here.session = None

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Give a session that holds the write lock; commits when the block ends, undoes all when it raises."""
        with self._session(self._writer) as session:
            session.connection()  # begins now: whoever reads first and then writes must not meet another's write in between
            yield session
            self._watch.tell(session)
            session.commit()

    @contextmanager
    def _session(self, engine: Engine) -> Iterator[Session]:
        with in_words(on_sqlite=self.on_sqlite), Session(engine, **_PLAIN) as session:
            yield session

    def now(self, session: Session, clock: Clock) -> datetime:
        """Return the moment by which something ends, the same for every computer that shares the data.

        Two computers may differ by minutes: on PostgreSQL its own clock decides. A clock that is turned by hand (a demo, a test)
        is nobody else's and stands above it.
        """
        if self.on_sqlite or not isinstance(clock, SystemClock):
            return clock.now()
        seconds = session.scalar(text("SELECT extract(epoch FROM clock_timestamp())"))
        return datetime.fromtimestamp(float(seconds or 0), UTC)

    @contextmanager
    def beside(self, file: Path, *, write: bool) -> Iterator[Session]:
        """Give a session on a connection of its own with another SQLite file of the same key attached.

        Without `write` it reads the main database from one snapshot and holds no lock on it. Commits at the end; when that
        fails the main database is as it was, and the other file is spoilt.
        """
        engine = engines.on_file_once(partial(open_with_staging, self.path, self.key, file), write=write)
        with self._session(engine) as session:
            session.connection()
            yield session
            session.commit()

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """Give a bare connection in one write transaction: for migrations and set-based merges."""
        with in_words(on_sqlite=self.on_sqlite), self._writer.begin() as connection:
            yield connection

    def interrupt(self, thread: int) -> None:
        """End the read that this thread is running, if any; it raises `InterruptedReadError` there."""
        with self._reading_guard:
            raw = self._reading.get(thread)
            if raw is None:
                return
            if self.on_sqlite:
                raw.interrupt()
                return
            # Not `cancel`: that holds up every thread of the process for as long as the server does not answer.
            with suppress(raw.Error):  # a server that cannot be reached; the read ends with the line to it
                raw.cancel_safe(timeout=_CANCELS_WITHIN_S)

    def changed_elsewhere(self) -> bool:
        """Tell whether anything was committed since the last call, on any other connection than the watching one.

        Raises:
            OfflineError: the server cannot be reached; the next call that reaches it says yes, since what happened is not known.
        """
        return self._watch.changed()

    def checkpoint(self) -> None:
        """Move all of the WAL into the file and empty it, so that erased rows do not live on there."""
        if self.on_sqlite:
            raw = self._open()
            try:
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            finally:
                raw.close()

    def close(self) -> None:
        """Close every connection."""
        self._watch.close()
        self._reader.dispose()
        self._writer.dispose()
