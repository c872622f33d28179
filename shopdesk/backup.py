"""Backups that are checked before they count: SQLite's backup API into a file with the same key, or a snapshot of every table."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import text
from sqlcipher3 import dbapi2 as sqlcipher

from shopdesk.clock import in_japan
from shopdesk.database import Base, connect_sqlite
from shopdesk.errors import ShopDeskError, no_such_file
from shopdesk.i18n import _

if TYPE_CHECKING:
    from pathlib import Path

    from psycopg import Connection as PgConnection
    from sqlalchemy.orm import Session

    from shopdesk.clock import Clock
    from shopdesk.database import Database
    from shopdesk.paths import Home

SPARE_BYTES = 50_000_000


class BackupError(ShopDeskError):
    """The backup could not be made, or does not hold what it should."""

    code = "backup"


class NotEmptyError(ShopDeskError):
    """A backup is only restored into an empty PostgreSQL database."""

    code = "not_empty"


class InUseError(ShopDeskError):
    """The database is open somewhere."""

    code = "in_use"


def is_plain(path: Path) -> bool:
    """Tell whether a file is an SQLite database that anybody can read; one that is not there, or empty, is not.

    Asked of SQLite, without locks: opening and closing the file ourselves would drop this process's locks on it.
    """
    if not path.exists() or not path.stat().st_size:
        return False
    unlocked = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlcipher.connect(unlocked, uri=True)) as connection:
            connection.execute("PRAGMA schema_version").fetchone()
    except sqlcipher.DatabaseError:
        return False
    return True


def key_for(path: Path, key: str | None) -> str | None:
    """Return the key with which an SQLite file is opened: none while it is still plain."""
    return None if key is None or is_plain(path) else key


def automatic_file(database: Database, home: Home, clock: Clock, *, why: str) -> Path:
    """Return the name of a backup made now in the home's own folder."""
    stamp = in_japan(clock.now()).strftime("%Y%m%d-%H%M%S")
    return home.backups / f"shopdesk-{stamp}-{why}.{'db' if database.on_sqlite else 'zip'}"


@dataclass(frozen=True, slots=True)
class Kept:
    """A backup file in the home's own folder: when it was written (UTC), its size in bytes, whether anybody can read it."""

    file: Path
    at: datetime
    size: int
    plain: bool


def kept(home: Home) -> list[Kept]:
    """Return the backups in the home's own folder, the newest first."""
    found = []
    for file in home.backups.glob("*"):
        if file.suffix in {".db", ".zip"} and file.is_file():
            plain, known = file.suffix == ".zip" or is_plain(file), file.stat()
            found.append(Kept(file, datetime.fromtimestamp(known.st_mtime, UTC), known.st_size, plain))
    return sorted(found, key=lambda one: (one.at, one.file.name), reverse=True)


def make(database: Database, file: Path) -> int:
    """Write a checked backup to `file` and return how many rows it holds.

    The file appears under its name only once it is whole and has passed its checks.

    Raises:
        BackupError: `file` is the database itself, its folder is not there, the disk is full, or the copy failed its
            checks.
    """
    if database.on_sqlite and file.resolve() in _own_files(database.path.resolve()):
        raise BackupError(_("{file} is the shop's own data. Choose another name for the backup.").format(file=file))
    if not file.parent.is_dir():
        raise BackupError(_("There is no folder {folder}. Make it, or choose another.").format(folder=file.parent))
    fresh = file.with_name(file.name + ".part")
    try:
        _require_space(database, file.parent)
        fresh.unlink(missing_ok=True)
        rows = _copy_sqlite(database, fresh) if database.on_sqlite else _copy_postgresql(database, fresh)
        with fresh.open("rb+") as written:
            os.fsync(written.fileno())
        fresh.replace(file)
    except (OSError, sqlcipher.Error) as error:
        fresh.unlink(missing_ok=True)
        raise BackupError(
            _("The backup could not be written to {file}. Choose another place or free some space.").format(file=file)
        ) from error
    return rows


def _own_files(path: Path) -> set[Path]:
    return {path, *(path.with_name(path.name + tail) for tail in ("-wal", "-shm"))}


def _require_space(database: Database, folder: Path) -> None:
    needed = (database.path.stat().st_size if database.on_sqlite else 0) + SPARE_BYTES
    if shutil.disk_usage(folder).free < needed:
        raise BackupError(_("The backup needs {mb} MB free on {folder}.").format(mb=needed // 1_000_000, folder=folder))


def _copy_sqlite(database: Database, fresh: Path) -> int:
    source, target = connect_sqlite(database.path, database.key), connect_sqlite(fresh, database.key)
    try:
        source.backup(target)
        target.execute("PRAGMA journal_mode = DELETE").fetchall()
        if (
            target.execute("PRAGMA integrity_check").fetchone()[0] != "ok"
            or target.execute("PRAGMA foreign_key_check").fetchone()
        ):
            raise BackupError(
                _("The backup did not pass its check and was not kept. Try again; if it repeats, check the disk.")
            )
        return count_rows(target)
    finally:
        source.close()
        target.close()


def count_rows(connection: Any) -> int:
    """Return how many rows an SQLite file holds, whichever schema it has; the search index is made of the rest."""
    named = (
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT GLOB '*_search*'"
    )
    names = [name for (name,) in connection.execute(f"{named} AND name <> 'alembic_version'")]
    return sum(connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names)


def _copy_postgresql(database: Database, fresh: Path) -> int:
    rows = 0
    with database.read() as session, zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED) as packed:
        revision = session.scalar(text("SELECT version_num FROM alembic_version"))
        for table, columns in _postgresql_tables(session).items():
            rows += session.scalar(text(f"SELECT count(*) FROM {table}")) or 0
            named = ", ".join(f'"{name}"' for name in columns)
            out_of = f"COPY {table} ({named}) TO STDOUT"
            with (
                packed.open(f"{table}.copy", "w") as out,
                _raw(session).cursor() as cursor,
                cursor.copy(out_of) as copied,
            ):
                for block in copied:
                    out.write(block)
        packed.writestr("backup.json", json.dumps({"revision": revision, "rows": rows}))
    with zipfile.ZipFile(fresh) as packed:
        if packed.testzip() is not None:
            raise BackupError(
                _("The backup did not pass its check and was not kept. Try again; if it repeats, check the disk.")
            )
    return rows


def _postgresql_tables(session: Session) -> dict[str, list[str]]:
    """Every table with its columns, those that others refer to first, the search index last."""
    found: dict[str, list[str]] = {table.name: [] for table in Base.metadata.sorted_tables}
    columns = "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' ORDER BY ordinal_position"
    for table, column in session.execute(text(columns)):
        if table != "alembic_version":
            found.setdefault(table, []).append(column)
    return {table: columns for table, columns in found.items() if columns}


def _raw(session: Session) -> PgConnection[Any]:
    raw: PgConnection[Any] = session.connection().connection.driver_connection  # type: ignore[assignment]
    return raw


def check(file: Path, key: str | None = None) -> tuple[int, str]:
    """Return how many rows a backup file holds, and the revision of its schema; a plain one needs no key.

    Raises:
        InvalidInputError: there is no such file.
        BackupError: it is damaged, has another key, or is no backup.
    """
    if not file.exists():
        raise no_such_file(file)
    try:
        found = _look_into_archive(file) if zipfile.is_zipfile(file) else _look_into_database(file, key_for(file, key))
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, sqlcipher.Error):
        found = None
    if found is None:
        raise BackupError(
            _("{file} is not a backup of ShopDesk, is damaged, or has another key. Nothing was changed.").format(
                file=file.name
            )
        )
    return found


def _look_into_archive(file: Path) -> tuple[int, str] | None:
    with zipfile.ZipFile(file) as packed:
        said = json.loads(packed.read("backup.json"))
        return None if packed.testzip() else (int(said["rows"]), str(said["revision"]))


def _look_into_database(file: Path, key: str | None) -> tuple[int, str] | None:
    connection = connect_sqlite(file, key, read_only=True)
    try:
        if connection.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            return None
        revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        return (count_rows(connection), str(revision[0])) if revision else None
    finally:
        connection.close()


def restore_sqlite(file: Path, home: Home, key: str | None, clock: Clock) -> int:
    """Put a backup in the place of the home's database; the old file is kept beside it, untouched.

    The database must be closed. Returns the number of rows.

    Raises:
        BackupError: the file is no good backup; nothing was changed.
        InUseError: some process has the database open.
    """
    rows, _revision = check(file, key)
    if home.database.exists():
        _require_alone(home.database, key_for(home.database, key))
    fresh = home.database.with_suffix(".restoring")
    shutil.copyfile(file, fresh)
    check(fresh, key)
    if home.database.exists():
        stamp = in_japan(clock.now()).strftime("%Y%m%d-%H%M%S")
        aside = home.backups / f"replaced-{stamp}.db"
        home.database.replace(aside)
    for tail in ("-wal", "-shm"):  # a stale one beside the restored file would be replayed into it
        home.database.with_name(home.database.name + tail).unlink(missing_ok=True)
    fresh.replace(home.database)
    return rows


def _require_alone(path: Path, key: str | None) -> None:
    """Fold the WAL into the file, which SQLite only does for the one connection there is; a damaged file stays as it is."""
    connection = connect_sqlite(path, key)
    try:
        connection.execute("PRAGMA busy_timeout = 500").fetchall()
        connection.execute("PRAGMA journal_mode = DELETE").fetchall()
    except sqlcipher.OperationalError as error:
        raise InUseError(
            _("ShopDesk is open. Close every window of it on this computer, then restore again. Nothing was changed.")
        ) from error
    except sqlcipher.DatabaseError:
        return
    finally:
        connection.close()


def restore_postgresql(file: Path, database: Database) -> int:
    """Fill an empty PostgreSQL database from a backup and return the number of rows.

    Raises:
        NotEmptyError: there is data in it.
        BackupError: the file is no backup of this program's schema.
    """
    rows, made_at = check(file)
    with database.write() as session, zipfile.ZipFile(file) as packed:
        revision = session.scalar(text("SELECT version_num FROM alembic_version"))
        if made_at != revision:
            raise BackupError(
                _("This backup was made by another version of ShopDesk. Restore it with that version, then update.")
            )
        if session.scalar(text("SELECT count(*) FROM customers")) or session.scalar(
            text("SELECT count(*) FROM orders")
        ):
            raise NotEmptyError(_("The database is not empty. Make a new, empty one and restore into that."))
        for table, columns in _postgresql_tables(session).items():
            _fill_postgresql(session, table, columns, packed)
    return rows


def _fill_postgresql(session: Session, table: str, columns: list[str], packed: zipfile.ZipFile) -> None:
    session.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
    session.execute(text(f"DELETE FROM {table}"))
    named = ", ".join(f'"{name}"' for name in columns)
    into = f"COPY {table} ({named}) FROM STDIN"
    with packed.open(f"{table}.copy") as stored, _raw(session).cursor() as cursor, cursor.copy(into) as copied:
        while block := stored.read(1 << 16):
            copied.write(block)
    if "id" in columns:
        numbered = f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), greatest(max(id), 1)) FROM {table}"
        session.execute(text(numbered))
    session.execute(text(f"ALTER TABLE {table} ENABLE TRIGGER USER"))
