"""Conditions on shop cards and coupons."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import exists, or_, select

from shopdesk.cards import ranked
from shopdesk.cards.tables import LIVE, CardRankRow, CardRow
from shopdesk.clock import japan_day, start_of_japan_day
from shopdesk.coupons.tables import CouponRow, TicketRow
from shopdesk.customers.tables import CustomerRow
from shopdesk.segments.comparing import at_moment, compared, listed
from shopdesk.segments.forms import Among

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Select

    from shopdesk.segments.forms import Test
    from shopdesk.segments.rules import Condition


def card(condition: Condition, _now: datetime) -> Among:
    """Whether there is a card."""
    return _with_card(negated=not condition.value)


def stamps(condition: Condition, _now: datetime) -> Among:
    """How many stamps are on the card; whoever has none has no number."""
    return _with_card(compared(CardRow.balance, condition))


def expiring(condition: Condition, now: datetime) -> Among:
    """Whether stamps expire today or in the next days."""
    end = start_of_japan_day(japan_day(now) + timedelta(days=cast("int", condition.value) + 1))
    return _with_card(CardRow.expires_at > now, CardRow.expires_at <= end)


def last_visit(condition: Condition, now: datetime) -> Among:
    """When the card was shown last."""
    return _with_card(CardRow.last_visit_at.is_not(None), at_moment(CardRow.last_visit_at, condition, now))


def rank(condition: Condition, now: datetime) -> Among:
    """Whether the card's rank is one of these; whoever has no card has none of them."""
    found = ranked(now).where(CardRankRow.name.in_(listed(condition))).with_only_columns(CardRow.customer_id)
    every_card = select(CardRow.customer_id).where(CardRow.state == LIVE)
    test = _of_person(found, CardRow.customer_id)
    return Among((found,), test, (every_card,), negated=condition.comparison == "is_not")


def held(condition: Condition, now: datetime) -> Among:
    """Whether any of the coupons could be used still; a lottery ticket could until it is drawn."""
    ticket, coupon = TicketRow, CouponRow
    good = (
        ticket.state == "issued",
        or_(ticket.won.is_not(False), ticket.opened_at.is_(None)),
        or_(ticket.until.is_(None), ticket.until > now),
        coupon.state == "published",
        or_(coupon.ends_at.is_(None), coupon.ends_at > now),
    )
    return _with_coupon(condition, *good)


def used(condition: Condition, _now: datetime) -> Among:
    """Whether any of the coupons was ever used."""
    return _with_coupon(condition, TicketRow.state == "used")


def coupon_names() -> Select[Any]:
    """Return the query for the names of coupons that are or were given out."""
    return select(CouponRow.name).distinct().where(CouponRow.state != "draft")


def _with_card(*where: Any, negated: bool = False) -> Among:
    found = select(CardRow.customer_id).where(CardRow.state == LIVE, *where)
    return Among((found,), _of_person(found, CardRow.customer_id), (found,), negated=negated)


def _with_coupon(condition: Condition, *where: Any) -> Among:
    found = (
        select(TicketRow.customer_id)
        .join(CouponRow, CouponRow.id == TicketRow.coupon_id)
        .where(TicketRow.customer_id.is_not(None), CouponRow.name.in_(listed(condition)), *where)
    )
    test = _of_person(found, TicketRow.customer_id)
    return Among((found,), test, (found,), negated=condition.comparison == "is_not")


def _of_person(found: Select[Any], whose: Any) -> Test:
    return exists(found.where(whose == CustomerRow.id).correlate(CustomerRow))
