"""Leases: one holder at a time for the sender, the due-work loop and imports, with a number that fences off the old one."""

from __future__ import annotations

import os
import socket
import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout
from sqlalchemy import select, update
from sqlalchemy.orm import Mapped, mapped_column

from shopdesk.database import Base
from shopdesk.errors import ShopDeskError
from shopdesk.i18n import _

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session

    from shopdesk.clock import Clock
    from shopdesk.database import Database

LASTS = timedelta(seconds=15)
RENEW_EVERY = timedelta(seconds=5)
# So far the clocks of two computers may differ. A lease that ends later was taken before the clock was turned back.
_CLOCKS_DIFFER = timedelta(minutes=1)


class LeaseHeldError(ShopDeskError):
    """Somebody else does this work just now."""

    code = "lease_held"


class LeaseLostError(ShopDeskError):
    """Another process took over; what this one still had in hand must not be written."""

    code = "lease_lost"


class LeaseRow(Base):
    """Who holds what, until when; `fencing` grows with every taking."""

    __tablename__ = "leases"

    name: Mapped[str] = mapped_column(primary_key=True)
    holder: Mapped[str]
    machine: Mapped[str]
    fencing: Mapped[int]
    until: Mapped[datetime]


class Lease:
    """A lease in hand. Every write under it calls `check` inside its own transaction."""

    def __init__(self, leases: Leases, name: str, holder: str, fencing: int, lock: FileLock) -> None:
        self.name = name
        self.fencing = fencing
        self._leases = leases
        self._holder = holder
        self._lock = lock

    def check(self, session: Session) -> None:
        """Fail when another process has taken the lease since.

        Raises:
            LeaseLostError: the fencing number has moved on.
        """
        now = session.scalar(
            select(LeaseRow.fencing).where(LeaseRow.name == self.name, LeaseRow.holder == self._holder)
        )
        if now != self.fencing:
            raise LeaseLostError(_("Another ShopDesk went on with this work. This one stopped."))

    def renew(self) -> None:
        """Hold it for another 15 seconds; call every 5."""
        with self._leases.database.write() as session:
            self.check(session)
            until = self._leases.clock.now() + LASTS
            session.execute(update(LeaseRow).where(LeaseRow.name == self.name).values(until=until))

    def release(self) -> None:
        """Give it back, so that the next one need not wait."""
        try:
            with self._leases.database.write() as session:
                ended = self._leases.clock.now()
                mine = update(LeaseRow).where(LeaseRow.name == self.name, LeaseRow.holder == self._holder)
                session.execute(mine.values(until=ended, holder=""))
        finally:
            self._lock.release()


class Leases:
    """The leases of one shop. On this machine a file lock tells whether the holder still lives."""

    def __init__(self, database: Database, folder: Path, clock: Clock) -> None:
        self.database = database
        self.clock = clock
        self._folder = folder

    def take(self, name: str) -> Lease:
        """Take the lease, at once when its holder on this machine is gone.

        Raises:
            LeaseHeldError: a living process holds it.
        """
        lock = FileLock(self._folder / f"{name}.lock")
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise self._held() from error
        try:
            return self._take_row(name, lock)
        except BaseException:
            lock.release()
            raise

    def held(self, name: str) -> bool:
        """Tell whether somebody holds the lease, without taking it; one that was killed counts until its time is over."""
        with self.database.read() as session:
            row = session.scalar(select(LeaseRow).where(LeaseRow.name == name))
            return row is not None and _lives(row, self.clock.now())

    def _take_row(self, name: str, lock: FileLock) -> Lease:
        machine, holder = socket.gethostname(), f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex}"
        with self.database.write() as session:
            row = session.scalar(select(LeaseRow).where(LeaseRow.name == name).with_for_update())
            now = self.clock.now()
            if row is None:
                row = LeaseRow(name=name, holder="", machine=machine, fencing=0, until=now)
                session.add(row)
            elif row.machine != machine and _lives(row, now):
                raise self._held()
            row.holder, row.machine, row.fencing, row.until = holder, machine, row.fencing + 1, now + LASTS
            session.flush()
            return Lease(self, name, holder, row.fencing, lock)

    @staticmethod
    def _held() -> LeaseHeldError:
        return LeaseHeldError(
            _("Another ShopDesk window is doing this just now. It goes on there; nothing is done twice.")
        )


def _lives(row: LeaseRow, now: datetime) -> bool:
    """Tell whether somebody holds the lease by this clock."""
    return bool(row.holder) and now < row.until <= now + LASTS + _CLOCKS_DIFFER
