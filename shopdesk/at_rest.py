"""What is done with a shop's data while nobody has it open: a backup put in its place, a key put on it, a key kept again."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from shopdesk import backup, encryption, homes, migrate, paths
from shopdesk.clock import SystemClock
from shopdesk.errors import InvalidInputError, ShopDeskError
from shopdesk.i18n import _
from shopdesk.secrets import DATABASE_KEY, KeyRingError, Secrets
from shopdesk.shop import open_shop

if TYPE_CHECKING:
    from shopdesk.customers import Former


def restore_shop(file: Path, home: Path | None = None) -> int:
    """Put a backup in the place of a home's data and return how many rows it holds; the home starts in quarantine.

    Raises:
        InvalidInputError: there is no such file.
        BackupError: the file is no good backup; nothing was changed.
        NewerDatabaseError: a newer ShopDesk made the backup; nothing was changed.
        NotEmptyError: the PostgreSQL database holds data already.
        InUseError: ShopDesk is open on this home.
    """
    if os.environ.get("SHOPDESK_DATABASE_URL"):
        with closing(open_shop(home)) as shop:
            rows = backup.restore_postgresql(file, shop.database)
            shop.installation.restored()
            shop.take_back_inbox()
        return rows
    folder = paths.Home(Path(home) if home else paths.default_home())
    homes.require_local_folder(folder.path)
    homes.make(folder)
    key = Secrets(folder.name).get(DATABASE_KEY)
    migrate.require_known(backup.check(file, key)[1])
    erased = _erased_people(home) if folder.database.exists() else []
    was_plain = backup.is_plain(folder.database)
    with encryption.opening(folder):
        rows = backup.restore_sqlite(file, folder, key, SystemClock())
    if key and not was_plain and backup.is_plain(folder.database):  # a backup from before the key was set
        encryption.encrypt(folder, key)
    with closing(open_shop(home)) as shop:
        shop.installation.restored()
        shop.customers.erased.erase_again(erased)
        shop.take_back_inbox()
        with shop.database.write() as session:
            shop.staff.record(session, "restore", "shop")
    return rows


def encrypt_shop(key: str, home: Path | None = None) -> int:
    """Put a key on a closed shop's plain data and return how many rows it holds. The key is kept first, then used.

    Raises:
        KeyRingError: the key cannot be kept, or another one is kept already; nothing was changed.
        InUseError: ShopDesk is open on this home; nothing was changed.
        EncryptionError: there is a key already, too little room, or a failed check; nothing was changed.
    """
    folder = paths.Home(Path(home) if home else paths.default_home())
    secrets = Secrets(folder.name)
    if secrets.get(DATABASE_KEY) is None:
        secrets.set(DATABASE_KEY, key)
    _require_kept(secrets, key)
    rows = encryption.encrypt(folder, key)
    with closing(open_shop(home)) as shop, shop.database.write() as session:
        shop.staff.record(session, "set", "database key")
    return rows


def recover_key(code: str, home: Path | None = None) -> None:
    """Keep the key of a home's data again, from its recovery code.

    Raises:
        InvalidInputError: the code is not as it was printed, or belongs to other data; nothing was kept.
        KeyRingError: this computer cannot keep it.
    """
    folder = paths.Home(Path(home) if home else paths.default_home())
    key = encryption.key_of(code)
    if not encryption.opens(folder.database, key):
        raise InvalidInputError(
            _("This recovery code does not open this data. Look for the paper with the code that was printed last.")
        )
    secrets = Secrets(folder.name)
    secrets.set(DATABASE_KEY, key)
    _require_kept(secrets, key)


def _require_kept(secrets: Secrets, key: str) -> None:
    """Read the key back: what the next start will not find must not lock the data."""
    if secrets.get(DATABASE_KEY) != key:
        raise KeyRingError(
            _(
                "Another key stands where ShopDesk looks for it. Put this data's own key there "
                "(SHOPDESK_KEYS_FILE, the environment or the key ring) and try again. Nothing was changed."
            )
        )


def _erased_people(home: Path | None) -> list[Former]:
    """Who asked to be erased since the backup; nobody can be named where the database cannot be opened any more."""
    try:
        with closing(open_shop(home)) as shop:
            return shop.customers.erased.list()
    except ShopDeskError:
        return []
