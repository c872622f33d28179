"""Who acts at this computer, what they may, and the record of who did what."""

from __future__ import annotations

import hashlib
import json
import threading
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from sqlalchemy import select

from shopdesk.changes import Topic
from shopdesk.database import OfflineError, Statement, milliseconds
from shopdesk.errors import ShopDeskError
from shopdesk.i18n import _
from shopdesk.staff import auditing
from shopdesk.staff.members import Members
from shopdesk.staff.records import OWNER, Actor, Member
from shopdesk.staff.rights import RIGHTS, Act, needs
from shopdesk.staff.tables import AuditRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy.orm import Session

    from shopdesk.changes import Changes
    from shopdesk.clock import Clock
    from shopdesk.database import Database
    from shopdesk.staff.records import AuditEntry
    from shopdesk.staff.rights import Right

MOST_IDS = 200
NOBODY = Actor("", "page")
"""Who acts while the window is locked: the least there is."""


class NotAllowedError(ShopDeskError):
    """Who acts may not do this."""

    code = "not_allowed"


class NeedsOwnerError(NotAllowedError):
    """Who acts may do this once an owner has confirmed it with the own PIN."""

    code = "needs_owner"


class NeedsSecondError(NotAllowedError):
    """Somebody else, an owner or a manager, has to confirm this with the own PIN."""

    code = "needs_second"


class Staff:
    """Knows who is acting, and writes down every act in the transaction that does it."""

    def __init__(self, database: Database, clock: Clock, actor: Actor, changes: Changes) -> None:
        self._signed_in = actor
        self._guard = threading.Lock()
        self._database = database
        self._clock = clock
        self._staff = self
        self._changes = changes
        self.members = Members(database, self, changes, clock)

    @property
    def actor(self) -> Actor:
        """Who acts: whoever signed in at this computer, or in whose name this thread works just now."""
        return _ACTING.get() or self._signed_in

    @contextmanager
    def acting(self, actor: Actor) -> Iterator[None]:
        """Let the block act in another name: what is due runs as the program, a public page as the page."""
        before = _ACTING.set(actor)
        try:
            yield
        finally:
            _ACTING.reset(before)

    def sign_in(self, member_id: int, pin: str) -> Member:
        """Let a member act at this computer from now on. Raises NotFoundError, WrongPinError, PinWaitsError."""
        with self.acting(NOBODY):  # whoever types is not known yet: a wrong PIN is written down as nobody's
            member = self.members.check(member_id, pin)
        with self.acting(_as_actor(member)), self._database.write() as session:
            self.record(session, "sign in", "staff", [member_id])
        self.seat(member)
        self._changes.tell(Topic.STAFF)
        return member

    def seat(self, member: Member) -> None:
        """Let a member act at this computer whose PIN was given just now."""
        with self._guard:
            self._signed_in = _as_actor(member)

    def sign_out(self) -> None:
        """Let nobody act at this computer until somebody signs in; where nobody is registered, the owner acts again.

        Raises OfflineError: the data cannot be reached. Whoever had signed in acts no more all the same.
        """
        try:
            free = NOBODY if self.members.all() else OWNER
        except OfflineError:
            if self._signed_in.member_id is None:
                raise
            free = NOBODY
        with self._guard:
            leaving, self._signed_in = self._signed_in, free
        if leaving.member_id is not None:  # it is so already where this has to wait for the database
            with self.acting(leaving), self._database.write() as session:
                self.record(session, "sign out", "staff", [leaving.member_id])
        self._changes.tell(Topic.STAFF)

    def refresh(self) -> Actor:
        """Return who acts at this computer as things are now: another one may have changed a role or let somebody go.

        Who is not registered (any more) where others are has to sign in.
        """
        members = {one.id: one for one in self.members.all()}
        with self._guard:  # else somebody who signs out meanwhile would be back
            known = members.get(self._signed_in.member_id or 0)
            self._signed_in = _as_actor(known) if known is not None else NOBODY if members else OWNER
            return self._signed_in

    @contextmanager
    def confirmed_by(self, member_id: int, pin: str) -> Iterator[None]:
        """Let somebody else confirm what the block does. Raises NotAllowedError (counter staff), WrongPinError, PinWaitsError."""
        member = self.members.check(member_id, pin)
        if member.role == "counter":
            raise NotAllowedError(_("Only an owner or a manager can confirm this."))
        with self._database.write() as session:
            self.record(session, "confirm", "staff", [member_id])
        before = _CONFIRMED.set(member)
        try:
            yield
        finally:
            _CONFIRMED.reset(before)

    def right(self, act: Act) -> Right | None:
        """Return on what terms who acts may do this, None where not at all. What was granted is a plain yes."""
        found = RIGHTS[self.actor.role].get(act)
        if found == "granted":
            return "yes" if act in self.actor.grants else None
        confirmed = _CONFIRMED.get()
        return "yes" if found == "confirmed" and confirmed and confirmed.role == "owner" else found

    def may(self, act: Act) -> bool:
        """Say whether who acts may do this, if need be with an owner's confirmation."""
        return self.right(act) is not None

    def require(self, act: Act) -> None:
        """Refuse, and write it down, where who acts may not do this.

        Raises:
            NeedsOwnerError: an owner's confirmation is missing.
            NotAllowedError: the role has no such right.
        """
        right = self.right(act)
        if right == "yes":
            return
        with self._database.write() as session:
            self.record(session, "refused", str(act))
        if right == "confirmed":
            raise NeedsOwnerError(_("The owner has to confirm this with the own PIN."))
        raise NotAllowedError(_("You cannot do this with your role. Ask the owner or a manager."))

    def require_second(self) -> None:
        """Refuse where nobody but who acts has confirmed this; what the program does by itself was confirmed before.

        Raises:
            NeedsSecondError: a second person's confirmation is missing.
        """
        confirmed = _CONFIRMED.get()
        if self.actor.role != "program" and (confirmed is None or confirmed.id == self.actor.member_id):
            raise NeedsSecondError(
                _(
                    "So many people need a second person's OK: another owner or manager (Settings → Staff) confirms with the own PIN."
                )
            )

    def record(
        self, session: Session, action: str, kind: str, ids: Sequence[int | str] = (), fields: Iterable[str] = ()
    ) -> None:
        """Append one act to the audit table.

        Args:
            session: The transaction of the act itself: both are kept, or neither.
            action: What was done: `import`, `tag`, `send`, …
            kind: To what: `customer`, `broadcast`, …
            ids: Which ones; of more than 200 the number is kept instead.
            fields: Names of the fields that changed. Never values.
        """
        if not self._database.on_sqlite:
            _LOCK.all(session)  # one writer at a time, or the chain would fork
        shown = ",".join(map(str, ids)) if len(ids) <= MOST_IDS else f"({len(ids)})"
        before = _LAST.value(session) or ""
        row = AuditRow(
            at=self._clock.now(),
            actor=self.actor.name,
            role=self.actor.role,
            action=action,
            object=kind,
            ids=shown,
            fields=",".join(fields),
        )
        said = {name: getattr(row, name) for name in _WRITTEN}
        _APPEND.run(session, **said, at=milliseconds(row.at), hash=_chained(before, row))

    @needs(Act.SEE_AUDIT)
    def entries(self, most: int = 200, *, by: str = "", before: int | None = None) -> list[AuditEntry]:
        """Return at most so many entries, newest first.

        Args:
            most: How many.
            by: Only those of somebody with this name; of everybody by default.
            before: Only those older than the entry of this number.
        """
        with self._database.read() as session:
            return auditing.page(session, by, before, most)

    @needs(Act.SEE_AUDIT)
    def count_entries(self, *, by: str = "") -> int:
        """Return how many entries there are, of everybody or of somebody with this name."""
        with self._database.read() as session:
            return auditing.count(session, by)

    @needs(Act.SEE_AUDIT)
    def entry_anchors(self, every: int, *, by: str = "") -> list[int]:
        """Return the number of the last entry of each full page of `every` entries, newest first."""
        with self._database.read() as session:
            return auditing.anchors(session, by, every)

    @needs(Act.SEE_AUDIT)
    def names(self) -> list[str]:
        """Return whose entries there are: who works here, who did, and the program itself."""
        with self._database.read() as session:
            return auditing.names(session)

    def broken_entries(self) -> list[int]:
        """Return the ids of the entries whose hash does not follow from the one before."""
        broken, before = [], ""
        with self._database.read() as session:
            for row in session.scalars(select(AuditRow).order_by(AuditRow.id).execution_options(yield_per=1000)):
                if row.hash != _chained(before, row):
                    broken.append(row.id)
                before = row.hash
        return broken


_LOCK = Statement("SELECT pg_advisory_xact_lock(7411)")
_LAST = Statement("SELECT hash FROM audit ORDER BY id DESC LIMIT 1")
_APPEND = Statement(
    "INSERT INTO audit (at, actor, role, action, object, ids, fields, hash) "
    "VALUES (:at, :actor, :role, :action, :object, :ids, :fields, :hash)"
)
_WRITTEN = ("actor", "role", "action", "object", "ids", "fields")
_ACTING: ContextVar[Actor | None] = ContextVar("acting", default=None)
_CONFIRMED: ContextVar[Member | None] = ContextVar("confirmed by", default=None)


def _as_actor(member: Member) -> Actor:
    grants = {Act.TALK} if member.role == "counter" and member.answers else set()
    if member.role == "manager" and member.exports:
        grants.add(Act.EXPORT)
    return Actor(member.name, member.role, member.id, frozenset(grants))


def _chained(before: str, row: AuditRow) -> str:
    said = json.dumps([before, milliseconds(row.at), row.actor, row.role, row.action, row.object, row.ids, row.fields])
    return hashlib.sha256(said.encode()).hexdigest()
