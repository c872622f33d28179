"""The door to the database: SQLite in the home (through SQLCipher's build), or PostgreSQL by URL."""

from shopdesk.database.access import Database
from shopdesk.database.columns import Base, BigId, PrimaryId, SortText, UtcTime, id_in, milliseconds, moment
from shopdesk.database.refusals import (
    BusyError,
    DatabaseError,
    InterruptedReadError,
    OfflineError,
    UnsafeSQLiteError,
    WrongKeyError,
)
from shopdesk.database.sqlite import OLDEST_SQLITE, SQLITE_VERSION, connect_sqlite, raw_key, require_safe_sqlite
from shopdesk.database.statements import Statement, portions, reserve_ids

__all__ = [
    "OLDEST_SQLITE",
    "SQLITE_VERSION",
    "Base",
    "BigId",
    "BusyError",
    "Database",
    "DatabaseError",
    "InterruptedReadError",
    "OfflineError",
    "PrimaryId",
    "SortText",
    "Statement",
    "UnsafeSQLiteError",
    "UtcTime",
    "WrongKeyError",
    "connect_sqlite",
    "id_in",
    "milliseconds",
    "moment",
    "portions",
    "raw_key",
    "require_safe_sqlite",
    "reserve_ids",
]
