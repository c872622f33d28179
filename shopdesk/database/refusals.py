"""Why the database refuses, each in a sentence, and which of them what a driver said comes to."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError, OperationalError, TimeoutError as PoolTimeoutError

from shopdesk.errors import ShopDeskError
from shopdesk.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator


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


@contextmanager
def in_words(*, on_sqlite: bool) -> Iterator[None]:
    """Turn what a driver raises into its sentence; what only a programmer can mend goes on as it is."""
    try:
        yield
    except PoolTimeoutError as error:  # all connections are lent, and none came back for as long as we wait
        raise _busy() from error
    except DBAPIError as error:
        if not (isinstance(error, OperationalError) or error.connection_invalidated):
            raise
        said = sentence(error, on_sqlite=on_sqlite)
        if said is None:
            raise
        raise said from error


def sentence(error: DBAPIError, *, on_sqlite: bool) -> ShopDeskError | None:
    """Return the sentence for what the driver said; None for what only a programmer can mend."""
    said = str(error.orig).lower()
    if "interrupt" in said or "canceling statement" in said:
        return InterruptedReadError(_("The search was stopped."))
    if "locked" in said or "busy" in said:
        return _busy()
    if "full" in said:
        return DatabaseError(_("The disk is full. Free some space and try again. Nothing was changed."))
    if on_sqlite and "unable to open" not in said and "disk i/o" not in said:
        return None
    if on_sqlite:
        return DatabaseError(_("The shop's database cannot be reached just now. Check the connection and try again."))
    return offline()


def _busy() -> BusyError:
    return BusyError(
        _("Another program is writing to the shop's data. Wait a moment and try again. Nothing was changed.")
    )


def offline() -> OfflineError:
    """Return what is said of a server that cannot be reached."""
    return OfflineError(_("The shop's database cannot be reached just now. Check the connection and try again."))
