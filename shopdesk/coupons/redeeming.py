"""Using a coupon at a till, once, and taking that back. Everything is decided by writes that count how many rows they changed."""

from __future__ import annotations

import hashlib
import json
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from shopdesk import japanese
from shopdesk.coupons import reading, rules
from shopdesk.coupons.patience import Patience
from shopdesk.coupons.records import EARNED
from shopdesk.coupons.refusals import (
    LimitReachedError,
    NonceReusedError,
    NotOursError,
    NotWonError,
    TooLateError,
    not_ours,
    not_won,
    only_online,
)
from shopdesk.coupons.tables import CouponRow, TicketRow, UseRow
from shopdesk.errors import InvalidInputError, NotFoundError
from shopdesk.i18n import _
from shopdesk.staff import Act, needs

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from shopdesk.coupons.office import Office
    from shopdesk.coupons.records import Proof, Use

UNDO_WITHIN = timedelta(minutes=10)
_MOST_YEN = 100_000_000


class Redeeming:
    """Uses coupons."""

    def __init__(self, office: Office) -> None:
        self._office, self._patience = office, Patience()
        self._staff = office.staff

    @needs(Act.SCAN)
    @only_online()
    def redeem(self, scanned: str, *, till: str, nonce: str = "", sale_yen: int | None = None) -> Use:
        """Use the coupon whose own code was scanned or typed.

        Args:
            scanned: What the scanner typed.
            till: The name of the till, as the second try is told it.
            nonce: The till's number of this request: the same again gets the same answer and counts nothing; '' makes one.
            sale_yen: What the sale is before the coupon, where the till knows.

        Raises:
            NotOursError, AlreadyUsedError, NotWonError, NotYetError, ExpiredError, ClosedError, WrongDayError, WrongHourError,
            BelowMinimumError, LimitReachedError: it is not taken, and nothing was changed.
            NonceReusedError: this nonce asked for something else before.
            OfflineError: the data cannot be reached, so it cannot be checked.
            TooManyTriesError: this till was refused too many codes within a minute.
            InvalidInputError: the amount or the nonce cannot be.
        """
        now = self._office.clock.now()
        self._patience.require(till, now)
        try:
            return self._use(lambda session: reading.ticket_of(session, scanned), "code", till, nonce, sale_yen)
        except NotOursError:
            self._patience.note(till, now)
            raise

    @needs(Act.SCAN)
    @only_online()
    def redeem_ticket(
        self, ticket_id: int, *, proof: Proof, till: str, nonce: str = "", sale_yen: int | None = None
    ) -> Use:
        """Use a coupon of somebody who proved otherwise who they are; the caller has checked the proof. Raises as `redeem`."""

        def held(session: Session) -> TicketRow:
            row = session.get(TicketRow, ticket_id)
            if row is None:
                raise not_ours()
            return row

        return self._use(held, proof, till, nonce, sale_yen)

    def _use(
        self, find: Callable[[Session], TicketRow], proof: Proof, till: str, nonce: str, sale_yen: int | None
    ) -> Use:
        if sale_yen is not None and not 0 <= sale_yen <= _MOST_YEN:
            raise InvalidInputError(_("The amount of the sale is a number of yen from 0. Type it again."))
        asking = _Asking(proof, japanese.tidy(till), _nonce(nonce), sale_yen)
        try:
            try:
                return self._once(find, asking)
            except IntegrityError:
                # Only on PostgreSQL: another till wrote this nonce, for another coupon, between our look and our write.
                return self._once(find, asking)
        except NotWonError:
            self._drawn(find)
            raise

    def _drawn(self, find: Callable[[Session], TicketRow]) -> None:
        """Note that the person of a ticket knows now that it lost: wanting to use it was the draw."""
        with self._office.database.write() as session:
            ticket = find(session).id
            undrawn = update(TicketRow).where(TicketRow.id == ticket, TicketRow.opened_at.is_(None))
            if session.execute(undrawn.values(opened_at=self._office.now(session)).returning(TicketRow.id)).first():
                self._office.staff.record(session, "open", "coupon", [ticket])
        self._office.tell()

    def _once(self, find: Callable[[Session], TicketRow], asking: _Asking) -> Use:
        with self._office.database.write() as session:
            ticket = find(session)
            reading.stored(session, ticket.coupon_id, locked=True)  # on PostgreSQL, too, they come one by one from here
            known = session.scalar(select(UseRow).where(UseRow.nonce == asking.nonce))
            if known is not None:
                return _answered(session, known, asking.hashed(ticket.id))
            use = self._take(session, ticket, asking)
            self._office.staff.record(session, "redeem", "coupon", [ticket.coupon_id, ticket.id])
        self._office.tell()
        return use

    def _take(self, session: Session, ticket: TicketRow, asking: _Asking) -> Use:
        """Use it by writes that find it unused and below its limits; whatever else is said of it, these decide."""
        session.refresh(ticket)
        if ticket.customer_id is not None:
            self._office.customers.touch(session, ticket.customer_id)
        row, now = reading.stored(session, ticket.coupon_id), self._office.now(session)
        found = reading.coupon(row)
        refused = reading.unusable(session, ticket, found, now) or rules.below_minimum(found.offer, asking.sale_yen)
        if refused is not None:
            raise refused
        if ticket.won is False:
            raise not_won()
        unused = update(TicketRow).where(TicketRow.id == ticket.id, TicketRow.state == "issued")
        if not session.execute(unused.values(state="used").returning(TicketRow.id)).first():
            raise reading.used_error(session, ticket, now)
        if _person_is_limited(ticket, row) and reading.uses_of_person(session, ticket) >= (row.per_person or 0):
            raise LimitReachedError(_("This person has used this coupon as often as one person may."))
        below = (CouponRow.id == row.id, or_(CouponRow.most.is_(None), CouponRow.used < CouponRow.most))
        counted = update(CouponRow).where(*below).values(used=CouponRow.used + 1).returning(CouponRow.id)
        if not session.execute(counted).first():
            raise LimitReachedError(_("This coupon has been used as often as it may be in all."))
        values = {
            "coupon_id": row.id,
            "ticket_id": ticket.id,
            "at": now,
            "till": asking.till,
            "staff": self._office.staff.actor.name,
            "proof": asking.proof,
            "sale_yen": asking.sale_yen,
            "off_yen": rules.off(found.offer, asking.sale_yen),
            "nonce": asking.nonce,
            "asked": asking.hashed(ticket.id),
            **dict.fromkeys(("undone_till", "undone_by", "undone_why"), ""),
        }
        made = session.execute(insert(UseRow).values(**values).returning(UseRow.id)).scalar_one()
        return reading.use_of(session, session.get_one(UseRow, made))

    @needs(Act.SCAN)
    def undo(self, use_id: int, *, why: str, till: str) -> Use:
        """Take a use back within ten minutes: the coupon can be used again. One that is taken back already stays so.

        Raises:
            NotFoundError: there is no such use.
            InvalidInputError: no reason was given.
            TooLateError: it is older.
        """
        return self._take_back(use_id, why, till, UNDO_WITHIN)

    @needs(Act.ADJUST)
    def reverse(self, use_id: int, *, why: str, till: str = "") -> Use:
        """Take any use back, however old. Raises as `undo`, but for TooLateError."""
        return self._take_back(use_id, why, till, None)

    def _take_back(self, use_id: int, why: str, till: str, within: timedelta | None) -> Use:
        why = japanese.tidy(why)
        if not why:
            raise InvalidInputError(_("Say why it is taken back."))
        with self._office.database.write() as session:
            row = session.get(UseRow, use_id)
            if row is None:
                raise NotFoundError(_("There is no use of a coupon {id}.").format(id=use_id))
            reading.stored(session, row.coupon_id, locked=True)
            now = self._office.now(session)
            standing = update(UseRow).where(UseRow.id == use_id, UseRow.undone_at.is_(None))
            if within is not None:
                standing = standing.where(UseRow.at >= now - within)
            words = {"undone_till": japanese.tidy(till), "undone_by": self._office.staff.actor.name, "undone_why": why}
            taken = standing.values(undone_at=now, **words)
            done = session.execute(taken.returning(UseRow.id)).first() is not None
            session.refresh(row)
            if done:
                self._give_back(session, row)
            elif row.undone_at is None:
                raise TooLateError(
                    _("This use is older than ten minutes. An owner or a manager takes it back on the coupon's page.")
                )
            use = reading.use_of(session, row, again=not done)
        self._office.tell()
        return use

    def _give_back(self, session: Session, row: UseRow) -> None:
        session.execute(update(TicketRow).where(TicketRow.id == row.ticket_id).values(state="issued"))
        session.execute(update(CouponRow).where(CouponRow.id == row.coupon_id).values(used=CouponRow.used - 1))
        self._office.staff.record(session, "undo", "coupon", [row.coupon_id, row.ticket_id])


class _Asking:
    """What a till asks for, and its hash: the same nonce with another hash is another request."""

    def __init__(self, proof: Proof, till: str, nonce: str, sale_yen: int | None) -> None:
        self.proof, self.till, self.nonce, self.sale_yen = proof, till, nonce, sale_yen

    def hashed(self, ticket_id: int) -> str:
        return hash_of(ticket_id, self.proof, self.till, self.sale_yen)


def hash_of(ticket_id: int, proof: str, till: str, sale_yen: int | None) -> str:
    """Return the hash of what was asked for under a nonce."""
    return hashlib.sha256(json.dumps([ticket_id, proof, till, sale_yen]).encode()).hexdigest()


def _nonce(said: str) -> str:
    if not said:
        return str(uuid.uuid4())
    try:
        return str(uuid.UUID(said))
    except ValueError as error:
        raise InvalidInputError(_("A nonce is a UUID. Leave it out to let one be made.")) from error


def _answered(session: Session, known: UseRow, asked: str) -> Use:
    if known.asked != asked:
        raise NonceReusedError(_("This request number was used for something else before. Scan again."))
    return reading.use_of(session, known, again=True)


def _person_is_limited(ticket: TicketRow, row: CouponRow) -> bool:
    return row.per_person is not None and ticket.customer_id is not None and ticket.why not in EARNED
