"""Coupons that go out in messages: each reader's own, given in the transaction that writes the message down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, case, false, func, or_, select

from shopdesk.coupons import reading
from shopdesk.coupons.issuing import code_for, counts, given_out, may_have
from shopdesk.coupons.records import EARNED
from shopdesk.coupons.tables import CouponRow, TicketRow
from shopdesk.database import portions

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, SQLColumnExpression
    from sqlalchemy.orm import Session

    from shopdesk.coupons.issuing import Issuing
    from shopdesk.coupons.office import Office
    from shopdesk.coupons.records import Token


class InMessages:
    """Gives coupons to the readers of messages."""

    def __init__(self, office: Office, issuing: Issuing) -> None:
        self._office, self._issuing = office, issuing

    def require_given_out(self, session: Session, coupon_id: int, *, locked: bool = False) -> None:
        """Be sure that a coupon is given out; `locked`: it stays so until the caller's transaction ends, which may write.

        Raises:
            NotFoundError, NotPublishedError, ExpiredError, LimitReachedError: there is nothing to give.
        """
        given_out(reading.stored(session, coupon_id, locked=locked), self._office.now(session))

    def issue_in(self, session: Session, coupon_id: int, people: Sequence[int | None]) -> list[Token | None]:
        """Give one to each reader of a message in the caller's transaction, who tells `Topic.COUPONS` after it.

        Who may have no more of it gets another code for the one they can still use, None where there is no such one. A reader who
        is no customer (None) gets one of which only the code is theirs.

        Raises:
            NotFoundError, NotPublishedError, ExpiredError, LimitReachedError: there is nothing to give.
        """
        now = self._office.now(session)
        row = given_out(reading.stored(session, coupon_id, locked=True), now)
        had = counts(session, row, [one for one in people if one is not None])
        more: list[int] = []
        for place, one in enumerate(people):
            count = had.get(one, 0) if one is not None else 0
            if one is None or may_have(row, count):
                more.append(place)
                had |= {} if one is None else {one: count + 1}
        given: list[Token | None] = [None] * len(people)
        for place, token in zip(
            more, self._issuing.give(session, row, [people[one] for one in more], "message"), strict=True
        ):
            given[place] = token
        left = {one for place, one in enumerate(people) if given[place] is None and one is not None}
        usable = _usable(session, row, left, now)
        for place, one in enumerate(people):
            if given[place] is None and one in usable:
                given[place] = code_for(session, usable[one])
        self._office.staff.record(session, "issue", "coupon", [coupon_id])
        return given

    def codes_in(self, session: Session, ticket_ids: Sequence[int]) -> list[Token]:
        """Make another code for each of these tickets, which a message brought to nobody, in the caller's transaction."""
        rows: dict[int, TicketRow] = {}
        for some in portions(list(ticket_ids)):
            rows |= {row.id: row for row in session.scalars(select(TicketRow).where(TicketRow.id.in_(some)))}
        return [code_for(session, rows[one]) for one in ticket_ids]


def _usable(session: Session, row: CouponRow, people: Collection[int], now: datetime) -> dict[int, TicketRow]:
    """Return the newest ticket of each of these people that can still be used."""
    ticket = TicketRow
    found: dict[int, TicketRow] = {}
    for some in portions(list(people)):
        mine = (ticket.coupon_id == row.id, ticket.customer_id.in_(some), *still_good(now))
        theirs = session.scalars(select(ticket).where(*mine).order_by(ticket.id))
        found |= {one.customer_id: one for one in theirs if one.customer_id is not None}
    return found


def still_good(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions that a ticket can be used, as far as it is the ticket's matter."""
    ticket = TicketRow
    return (ticket.state == "issued", ticket.won.is_not(False), or_(ticket.until.is_(None), ticket.until > now))


def had_enough(coupon_id: int, whose: SQLColumnExpression[int | None], now: datetime) -> ColumnElement[bool]:
    """Return the condition that `issue_in` would give a person nothing: they had as many as one may, and none of it is good still."""
    mine = (TicketRow.coupon_id == coupon_id, TicketRow.customer_id == whose)
    may = select(case((CouponRow.odds.is_not(None), 1), else_=CouponRow.per_person)).where(CouponRow.id == coupon_id)
    had = select(func.count()).select_from(TicketRow).where(*mine, TicketRow.why.not_in(EARNED))
    usable = select(TicketRow.id).where(*mine, *still_good(now)).exists()
    return and_(func.coalesce(had.scalar_subquery() >= may.scalar_subquery(), false()), ~usable)
