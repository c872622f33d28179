"""Giving coupons to people. A code is shown once, when it is made; what is kept of it opens nothing."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select, update

from shopdesk import scancodes
from shopdesk.coupons import reading
from shopdesk.coupons.records import EARNED, Issued, Token
from shopdesk.coupons.refusals import CouponError, ExpiredError, LimitReachedError, NotOursError, NotPublishedError
from shopdesk.coupons.tables import CodeRow, CouponRow, TicketRow
from shopdesk.customers.tables import CustomerRow
from shopdesk.database import portions, reserve_ids
from shopdesk.errors import NotFoundError
from shopdesk.i18n import _
from shopdesk.staff import Act, needs

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from shopdesk.coupons.office import Office
    from shopdesk.coupons.records import Coupon, Happening, Why


class Issuing:
    """Gives coupons out."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._staff = office.staff

    @needs(Act.DESIGN)
    def issue(self, coupon_id: int, customer_ids: Sequence[int], why: Why = "hand") -> Issued:
        """Give one each to customers, but to nobody more than one person may have; who was drawn in a lottery once is not again.

        Raises:
            NotFoundError: there is no such coupon, or no such customer.
            NotPublishedError, ExpiredError, LimitReachedError: it is not given out, or not any more.
        """
        wanted = list(dict.fromkeys(customer_ids))
        with self._office.database.write() as session:
            row = given_out(reading.stored(session, coupon_id, locked=True), self._office.now(session))
            _require_customers(session, wanted)
            had = counts(session, row, wanted)
            given = [one for one in wanted if may_have(row, had.get(one, 0))]
            tokens = self.give(session, row, given, why)
            self._office.staff.record(session, "issue", "coupon", [coupon_id])
        self._office.tell()
        return Issued(tuple(tokens), len(wanted) - len(given))

    def grant(
        self, session: Session, coupon_id: int, customer_id: int, *, until: datetime | None = None, why: Why = "reward"
    ) -> Token:
        """Give one in the caller's transaction: what somebody earned, so the limit for one person does not count it.

        Args:
            session: The transaction of whoever grants it, who tells `Topic.COUPONS` after it.
            coupon_id: Of a published coupon.
            customer_id: Of somebody who is there.
            until: When this one ends, aware; None for with the coupon.
            why: How they came by it.

        Raises:
            NotFoundError, NotPublishedError, ExpiredError, LimitReachedError: there is nothing to give.
        """
        row = given_out(reading.stored(session, coupon_id, locked=True), self._office.now(session))
        token = self.give(session, row, [customer_id], why, until)[0]
        self._office.staff.record(session, "grant", "coupon", [coupon_id, customer_id])
        return token

    def withdraw(self, session: Session, ticket_id: int) -> bool:
        """Let a ticket that was not used end now, in the caller's transaction; say whether it has ended unused."""
        now = self._office.now(session)
        unused = update(TicketRow).where(TicketRow.id == ticket_id, TicketRow.state == "issued")
        ended = session.execute(unused.values(until=now).returning(TicketRow.coupon_id)).first()
        if ended is not None:
            self._office.staff.record(session, "withdraw", "coupon", [ended.coupon_id, ticket_id])
        return ended is not None

    def at_event(self, session: Session, event: Happening, customer_id: int) -> list[Token]:
        """Give, in the caller's transaction, what the shop gives by itself at an event, where the person may have one more."""
        now, row = self._office.now(session), CouponRow
        chosen = select(row).where(row.event == event, row.state == "published").order_by(row.id).with_for_update()
        given: list[Token] = []
        for found in session.scalars(chosen).all():
            had = counts(session, found, [customer_id]).get(customer_id, 0)
            if withheld(found, now) is None and may_have(found, had):
                given += self.give(session, found, [customer_id], event or "hand")
                self._office.staff.record(session, "grant", "coupon", [found.id, customer_id])
        return given

    @needs(Act.SERVE_PAGE)
    def claim(self, page_key: str, customer_id: int | None = None) -> Token:
        """Give one to whoever asks for it on its page; who has one that is not used gets another code for that one.

        Args:
            page_key: What stands in the page's address.
            customer_id: Who asks, where that was proved; None for somebody who is not known: the code alone is theirs then.

        Raises:
            NotOursError: there is no such page, or this coupon is not given there.
            NotPublishedError, ExpiredError: not any more.
            LimitReachedError: the person has had as many as one may have.
        """
        with self._office.database.write() as session:
            token = self.claim_in(session, page_key, customer_id)
        self._office.tell()
        return token

    def claim_in(self, session: Session, page_key: str, customer_id: int | None) -> Token:
        """Do what `claim` does in the caller's transaction, who tells `Topic.COUPONS` after it. Raises as `claim`."""
        row = session.scalar(select(CouponRow).where(CouponRow.page_key == page_key).with_for_update())
        if row is None or not row.by_link:
            raise NotOursError(_("This page gives no coupon. Ask the shop for the right address."))
        given_out(row, self._office.now(session))
        known = [] if customer_id is None else [customer_id]
        if customer_id is not None and not may_have(row, counts(session, row, known).get(customer_id, 0)):
            token = code_for(session, _unused(session, row, customer_id))
        else:
            token = self.give(session, row, [customer_id], "link")[0]
        self._office.staff.record(session, "issue", "coupon", [row.id])
        return token

    @needs(Act.SERVE_PAGE)
    def code_again(self, ticket_id: int) -> Token:
        """Make another code for a ticket whose code is lost; the old one stays good, the ticket is used once all the same.

        Raises:
            NotFoundError: there is no such ticket, or it was used.
        """
        with self._office.database.write() as session:
            return self.code_again_in(session, ticket_id)[0]

    def code_again_in(self, session: Session, ticket_id: int) -> tuple[Token, Coupon]:
        """Do what `code_again` does in the caller's transaction; return the coupon with it. Raises as `code_again`."""
        row = session.get(TicketRow, ticket_id)
        if row is None or row.state == "used":
            raise NotFoundError(_("This person has no such coupon to use. Look at what they have."))
        token = code_for(session, row)
        self._office.staff.record(session, "make code", "coupon", [row.coupon_id, ticket_id])
        return token, reading.coupon(reading.stored(session, row.coupon_id))

    @needs(Act.SERVE_PAGE)
    def opened(self, code: str) -> None:
        """Note that a person opened the page of their coupon: what a button or the page's own script says, never a GET.

        Raises:
            NotOursError: the code opens nothing.
        """
        with self._office.database.write() as session:
            ticket = reading.ticket_of(session, code).id
            unopened = update(TicketRow).where(TicketRow.id == ticket, TicketRow.opened_at.is_(None))
            if session.execute(unopened.values(opened_at=self._office.now(session)).returning(TicketRow.id)).first():
                self._office.staff.record(session, "open", "coupon", [ticket])
        self._office.tell()

    def give(
        self,
        session: Session,
        row: CouponRow,
        people: Sequence[int | None],
        why: Why,
        until: datetime | None = None,
    ) -> list[Token]:
        """Write a ticket with its code for each of these people, None for somebody who is not known."""
        now = self._office.now(session)
        ends = [until, now + timedelta(days=row.lasts_days) if row.lasts_days else None]
        shared = {
            "coupon_id": row.id,
            "why": why,
            "issued_at": now,
            "until": min((one for one in ends if one is not None), default=None),
            "opened_at": None,
            "state": "issued",
        }
        tokens: list[Token] = []
        for some in portions(people):
            first = reserve_ids(session, "coupon_tickets", len(some))
            given = [Token(first + place, one, scancodes.new("coupon").digits) for place, one in enumerate(some)]
            session.execute(
                insert(TicketRow),
                [
                    {**shared, "id": one.ticket_id, "customer_id": one.customer_id, "won": _drawn(row.odds)}
                    for one in given
                ],
            )
            session.execute(insert(CodeRow), [_code_row(one) for one in given])
            tokens += given
        return tokens


def _drawn(odds: int | None) -> bool | None:
    """Draw one ticket of a lottery, None where there is none."""
    return None if odds is None else secrets.randbelow(100) < odds


def _code_row(token: Token) -> dict[str, object]:
    code = scancodes.read(token.code)
    assert code is not None  # noqa: S101 - it was made here
    return {"ticket_id": token.ticket_id, "code_hash": code.hashed}


def code_for(session: Session, row: TicketRow) -> Token:
    """Make a code that opens a ticket."""
    token = Token(row.id, row.customer_id, scancodes.new("coupon").digits)
    session.execute(insert(CodeRow).values(**_code_row(token)))
    return token


def given_out(row: CouponRow, now: datetime) -> CouponRow:
    """Return the coupon where it is given out now; one that begins later is given before."""
    refused = withheld(row, now)
    if refused is not None:
        raise refused
    return row


def withheld(row: CouponRow, now: datetime) -> CouponError | None:
    """Return why a coupon is not given out now, None where it is."""
    if row.state != "published":
        return NotPublishedError(_("Only a published coupon can be given. Publish it first."))
    if row.ends_at is not None and now >= row.ends_at:
        return ExpiredError(_("This coupon has ended. Set a later end before you give it."))
    if row.most is not None and row.used >= row.most:
        return LimitReachedError(_("This coupon has been used as often as it may be in all."))
    return None


def _require_customers(session: Session, wanted: Sequence[int]) -> None:
    for some in portions(wanted):
        there = set(session.scalars(select(CustomerRow.id).where(CustomerRow.id.in_(some))))
        for one in some:
            if one not in there:
                raise NotFoundError(_("There is no customer {id}. Search for the person first.").format(id=one))


def counts(session: Session, row: CouponRow, people: Collection[int]) -> dict[int, int]:
    """Return how many of a coupon these people have had, rewards not counted."""
    ticket = TicketRow
    found: dict[int, int] = {}
    for some in portions(list(people)):
        chosen = select(ticket.customer_id, func.count()).where(
            ticket.coupon_id == row.id, ticket.customer_id.in_(some), ticket.why.not_in(EARNED)
        )
        found |= {one: count for one, count in session.execute(chosen.group_by(ticket.customer_id)) if one is not None}
    return found


def may_have(row: CouponRow, had: int) -> bool:
    """Tell whether somebody who had so many of a coupon may have one more."""
    most = 1 if row.odds is not None else row.per_person
    return most is None or had < most


def _unused(session: Session, row: CouponRow, customer_id: int) -> TicketRow:
    ticket = TicketRow
    mine = select(ticket).where(ticket.coupon_id == row.id, ticket.customer_id == customer_id, ticket.state == "issued")
    found = session.scalar(mine.order_by(ticket.id.desc()).limit(1))
    if found is None:
        raise LimitReachedError(_("You have had this coupon as often as one person may."))
    return found
