"""What became of a coupon: sums, and each person's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, case, func, not_, select

from shopdesk.coupons import reading
from shopdesk.coupons.records import Holder, Report
from shopdesk.coupons.tables import CouponRow, TicketRow, UseRow
from shopdesk.customers.tables import CustomerRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session

    from shopdesk.coupons.records import Coupon

_STANDS = and_(UseRow.ticket_id == TicketRow.id, UseRow.undone_at.is_(None))


def report(session: Session, coupon_id: int, now: datetime) -> Report:
    """Return the sums of a coupon at this moment."""
    row = reading.stored(session, coupon_id)
    ticket, use = TicketRow, UseRow
    lost = and_(ticket.state == "issued", ticket.won.is_(False), ticket.opened_at.is_not(None))
    unused = and_(ticket.state == "issued", not_(lost))
    chosen = (
        select(
            func.count(),
            func.count(ticket.opened_at),
            func.count(use.id),
            _how_many(and_(unused, _over(row, now))),
            _how_many(lost),
            func.coalesce(func.sum(use.sale_yen), 0),
            func.coalesce(func.sum(use.off_yen), 0),
        )
        .select_from(ticket)
        .outerjoin(use, _STANDS)
        .where(ticket.coupon_id == coupon_id)
    )
    return Report(*(int(one or 0) for one in session.execute(chosen).one()))


def holders(session: Session, coupon_id: int, now: datetime, after: int, limit: int) -> list[Holder]:
    """Return who has a coupon and what became of it, the latest given first; `after` is the last ticket of the page before."""
    found = reading.coupon(reading.stored(session, coupon_id))
    chosen = _rows().where(TicketRow.coupon_id == coupon_id).order_by(TicketRow.id.desc()).limit(limit)
    if after:
        chosen = chosen.where(TicketRow.id < after)
    return [_holder(row, found, now) for row in session.execute(chosen)]


def holder_anchors(session: Session, coupon_id: int, every: int) -> list[int]:
    """Return the ticket of the last one of each full page of `every` holders, as `holders` has them."""
    number = func.row_number().over(order_by=TicketRow.id.desc()).label("number")
    rows = select(TicketRow.id, number).where(TicketRow.coupon_id == coupon_id).subquery()
    return list(session.scalars(select(rows.c.id).where(rows.c.number % every == 0).order_by(rows.c.number)))


def all_holders(session: Session, now: datetime, at_once: int) -> Iterator[list[Holder]]:
    """Yield everybody who was ever given a coupon, in portions of this size, in the order they were given."""
    known = {row.id: reading.coupon(row) for row in session.scalars(select(CouponRow))}
    last = 0
    while rows := session.execute(_rows().where(TicketRow.id > last).order_by(TicketRow.id).limit(at_once)).all():
        yield [_holder(row, known[row[0].coupon_id], now) for row in rows]
        last = rows[-1][0].id


def _holder(row: Sequence[Any], found: Coupon, now: datetime) -> Holder:
    ticket, name, *use = row
    return Holder(
        ticket.id,
        found.offer.name,
        ticket.customer_id,
        name or "",
        ticket.why,
        reading.standing(ticket, found.offer, now),
        ticket.issued_at,
        ticket.opened_at,
        *use,
    )


def _rows() -> Select[*tuple[Any, ...]]:
    use = UseRow
    used = (use.at, use.till, use.staff, use.sale_yen, use.off_yen, use.id)
    chosen = select(TicketRow, CustomerRow.name, *used).outerjoin(use, _STANDS)
    return chosen.outerjoin(CustomerRow, CustomerRow.id == TicketRow.customer_id)


def _over(row: CouponRow, now: datetime) -> ColumnElement[bool]:
    if row.ends_at is not None and now >= row.ends_at:
        return TicketRow.id.is_not(None)
    return and_(TicketRow.until.is_not(None), TicketRow.until <= now)


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
