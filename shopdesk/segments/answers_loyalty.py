"""What one person has in answer to a condition on shop cards and coupons, in words."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from shopdesk.cards import ranked
from shopdesk.cards.tables import LIVE, CardRankRow, CardRow
from shopdesk.coupons.tables import CouponRow, TicketRow
from shopdesk.i18n import _, _n
from shopdesk.segments.answers import NOTHING, shown
from shopdesk.segments.comparing import listed

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from shopdesk.segments.rules import Condition


def card(session: Session, who: int, _condition: Condition, _now: datetime) -> str:
    """The number of the card."""
    found = _card(session, who)
    return NOTHING if found is None else _("card No. {id}").format(id=f"{found.id:05}")


def stamps(session: Session, who: int, _condition: Condition, _now: datetime) -> str:
    """How many stamps."""
    found = _card(session, who)
    if found is None:
        return NOTHING
    return _n("{n} stamp", "{n} stamps", found.balance).format(n=f"{found.balance:,}")


def expiring(session: Session, who: int, _condition: Condition, _now: datetime) -> str:
    """The last day of the stamps that expire next."""
    found = _card(session, who)
    return shown(found.expires_at - timedelta(milliseconds=1) if found and found.expires_at else None)


def last_visit(session: Session, who: int, _condition: Condition, _now: datetime) -> str:
    """The day when the card was shown last."""
    found = _card(session, who)
    return shown(found.last_visit_at if found else None)


def rank(session: Session, who: int, _condition: Condition, now: datetime) -> str:
    """The rank of the card."""
    theirs = ranked(now).where(CardRow.customer_id == who).with_only_columns(CardRankRow.name)
    return shown(session.scalar(theirs))


def coupon(session: Session, who: int, condition: Condition, _now: datetime) -> str:
    """How often the coupons were given, and used."""
    given = select(TicketRow.state).join(CouponRow, CouponRow.id == TicketRow.coupon_id)
    states = list(session.scalars(given.where(TicketRow.customer_id == who, CouponRow.name.in_(listed(condition)))))
    if not states:
        return NOTHING
    used = sum(one == "used" for one in states)
    return _("given {n}, used {used}").format(n=len(states), used=used)


def _card(session: Session, who: int) -> CardRow | None:
    return session.scalar(select(CardRow).where(CardRow.customer_id == who, CardRow.state == LIVE))
