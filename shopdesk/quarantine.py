"""Which installation a home belongs to: a copied or restored one sends nothing until the owner says so."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from filelock import FileLock
from sqlalchemy import select, text, update
from sqlalchemy.orm import Mapped, mapped_column

from shopdesk.database import Base
from shopdesk.errors import ShopDeskError
from shopdesk.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy.orm import Session

    from shopdesk.clock import Clock
    from shopdesk.database import Database

COPIED = N_("This data was copied from another place or computer.")
RESTORED = N_("A backup was restored.")
OLDER = N_("The data is older than what this computer has already seen.")
REAL, REHEARSAL = "real", "rehearsal"


class QuarantinedError(ShopDeskError):
    """Nothing goes out of a copied or restored home."""

    code = "quarantined"


class OtherWorldError(ShopDeskError):
    """A home that practised never meets the real LINE, and the other way round."""

    code = "other_world"


class InstallationRow(Base):
    """The one row that says where this database lives and which LINE it has met."""

    __tablename__ = "installation"

    id: Mapped[int] = mapped_column(primary_key=True)
    instance: Mapped[str]
    quarantined_since: Mapped[datetime | None]
    reason: Mapped[str | None]
    line_world: Mapped[str | None]


@dataclass(frozen=True, slots=True)
class Quarantine:
    """Whether the home is held back, since when and why (a sentence)."""

    quarantined: bool
    since: datetime | None = None
    reason: str | None = None


class Installation:
    """The identity of this home on this computer."""

    def __init__(self, database: Database, home: Path, file: Path, clock: Clock) -> None:
        self._database = database
        self._home = str(home.resolve())
        self._file = file
        self._clock = clock

    def arrive(self) -> None:
        """At every start: recognise the home, or put it into quarantine when it is not where it was."""
        with self._known() as known, self._database.write() as session:
            mine = known.get(self._home)
            row = session.get(InstallationRow, 1)
            seen = _last_audit(session)
            if row is None:
                row = InstallationRow(
                    id=1, instance=uuid.uuid4().hex, quarantined_since=None, reason=None, line_world=None
                )
                session.add(row)
                session.flush()
            elif self._database.on_sqlite and (mine is None or mine["instance"] != row.instance):
                self._hold(session, COPIED)
            elif mine is not None and mine["instance"] == row.instance and int(mine["seen"]) > seen:
                self._hold(session, OLDER)
            known[self._home] = {"instance": row.instance, "seen": seen}

    def remember(self) -> None:
        """Note outside the home how far its history has come, so that an older copy is recognised."""
        with self._known() as known, self._database.read() as session:
            row = session.get(InstallationRow, 1)
            if row is not None:
                known[self._home] = {"instance": row.instance, "seen": _last_audit(session)}

    def restored(self) -> None:
        """After a restore: hold the home until the owner has looked."""
        with self._database.write() as session:
            session.execute(update(InstallationRow).values(quarantined_since=self._clock.now(), reason=RESTORED))

    def quarantine(self) -> Quarantine:
        """Return whether the home is held back."""
        with self._database.read() as session:
            row = session.get(InstallationRow, 1)
        if row is None or row.quarantined_since is None:
            return Quarantine(quarantined=False)
        return Quarantine(quarantined=True, since=row.quarantined_since, reason=_(row.reason or COPIED))

    def lift(self, record: Callable[[Session], None]) -> None:
        """Let the home send again, and give it an identity of its own; `record` writes who did it."""
        with self._known() as known, self._database.write() as session:
            row = session.get_one(InstallationRow, 1)
            row.quarantined_since, row.reason, row.instance = None, None, uuid.uuid4().hex
            session.flush()
            record(session)
            known[self._home] = {"instance": row.instance, "seen": _last_audit(session)}

    def require_free(self, session: Session) -> None:
        """Refuse to send from a held home.

        Raises:
            QuarantinedError: the home is in quarantine.
        """
        if session.scalar(select(InstallationRow.quarantined_since)) is not None:
            raise QuarantinedError(
                _(
                    "This shop's data was copied or restored, so nothing is sent. Look at what would go out, then lift the quarantine."
                )
            )

    def require_world(self, world: str) -> None:
        """Remember on first contact whether this home met the real LINE or a rehearsal, and refuse the other.

        Raises:
            OtherWorldError: the home has met the other one.
        """
        with self._database.write() as session:
            row = session.get(InstallationRow, 1)
            if row is not None and row.line_world is None:
                row.line_world = world
                session.flush()
            elif row is not None and row.line_world != world:
                raise OtherWorldError(
                    _("This shop's data has been used for practice. Use another home for the real LINE.")
                    if row.line_world == REHEARSAL
                    else _("This shop's data belongs to the real LINE. Use another home to practise.")
                )

    def _hold(self, session: Session, reason: str) -> None:
        held = update(InstallationRow).where(InstallationRow.quarantined_since.is_(None))
        session.execute(held.values(quarantined_since=self._clock.now(), reason=reason))

    def _known(self) -> _KnownHomes:
        return _KnownHomes(self._file)


class _KnownHomes:
    """The file of all homes this computer knows, locked while it is changed."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = FileLock(file.with_suffix(".lock"))
        self._homes: dict[str, dict[str, str | int]] = {}

    def __enter__(self) -> dict[str, dict[str, str | int]]:
        self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._lock.acquire(timeout=10)
        try:
            self._homes = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            self._homes = {}
        return self._homes

    def __exit__(self, kind: object, *_rest: object) -> None:
        try:
            if kind is None:
                fresh = self._file.with_suffix(".new")
                fresh.write_text(json.dumps(self._homes), encoding="utf-8")
                fresh.replace(self._file)
        finally:
            self._lock.release()


def _last_audit(session: Session) -> int:
    return int(session.scalar(text("SELECT max(id) FROM audit")) or 0)
