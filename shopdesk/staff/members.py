"""The people who work here: taken on, changed, gone; and who of them stands at this computer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select, update

from shopdesk import scancodes
from shopdesk.changes import Changes, Topic
from shopdesk.errors import InvalidInputError, NotFoundError, ShopDeskError
from shopdesk.i18n import _
from shopdesk.staff import pins
from shopdesk.staff.records import Member
from shopdesk.staff.rights import Act, needs
from shopdesk.staff.tables import MemberRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from shopdesk.clock import Clock
    from shopdesk.database import Database
    from shopdesk.staff.records import MemberRole
    from shopdesk.staff.service import Staff

_LONGEST_NAME = 40


class WrongPinError(ShopDeskError):
    """That is not the PIN."""

    code = "wrong_pin"


class PinWaitsError(ShopDeskError):
    """After several wrong PINs the next try has to wait; `until` says how long."""

    code = "pin_waits"

    def __init__(self, message: str, until: datetime) -> None:
        super().__init__(message)
        self.until = until


class LastOwnerError(ShopDeskError):
    """Without an owner nobody could let anybody in."""

    code = "last_owner"


class Members:
    """Those who work here now. Where there is nobody, whoever sits at the computer is the owner and nothing is locked."""

    def __init__(self, database: Database, staff: Staff, changes: Changes, clock: Clock) -> None:
        self._database, self._staff, self._changes, self._clock = database, staff, changes, clock

    def all(self) -> list[Member]:
        """Return who works here, owners first, then by name: what the locked screen offers."""
        with self._database.read() as session:
            rows = session.scalars(select(MemberRow).where(MemberRow.left_at.is_(None)))
            order = ("owner", "manager", "counter")
            return sorted(map(_member, rows), key=lambda one: (order.index(one.role), one.name))

    @needs(Act.MANAGE)
    def add(self, name: str, role: MemberRole, pin: str, *, answers: bool = False, exports: bool = False) -> Member:
        """Take somebody on. Who adds the first owner is that owner from then on: the PIN was theirs to choose.

        Raises:
            InvalidInputError: the name is empty, too long or taken, or the PIN does not do.
            LastOwnerError: there is nobody yet and this is no owner: nobody could manage the shop afterwards.
        """
        kept = pins.hashed(pin)
        with self._database.write() as session:
            first = not _owners(session)
            if role != "owner" and first:
                raise LastOwnerError(
                    _("Add yourself as the owner first. Without an owner nobody could change anything.")
                )
            row = MemberRow(
                name=_free_name(session, name),
                role=role,
                answers=answers,
                exports=exports,
                pin_hash=kept,
                wrong_pins=0,
                made_at=self._clock.now(),
            )
            session.add(row)
            session.flush()
            self._staff.record(session, "add", "staff", [row.id], ["name", "role", "pin"])
            made = _member(row)
        if first:
            self._staff.seat(made)
        self._changes.tell(Topic.STAFF)
        return made

    @needs(Act.MANAGE)
    def change(self, member_id: int, name: str, role: MemberRole, *, answers: bool, exports: bool) -> Member:
        """Change somebody's name, role and grants.

        Raises:
            NotFoundError: nobody of this id works here.
            InvalidInputError: the name is empty, too long or taken.
            LastOwnerError: the only owner would be none afterwards.
        """
        with self._database.write() as session:
            row = _here(session, member_id)
            if row.role == "owner" and role != "owner":
                _require_other_owner(session, member_id)
            row.name = _free_name(session, name, but=member_id)
            row.role, row.answers, row.exports = role, answers, exports
            session.flush()
            self._staff.record(session, "change", "staff", [member_id], ["name", "role", "answers", "exports"])
            changed = _member(row)
        self._changes.tell(Topic.STAFF)
        return changed

    @needs(Act.MANAGE)
    def set_pin(self, member_id: int, pin: str) -> None:
        """Give somebody another PIN, and let them try at once. Raises NotFoundError, InvalidInputError."""
        kept = pins.hashed(pin)
        with self._database.write() as session:
            row = _here(session, member_id)
            row.pin_hash, row.wrong_pins, row.waits_until = kept, 0, None
            session.flush()
            self._staff.record(session, "change", "staff", [member_id], ["pin"])
        self._changes.tell(Topic.STAFF)

    @needs(Act.MANAGE)
    def make_code(self, member_id: int) -> scancodes.Code:
        """Return a new code for somebody's badge: it says who stands there, the PIN is still asked. The old one is worth nothing."""
        code = scancodes.new("staff")
        with self._database.write() as session:
            _here(session, member_id).code_hash = code.hashed
            session.flush()
            self._staff.record(session, "change", "staff", [member_id], ["badge"])
        return code

    @needs(Act.MANAGE)
    def remove(self, member_id: int) -> None:
        """Let somebody go: no PIN and no badge of theirs opens anything any more. What they did keeps their name.

        Raises:
            NotFoundError: nobody of this id works here.
            LastOwnerError: this is the only owner, and others still work here.
        """
        with self._database.write() as session:
            row = _here(session, member_id)
            others = session.scalar(select(func.count()).where(MemberRow.left_at.is_(None), MemberRow.id != member_id))
            if row.role == "owner" and others:
                _require_other_owner(session, member_id)
            row.left_at, row.pin_hash, row.code_hash = self._clock.now(), "", None
            session.flush()
            self._staff.record(session, "remove", "staff", [member_id])
        self._changes.tell(Topic.STAFF)

    def by_code(self, scanned: str) -> Member | None:
        """Return whose badge was scanned, None where it is nobody's here."""
        code = scancodes.read(scanned)
        if code is None or code.kind != "staff":
            return None
        with self._database.read() as session:
            row = session.scalar(
                select(MemberRow).where(MemberRow.code_hash == code.hashed, MemberRow.left_at.is_(None))
            )
            return None if row is None else _member(row)

    def check(self, member_id: int, pin: str) -> Member:
        """Return the member whose PIN this is; a wrong one is counted and written down.

        Raises:
            NotFoundError: nobody of this id works here.
            WrongPinError: it is wrong.
            PinWaitsError: too many were wrong; the PIN is not even looked at until the time it names.
        """
        with self._database.read() as session:
            row = _here(session, member_id)
            waits, kept = row.waits_until, row.pin_hash
        if waits is not None and waits > self._clock.now():
            raise _waits(waits)
        if not pins.is_right(pin, kept):
            self._count_wrong(member_id)
        with self._database.write() as session:
            row = _here(session, member_id)
            if row.waits_until is not None and row.waits_until > self._clock.now():
                raise _waits(row.waits_until)  # others tried at another till meanwhile
            row.wrong_pins, row.waits_until = 0, None
            session.flush()
            return _member(row)

    def _count_wrong(self, member_id: int) -> None:
        with self._database.write() as session:
            counted = update(MemberRow).where(MemberRow.id == member_id).values(wrong_pins=MemberRow.wrong_pins + 1)
            wrong = session.execute(counted.returning(MemberRow.wrong_pins)).scalar_one()
            wait = pins.wait_after(wrong)
            until = self._clock.now() + wait if wait else None
            session.execute(update(MemberRow).where(MemberRow.id == member_id).values(waits_until=until))
            self._staff.record(session, "wrong pin", "staff", [member_id])
        if until is not None:
            raise _waits(until)
        raise WrongPinError(_("This is not the PIN. Try again."))


def _waits(until: datetime) -> PinWaitsError:
    return PinWaitsError(_("Too many wrong PINs. Wait a little, then try again; the owner can set a new PIN."), until)


def _here(session: Session, member_id: int) -> MemberRow:
    row = session.get(MemberRow, member_id)
    if row is None or row.left_at is not None:
        raise NotFoundError(_("Nobody of this number works here (any more)."))
    return row


def _owners(session: Session) -> list[int]:
    return list(session.scalars(select(MemberRow.id).where(MemberRow.role == "owner", MemberRow.left_at.is_(None))))


def _require_other_owner(session: Session, member_id: int) -> None:
    if _owners(session) == [member_id]:
        raise LastOwnerError(_("This is the only owner. Make somebody else an owner first."))


def _free_name(session: Session, typed: str, but: int | None = None) -> str:
    name = " ".join(typed.split())
    if not 1 <= len(name) <= _LONGEST_NAME:
        raise InvalidInputError(_("A name has 1 to 40 characters."))
    taken = select(MemberRow.id).where(MemberRow.name == name, MemberRow.left_at.is_(None))
    if session.scalar(taken) not in {None, but}:
        raise InvalidInputError(_("Somebody of this name works here already. Add something that tells them apart."))
    return name


def _member(row: MemberRow) -> Member:
    return Member(row.id, row.name, row.role, row.answers, row.exports, row.waits_until)
