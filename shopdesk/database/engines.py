"""The pools of connections: one that writes, one that cannot, on a file or on a server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, event
from sqlalchemy.pool import NullPool, QueuePool
from sqlcipher3 import dbapi2 as sqlcipher

from shopdesk.database.sqlite import BUSY_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.engine import URL, Connection, Engine
    from sqlalchemy.engine.interfaces import DBAPIConnection
    from sqlalchemy.pool import ConnectionPoolEntry

_POOL = {"pool_size": 4, "max_overflow": 8}
# A file is opened at no cost to anybody else; to open it anew for each of many visitors at once takes longer than to read for them.
_FILE_POOL = {"pool_size": 12, "max_overflow": 0}
# What is raised comes into the log, where neither a number that opens a page nor what customers wrote may stand.
_QUIET = {"hide_parameters": True}
# A cable that is out says nothing: whoever stands at a till is told within seconds, not after the system's quarter of an hour.
_LINK = {
    "connect_timeout": 4,
    "keepalives_idle": 4,
    "keepalives_interval": 2,
    "keepalives_count": 2,
    "tcp_user_timeout": 8_000,
}


def on_file(connect: Callable[[], sqlcipher.Connection], *, read_only: bool) -> Engine:
    """Return the pool of a file's connections; one that writes takes the write lock as it begins."""
    engine = _sqlite(connect, write=not read_only, poolclass=QueuePool, pool_timeout=BUSY_SECONDS, **_FILE_POOL)
    return _query_only(engine, "PRAGMA query_only = ON") if read_only else engine


def on_file_once(connect: Callable[[], sqlcipher.Connection], *, write: bool) -> Engine:
    """Return what opens a connection for one use."""
    return _sqlite(connect, write=write, poolclass=NullPool)


def on_server(url: URL, *, read_only: bool) -> Engine:
    """Return the pool of a server's connections."""
    level = "REPEATABLE READ" if read_only else "READ COMMITTED"
    engine = create_engine(url, isolation_level=level, pool_pre_ping=True, connect_args=_LINK, **_POOL, **_QUIET)
    return _query_only(engine, "SET default_transaction_read_only = on") if read_only else engine


def _sqlite(connect: Callable[[], sqlcipher.Connection], *, write: bool, **pool: Any) -> Engine:
    engine = create_engine("sqlite://", module=sqlcipher, creator=connect, **pool, **_QUIET)
    event.listen(engine, "begin", _begin_to_write if write else _begin_to_read)
    return engine


def _begin_to_write(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_to_read(connection: Connection) -> None:
    # It takes no lock yet, so nothing refuses it; every read begins with it, and this is the driver's own speed.
    connection.connection.cursor().execute("BEGIN")


def _query_only(engine: Engine, setting: str) -> Engine:
    @event.listens_for(engine, "connect")
    def _prepare(raw: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        raw.cursor().execute(setting)
        raw.commit()

    return engine
