"""Noticing what others commit: each watch keeps a connection of its own, opened when it is first asked."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from shopdesk.database.refusals import offline

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.engine import Engine
    from sqlalchemy.orm import Session
    from sqlcipher3 import dbapi2 as sqlcipher

_CHANNEL = "shopdesk"


class FileWatch:
    """Watches a file: SQLite counts the commits of all other connections."""

    def __init__(self, connect: Callable[[], sqlcipher.Connection]) -> None:
        self._connect = connect
        self._connection: sqlcipher.Connection | None = None
        self._version: int | None = None

    def tell(self, session: Session) -> None:
        """Say nothing: the file itself tells."""

    def changed(self) -> bool:
        """Tell whether anything was committed since the last call."""
        if self._connection is None:
            self._connection = self._connect()
        version = int(self._connection.execute("PRAGMA data_version").fetchone()[0])
        before, self._version = self._version, version
        return before is not None and before != version

    def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class ServerWatch:
    """Watches a server: every process says when it has committed, and hears the others."""

    def __init__(self, writer: Engine) -> None:
        self._writer = writer
        self._process = uuid.uuid4().hex
        self._connection: Any = None
        self._lost_sight = False

    def tell(self, session: Session) -> None:
        """Say, as this session commits, that something was written."""
        session.execute(text("SELECT pg_notify(:channel, :who)"), {"channel": _CHANNEL, "who": self._process})

    def changed(self) -> bool:
        """Tell whether another process has committed anything since the last call.

        Raises:
            OfflineError: the server cannot be reached; the next call that reaches it says yes, since what happened is not known.
        """
        try:
            if self._connection is None:
                self._connection = self._connect()
                self._connection.execute(f"LISTEN {_CHANNEL}")
                missed, self._lost_sight = self._lost_sight, False
                if missed:
                    return True
            return any(notice.payload != self._process for notice in list(self._connection.notifies(timeout=0)))
        except self._writer.dialect.loaded_dbapi.OperationalError as error:
            self.close()
            self._lost_sight = True
            raise offline() from error

    def _connect(self) -> Any:
        lent = self._writer.raw_connection()
        made: Any = lent.driver_connection
        lent.detach()
        try:
            made.rollback()
            made.autocommit = True
        except BaseException:
            made.close()  # nobody else knows of it any more
            raise
        return made

    def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
