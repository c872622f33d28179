"""The shop: one plain object with one attribute per feature, and the only place where they are wired together."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from shopdesk import backup, homes, i18n, logs, migrate, paths
from shopdesk.broadcasts import BroadcastPart, Broadcasts
from shopdesk.changes import Changes, Topic
from shopdesk.clock import SystemClock
from shopdesk.customers import Customers
from shopdesk.database import Database
from shopdesk.errors import ShopDeskError
from shopdesk.friends import FriendPart, Friends
from shopdesk.imports import BeforeImages, Imports
from shopdesk.leases import Leases
from shopdesk.line import Bot, Line
from shopdesk.orders import Orders
from shopdesk.quarantine import Installation
from shopdesk.secrets import DATABASE_KEY, LINE_CHANNEL_ID, LINE_CHANNEL_SECRET, Secrets
from shopdesk.segments import Segments
from shopdesk.settings import Settings
from shopdesk.staff import OWNER, Staff

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shopdesk.clock import Clock
    from shopdesk.customers import Former
    from shopdesk.staff import Actor


class Shop:
    """Everything one shop has. Desktop, gateway and command line all get the same one and speak it."""

    def __init__(self, home: paths.Home, database: Database, secrets: Secrets, clock: Clock, actor: Actor) -> None:
        self.home = home
        self.database = database
        self.secrets = secrets
        self.clock = clock
        self.changes = Changes()
        self.leases = Leases(database, home.locks, clock)
        self.installation = Installation(database, home.path, paths.instance_file(), clock)
        self.staff = Staff(database, clock, actor)
        self.settings = Settings(database, self.staff, self.changes)
        self.customers = Customers(database, self.staff, self.changes, clock)
        self.orders = Orders(database, clock)
        self.segments = Segments(database, self.staff, self.changes, clock)
        self.line = Line(secrets, self.installation, clock)
        self.friends = Friends(database, clock, self.staff, self.changes, line=self.line, customers=self.customers)
        self.broadcasts = Broadcasts(
            database,
            clock,
            self.staff,
            self.changes,
            line=self.line,
            leases=self.leases,
            installation=self.installation,
            settings=self.settings,
            segments=self.segments,
        )
        # The broadcasts read the friends' links, so they come before them.
        self.customers.parts = (self.orders, BeforeImages(), BroadcastPart(), FriendPart(self.customers))
        self.imports = Imports(database, home, clock, self.staff, self.changes)

    def back_up(self, file: Path | None = None) -> tuple[Path, int]:
        """Write a checked backup to `file`, by default into the home's own folder; return the file and its rows."""
        if file is None:
            file = backup.automatic_file(self.database, self.home, self.clock, why="by-hand")
        rows = backup.make(self.database, file)
        with self.database.write() as session:
            self.staff.record(session, "back up", "shop")
        return file, rows

    def connect_line(self, channel_id: str, channel_secret: str) -> Bot:
        """Check the channel's keys with LINE, then keep them; return who the account is.

        Raises:
            LineError: LINE does not accept them or cannot be reached; nothing was kept.
            KeyRingError: they are good, and this computer has no key ring to keep them in.
        """
        typed = {LINE_CHANNEL_ID: channel_id.strip(), LINE_CHANNEL_SECRET: channel_secret.strip()}
        with closing(Line(Secrets(self.home.path.name, typed), self.installation, self.clock)) as tried:
            bot = tried.bot()
        self._keep_line(typed)
        return bot

    def disconnect_line(self) -> None:
        """Take the channel's keys out of the key ring. Raises KeyRingError."""
        self._keep_line({LINE_CHANNEL_ID: "", LINE_CHANNEL_SECRET: ""})

    def _keep_line(self, keys: Mapping[str, str]) -> None:
        for name, value in keys.items():
            self.secrets.set(name, value)
        self.line.tokens.forget()
        with self.database.write() as session:
            self.staff.record(session, "set" if all(keys.values()) else "clear", "line keys")
        self.changes.tell(Topic.SETTINGS)

    def backups(self) -> list[backup.Kept]:
        """Return the backups in the home's own folder, the newest first."""
        return backup.kept(self.home)

    def lift_quarantine(self) -> None:
        """Let a copied or restored home send again: the owner has looked at what would go out."""
        self.installation.lift(lambda session: self.staff.record(session, "lift", "quarantine"))

    def close(self) -> None:
        """Close the database; what this computer has seen is noted outside the home."""
        self.line.close()
        self.installation.remember()
        self.database.close()


def restore_shop(file: Path, home: Path | None = None) -> int:
    """Put a backup in the place of a home's data and return how many rows it holds; the home starts in quarantine.

    Raises:
        BackupError: the file is no good backup; nothing was changed.
        NewerDatabaseError: a newer ShopDesk made the backup; nothing was changed.
        NotEmptyError: the PostgreSQL database holds data already.
        InUseError: ShopDesk is open on this home.
    """
    if os.environ.get("SHOPDESK_DATABASE_URL"):
        with closing(open_shop(home)) as shop:
            rows = backup.restore_postgresql(file, shop.database)
            shop.installation.restored()
        return rows
    folder = paths.Home(Path(home) if home else paths.default_home())
    homes.require_local_folder(folder.path)
    homes.make(folder)
    key = Secrets(folder.path.resolve().name).get(DATABASE_KEY)
    migrate.require_known(backup.check(file, key)[1])
    erased = _erased_people(home) if folder.database.exists() else []
    rows = backup.restore_sqlite(file, folder, key, SystemClock())
    with closing(open_shop(home)) as shop:
        shop.installation.restored()
        shop.customers.forget_again(erased)
        with shop.database.write() as session:
            shop.staff.record(session, "restore", "shop")
    return rows


def _erased_people(home: Path | None) -> list[Former]:
    """Who asked to be erased since the backup; nobody can be named where the database cannot be opened any more."""
    try:
        with closing(open_shop(home)) as shop:
            return shop.customers.forgotten()
    except ShopDeskError:
        return []


def open_shop(
    home: Path | None = None,
    *,
    clock: Clock | None = None,
    actor: Actor = OWNER,
    secrets: Mapping[str, str] | None = None,
) -> Shop:
    """Open a shop, making a new home on first use.

    Args:
        home: The folder; by default `SHOPDESK_HOME`, else the platform's folder for user data.
        clock: The time; the computer's own by default.
        actor: In whose name writes happen.
        secrets: All secrets there are, for a child process or a demo: then nothing else is asked for them.

    Raises:
        HomeRefusedError: the folder is on a network share, in a synced folder, or cannot be written.
        DatabaseError: the database cannot be opened.
        NewerDatabaseError: a newer ShopDesk made it.
    """
    folder = paths.Home(Path(home) if home else paths.default_home())
    url = os.environ.get("SHOPDESK_DATABASE_URL")
    if not url:
        homes.require_local_folder(folder.path)
    homes.make(folder)
    logs.start(folder.logs)
    clock = clock or SystemClock()
    kept = Secrets(folder.path.resolve().name, secrets)
    database = Database.at(url) if url else Database.in_file(folder.database, kept.get(DATABASE_KEY))
    try:
        migrate.upgrade(database, folder, clock)
        shop = Shop(folder, database, kept, clock, actor)
        shop.installation.arrive()
        i18n.set_language(str(shop.settings.get("language")) or i18n.system_language())
    except BaseException:
        database.close()
        raise
    return shop
