"""What keeps an open shop's data safe: its backups, and the key on it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from shopdesk import backup, encryption, homes, inbox
from shopdesk.secrets import DATABASE_KEY
from shopdesk.staff import Act, needs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from shopdesk.clock import Clock
    from shopdesk.database import Database
    from shopdesk.events import Events
    from shopdesk.paths import Home
    from shopdesk.secrets import Secrets
    from shopdesk.staff import Staff

_MOST_WAITING = 100_000


class Safekeeping:
    """Makes backups and says how the key stands; the shop carries each verb as its own. `at_rest` does what needs a closed shop."""

    def __init__(
        self, database: Database, clock: Clock, staff: Staff, *, home: Home, secrets: Secrets, events: Events
    ) -> None:
        self._database = database
        self._clock = clock
        self._staff = staff
        self._home = home
        self._secrets = secrets
        self._events = events

    @needs(Act.MANAGE)
    def back_up(self, file: Path | None = None) -> tuple[Path, int]:
        """Write a checked backup to `file`, by default into the home's own folder; return the file and its rows."""
        if file is None:
            homes.make(self._home)  # its folder may have been thrown away meanwhile
            file = backup.automatic_file(self._database, self._home, self._clock, why="by-hand")
        with self._inbox_in_it():
            rows = backup.make(self._database, file)
        with self._database.write() as session:
            self._staff.record(session, "back up", "shop")
        return file, rows

    def take_back_inbox(self) -> None:
        """After a restore: let the next gateway work off what the backup brought along, and what came since it was made."""
        with inbox.opened(self._home.inbox, self._database.key) as bodies:
            self._events.give_back(bodies)

    @contextmanager
    def _inbox_in_it(self) -> Iterator[None]:
        """Let a backup hold what LINE sent and nobody has worked off yet."""
        waiting: list[inbox.Stored] = []
        if self._home.inbox.exists():
            with inbox.opened(self._home.inbox, self._database.key) as bodies:
                waiting = bodies.waiting(_MOST_WAITING)
        if waiting:
            self._events.lay_in(waiting)
        try:
            yield
        finally:
            if waiting:
                self._events.lay_in([])

    def backups(self) -> list[backup.Kept]:
        """Return the backups in the home's own folder, the newest first."""
        return backup.kept(self._home)

    def key_state(self) -> encryption.KeyState:
        """Return whether the data has a key, and whether one can be set here. Raises KeysFileError, KeyRingError."""
        on_sqlite, place = self._database.on_sqlite, self._secrets.place(DATABASE_KEY)
        return encryption.KeyState(
            on_sqlite,
            keyed=bool(self._database.key),
            place=place,
            may_set=on_sqlite and self._secrets.lasting and (place != "nowhere" or self._secrets.can_keep),
            plain_backups=sum(one.plain for one in self.backups()),
        )

    @needs(Act.MANAGE)
    def key_to_set(self) -> str:
        """Return the key that `encrypt_shop` is to put on the data: one that is kept already, or a new one."""
        return self._secrets.get(DATABASE_KEY) or encryption.new_key()

    @needs(Act.MANAGE)
    def replace_plain_backups(self) -> int:
        """Make a backup with the key, then delete those in the home's folder that have none; return how many these were.

        Raises:
            BackupError: the new one could not be made; nothing was deleted.
        """
        plain = [one.file for one in self.backups() if one.plain]
        if not self._database.key:
            return 0
        self.back_up()
        for file in plain:
            file.unlink(missing_ok=True)
        with self._database.write() as session:
            self._staff.record(session, "delete", "plain backups")
        return len(plain)
