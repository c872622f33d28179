"""What must be true of coupons at rest: used once, within their limits, and each request answered once (I6, I7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select

from shopdesk.coupons.redeeming import hash_of
from shopdesk.coupons.tables import CouponRow, TicketRow, UseRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def overused(session: Session) -> list[int]:
    """Return the coupons whose standing uses are not what they count, are more than they may be, or are two of one ticket (I6)."""
    use, row, ticket = UseRow, CouponRow, TicketRow
    stands = use.undone_at.is_(None)
    counted = select(use.coupon_id, func.count().label("uses")).where(stands).group_by(use.coupon_id).subquery()
    uses = func.coalesce(counted.c.uses, 0)
    wrong = set(
        session.scalars(
            select(row.id)
            .outerjoin(counted, counted.c.coupon_id == row.id)
            .where(or_(uses != row.used, uses > func.coalesce(row.most, uses)))
        )
    )
    twice = select(ticket.coupon_id).join(use, use.ticket_id == ticket.id).where(stands)
    wrong |= set(session.scalars(twice.group_by(ticket.id, ticket.coupon_id).having(func.count() > 1)))
    standing = select(use.id).where(use.ticket_id == ticket.id, stands).exists()
    other = select(ticket.coupon_id).where(standing != (ticket.state == "used"))
    return sorted(wrong | set(session.scalars(other)))


def strange_requests(session: Session) -> list[int]:
    """Return the uses that are not what was asked for under their nonce, or whose nonce another one has (I7)."""
    rows = session.scalars(select(UseRow).execution_options(yield_per=1000))
    seen: set[str] = set()
    wrong = []
    for row in rows:
        if row.nonce in seen or row.asked != hash_of(row.ticket_id, row.proof, row.till, row.sale_yen):
            wrong.append(row.id)
        seen.add(row.nonce)
    return wrong
