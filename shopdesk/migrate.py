"""The door to migrations: bring a database to this program's schema, after a checked backup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from filelock import FileLock, Timeout

from shopdesk import backup
from shopdesk.errors import ShopDeskError
from shopdesk.i18n import _
from shopdesk.paths import bundle

if TYPE_CHECKING:
    from shopdesk.clock import Clock
    from shopdesk.database import Database
    from shopdesk.paths import Home


class NewerDatabaseError(ShopDeskError):
    """The database was made by a newer program."""

    code = "newer_database"


class MigrationBusyError(ShopDeskError):
    """Another process is bringing this home up to date."""

    code = "migration_busy"


def upgrade(database: Database, home: Home, clock: Clock) -> None:
    """Bring the database to the newest schema: all of it in one transaction, or nothing.

    Only the holder of the home's exclusive lock does this. A database that holds anything is backed up and checked first.

    Raises:
        NewerDatabaseError: a newer ShopDesk made it.
        MigrationBusyError: another process has been at it for a minute.
    """
    if current(database) == newest():
        return
    try:
        with FileLock(home.locks / "migrate.lock").acquire(timeout=60):
            _upgrade(database, home, clock)
    except Timeout as error:
        raise MigrationBusyError(
            _("Another ShopDesk is bringing the shop's data up to date. Start again in a minute.")
        ) from error


def _upgrade(database: Database, home: Home, clock: Clock) -> None:
    found = current(database)
    if found is not None:
        require_known(found)
    if found is not None and found != newest():
        backup.make(database, backup.automatic_file(database, home, clock, why="before-update"))
    with database.connection() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def require_known(revision: str) -> None:
    """Refuse a schema this program has never heard of.

    Raises:
        NewerDatabaseError: a newer ShopDesk made it.
    """
    if revision not in {known.revision for known in _scripts().walk_revisions()}:
        raise NewerDatabaseError(
            _("This shop's data was made by a newer ShopDesk. Update ShopDesk on this computer; nothing was changed.")
        )


def current(database: Database) -> str | None:
    """Return the revision the database is at, or None when it is empty."""
    with database.connection() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest() -> str | None:
    """Return the revision this program needs."""
    return _scripts().get_current_head()


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(bundle() / "db" / "migrations").replace("%", "%%"))
    return config
