"""The door to migrations: bring a database to this program's schema, after a checked backup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from filelock import FileLock, Timeout
from sqlalchemy import inspect, text

from shopdesk import backup
from shopdesk.errors import ShopDeskError
from shopdesk.i18n import _
from shopdesk.paths import bundle

if TYPE_CHECKING:
    from pathlib import Path

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
    run(database, newest())


def run(database: Database, revision: str) -> None:
    """Run the migrations up to `revision` in one transaction."""
    from alembic import command  # noqa: PLC0415 - 0.2 s that only a new or an old database pays
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(_folder().parent).replace("%", "%%"))
    with database.connection() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def require_known(revision: str) -> None:
    """Refuse a schema this program has never heard of.

    Raises:
        NewerDatabaseError: a newer ShopDesk made it.
    """
    if revision not in _revisions():
        raise NewerDatabaseError(
            _("This shop's data was made by a newer ShopDesk. Update ShopDesk on this computer; nothing was changed.")
        )


def current(database: Database) -> str | None:
    """Return the revision the database is at, or None when it is empty."""
    with database.connection() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return found


def newest() -> str:
    """Return the revision this program needs."""
    return _revisions()[-1]


def _revisions() -> list[str]:
    """Every revision, oldest first: the files are named by it, in the order in which they run."""
    return sorted(file.name.partition("_")[0] for file in _folder().glob("[0-9]*.py"))


def _folder() -> Path:
    return bundle() / "db" / "migrations" / "versions"
