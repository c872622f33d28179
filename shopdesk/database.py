"""The door to the database: SQLite in the home (through SQLCipher's build), or PostgreSQL by URL."""

from __future__ import annotations

import re
import threading
import uuid
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from sqlalchemy import BigInteger, Dialect, Integer, MetaData, Text, TypeDecorator, create_engine, event, text
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column
from sqlalchemy.pool import NullPool, QueuePool
from sqlcipher3 import dbapi2 as sqlcipher

from shopdesk.clock import SystemClock
from shopdesk.errors import ShopDeskError
from shopdesk.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy.engine import CursorResult
    from sqlalchemy.engine.interfaces import DBAPIConnection
    from sqlalchemy.pool import ConnectionPoolEntry

    from shopdesk.clock import Clock

# Below this a race between two connections of one WAL database can lose commits (SQLite's change log, 3.51.3).
OLDEST_SQLITE = (3, 51, 3)
SQLITE_VERSION: tuple[int, ...] = tuple(sqlcipher.sqlite_version_info)
BUSY_SECONDS = 10.0
NOTIFY_CHANNEL = "shopdesk"
# A cable that is out says nothing: whoever stands at a till is told within seconds, not after the system's quarter of an hour.
_LINK = {
    "connect_timeout": 4,
    "keepalives_idle": 4,
    "keepalives_interval": 2,
    "keepalives_count": 2,
    "tcp_user_timeout": 8_000,
}

T = TypeVar("T")


class UnsafeSQLiteError(ShopDeskError):
    """The SQLite at hand can lose commits."""

    code = "unsafe_sqlite"


class DatabaseError(ShopDeskError):
    """The database cannot be opened or reached."""

    code = "database"


class OfflineError(DatabaseError):
    """The server of the shop's data cannot be reached just now. What was asked for may have been done, if its answer was lost."""

    code = "offline"


class WrongKeyError(DatabaseError):
    """The file is encrypted with another key, or is no database at all."""

    code = "database_key"


class BusyError(ShopDeskError):
    """Another process keeps the database for longer than we wait."""

    code = "busy"


class InterruptedReadError(ShopDeskError):
    """A read was ended on purpose because nobody waits for its answer any more."""

    code = "interrupted"


class UtcTime(TypeDecorator[datetime]):
    """An aware datetime, kept as whole milliseconds since 1970 in UTC: equal and sortable on both databases."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> int | None:
        """Turn an aware datetime into milliseconds."""
        return None if value is None else milliseconds(value)

    def process_result_value(self, value: int | None, _dialect: Dialect) -> datetime | None:
        """Turn milliseconds into an aware datetime in UTC."""
        return None if value is None else moment(value)


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def milliseconds(at: datetime) -> int:
    """Return whole milliseconds since 1970 (UTC) of an aware datetime."""
    if at.tzinfo is None:
        raise ValueError("a naive datetime has no place in the database")
    return (at - _EPOCH) // _MILLISECOND


def moment(stored: int) -> datetime:
    """Return the datetime (UTC) that `milliseconds` stored."""
    return _EPOCH + timedelta(milliseconds=stored)


BigId = BigInteger().with_variant(Integer, "sqlite")
# Sorted by code point on both databases: what Python's own sort does too.
SortText = Text().with_variant(Text(collation="C"), "postgresql")

PrimaryId = Annotated[int, mapped_column(BigId, primary_key=True, autoincrement=True)]


class Base(DeclarativeBase):
    """Every mapped row; the names of constraints are the same on both databases."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UtcTime, int: BigId, str: Text}  # noqa: RUF012 - SQLAlchemy's own form


def require_safe_sqlite(version: tuple[int, ...] = SQLITE_VERSION) -> None:
    """Refuse an SQLite in which a WAL race can lose commits.

    Raises:
        UnsafeSQLiteError: the version is older than 3.51.3.
    """
    if version < OLDEST_SQLITE:
        raise UnsafeSQLiteError(
            _("This SQLite ({found}) can lose data. ShopDesk needs {wanted} or newer: install ShopDesk again.").format(
                found=".".join(map(str, version)), wanted=".".join(map(str, OLDEST_SQLITE))
            )
        )


def connect_sqlite(path: Path, key: str | None = None, *, read_only: bool = False) -> sqlcipher.Connection:
    """Open one raw connection to an SQLite file with the settings every connection of ours has.

    Args:
        path: The file; made when it does not exist, unless `read_only`.
        key: 64 hexadecimal digits, or None for a plain file.
        read_only: Open the file itself read-only.
    """
    mode = "ro" if read_only else "rwc"
    made = sqlcipher.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    if key:
        made.execute(f"PRAGMA key = {raw_key(key)}")
    return made


def raw_key(key: str) -> str:
    """Return SQLCipher's form of a raw 256-bit key; anything but hexadecimal digits raises ValueError."""
    return f"\"x'{int(key, 16):064x}'\""


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


class Database:
    """One shop's database.

    `read()` gives a consistent, query-only snapshot; `write()` takes the write lock at once and commits at the end.
    """

    def __init__(self, url: URL, key: str | None = None) -> None:
        self.url = url
        self.key = key
        self.on_sqlite = url.get_backend_name() == "sqlite"
        self._process = uuid.uuid4().hex
        if self.on_sqlite:
            require_safe_sqlite()
        self._writer = self._engine(read_only=False)
        self._reader = self._engine(read_only=True)
        self._reading: dict[int, Any] = {}
        self._reading_guard = threading.Lock()
        self._watch: Any = None
        self._seen_version: int | None = None
        self._lost_sight = False

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
            engine = create_engine(
                "sqlite://",
                poolclass=QueuePool,
                module=sqlcipher,
                creator=self._open_sqlite,
                pool_size=4,
                max_overflow=8,
                pool_timeout=BUSY_SECONDS,
            )
            begin = "BEGIN" if read_only else "BEGIN IMMEDIATE"
            event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
        else:
            level = "REPEATABLE READ" if read_only else "READ COMMITTED"
            engine = create_engine(
                self.url, isolation_level=level, pool_size=4, max_overflow=8, pool_pre_ping=True, connect_args=_LINK
            )
        setting = _query_only_setting(on_sqlite=self.on_sqlite) if read_only else ""

        @event.listens_for(engine, "connect")
        def _prepare(raw: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
            if setting:
                raw.cursor().execute(setting)
                raw.commit()

        return engine

    def _open_sqlite(self) -> sqlcipher.Connection:
        made = connect_sqlite(self.path, self.key)
        try:
            for pragma in (
                "journal_mode = WAL",
                "synchronous = FULL",  # NORMAL lost acknowledged sales in 379 of 480 simulated power cuts
                "secure_delete = ON",
                "foreign_keys = ON",
                "cache_size = -65536",  # 64 MB: with a key every miss is decrypted again
                "temp_store = MEMORY",
            ):
                made.execute(f"PRAGMA {pragma}").fetchall()
        except sqlcipher.DatabaseError as error:
            made.close()
            raise WrongKeyError(
                _(
                    "The database could not be opened: its key is missing or wrong, or the file is damaged. Nothing was changed."
                )
            ) from error
        return made

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Give a query-only session on one consistent snapshot. It can be ended early by `interrupt`."""
        with self._session(self._reader) as session:
            raw = session.connection().connection.driver_connection
            with self._reading_guard:
                self._reading[threading.get_ident()] = raw
            try:
                yield session
            finally:
                with self._reading_guard:
                    self._reading.pop(threading.get_ident(), None)

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Give a session that holds the write lock; commits when the block ends, undoes all when it raises."""
        with self._session(self._writer) as session:
            session.connection()  # begins now: whoever reads first and then writes must not meet another's write in between
            yield session
            if not self.on_sqlite:
                session.execute(
                    text("SELECT pg_notify(:channel, :who)"), {"channel": NOTIFY_CHANNEL, "who": self._process}
                )
            session.commit()

    @contextmanager
    def _session(self, engine: Engine) -> Iterator[Session]:
        with self._in_words(), Session(engine, expire_on_commit=False, autoflush=False) as session:
            yield session

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            if not (isinstance(error, OperationalError) or error.connection_invalidated):
                raise
            sentence = _sentence(error, on_sqlite=self.on_sqlite)
            if sentence is None:
                raise
            raise sentence from error

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

        def attach() -> sqlcipher.Connection:
            made = self._open_sqlite()
            if self.key:
                made.execute(f"ATTACH DATABASE ? AS staging KEY {raw_key(self.key)}", (str(file),))
            else:
                made.execute("ATTACH DATABASE ? AS staging", (str(file),))
            # A journal in memory would hold each page of the file that the merge changes.
            for pragma in ("journal_mode = OFF", "synchronous = OFF"):
                made.execute(f"PRAGMA staging.{pragma}").fetchall()
            # A merge goes through its tables once: a larger cache would only grow with the file.
            made.execute("PRAGMA cache_size = -16384").fetchall()
            return made

        engine = create_engine("sqlite://", module=sqlcipher, creator=attach, poolclass=NullPool)
        begin = "BEGIN IMMEDIATE" if write else "BEGIN"
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
        with self._session(engine) as session:
            session.connection()
            yield session
            session.commit()

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """Give a bare connection in one write transaction: for migrations and set-based merges."""
        with self._in_words(), self._writer.begin() as connection:
            yield connection

    def interrupt(self, thread: int) -> None:
        """End the read that this thread is running, if any; it raises `InterruptedReadError` there."""
        with self._reading_guard:
            raw = self._reading.get(thread)
            if raw is not None:
                raw.interrupt() if self.on_sqlite else raw.cancel()

    def changed_elsewhere(self) -> bool:
        """Tell whether anything was committed since the last call, on any other connection than the watching one.

        Raises:
            OfflineError: the server cannot be reached; the next call that reaches it says yes, since what happened is not known.
        """
        if self.on_sqlite:
            if self._watch is None:
                self._watch = self._open_sqlite()
            version = int(self._watch.execute("PRAGMA data_version").fetchone()[0])
            before, self._seen_version = self._seen_version, version
            return before is not None and before != version
        try:
            if self._watch is None:
                self._watch = self._connection_of_its_own()
                self._watch.execute(f"LISTEN {NOTIFY_CHANNEL}")
                missed, self._lost_sight = self._lost_sight, False
                if missed:
                    return True
            return any(notice.payload != self._process for notice in list(self._watch.notifies(timeout=0)))
        except self._writer.dialect.loaded_dbapi.OperationalError as error:
            if self._watch is not None:
                self._watch.close()
            self._watch, self._lost_sight = None, True
            raise _offline() from error

    def _connection_of_its_own(self) -> Any:
        lent = self._writer.raw_connection()
        made: Any = lent.driver_connection
        lent.detach()
        made.rollback()
        made.autocommit = True
        return made

    def checkpoint(self) -> None:
        """Move all of the WAL into the file and empty it, so that erased rows do not live on there."""
        if self.on_sqlite:
            raw = self._open_sqlite()
            try:
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            finally:
                raw.close()

    def close(self) -> None:
        """Close every connection."""
        if self._watch is not None:
            self._watch.close()
            self._watch = None
        self._reader.dispose()
        self._writer.dispose()


def _query_only_setting(*, on_sqlite: bool) -> str:
    return "PRAGMA query_only = ON" if on_sqlite else "SET default_transaction_read_only = on"


def _sentence(error: DBAPIError, *, on_sqlite: bool) -> ShopDeskError | None:
    """The sentence for what the driver said; None for what only a programmer can mend."""
    said = str(error.orig).lower()
    if "interrupt" in said or "canceling statement" in said:
        return InterruptedReadError(_("The search was stopped."))
    if "locked" in said or "busy" in said:
        return BusyError(
            _("Another program is writing to the shop's data. Wait a moment and try again. Nothing was changed.")
        )
    if "full" in said:
        return DatabaseError(_("The disk is full. Free some space and try again. Nothing was changed."))
    if on_sqlite and "unable to open" not in said and "disk i/o" not in said:
        return None
    if on_sqlite:
        return DatabaseError(_("The shop's database cannot be reached just now. Check the connection and try again."))
    return _offline()


def _offline() -> OfflineError:
    return OfflineError(_("The shop's database cannot be reached just now. Check the connection and try again."))


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
