"""Conditions on subscriptions (定期購入)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, select

from shopdesk.customers.tables import CustomerRow
from shopdesk.orders.tables import SubscriptionRow
from shopdesk.segments.comparing import compared, listed, on_day
from shopdesk.segments.forms import Among
from shopdesk.segments.goods import products

if TYPE_CHECKING:
    from datetime import datetime

    from shopdesk.segments.forms import Test
    from shopdesk.segments.rules import Condition

Row = SubscriptionRow


def state(condition: Condition, _now: datetime) -> Among:
    """Whether there is a subscription in one of these states."""
    return _among(condition, Row.state.in_(listed(condition)), negated=condition.comparison == "is_not")


def product(condition: Condition, _now: datetime) -> Among:
    """Whether any of the products comes again and again, now."""
    wanted = Row.product_id.in_(products(listed(condition)))
    return _among(condition, Row.state == "active", wanted, negated=condition.comparison == "is_not")


def nth(condition: Condition, _now: datetime) -> Among:
    """Which delivery of an active subscription was the last."""
    return _among(condition, Row.state == "active", Row.nth.is_not(None), compared(Row.nth, condition))


def stopped(condition: Condition, now: datetime) -> Among:
    """When a subscription was stopped."""
    return _among(
        condition, Row.state == "stopped", Row.stopped_on.is_not(None), on_day(Row.stopped_on, condition, now)
    )


def upcoming(condition: Condition, now: datetime) -> Among:
    """When the next delivery of an active subscription is due."""
    return _among(condition, Row.state == "active", Row.next_on.is_not(None), on_day(Row.next_on, condition, now))


def _among(condition: Condition, *where: Any, negated: bool = False) -> Among:
    found = select(Row.customer_id).where(Row.customer_id.is_not(None), *where)
    if condition.products:
        found = found.where(Row.product_id.in_(products(condition.products)))
    test: Test = exists(found.where(Row.customer_id == CustomerRow.id).correlate(CustomerRow))
    return Among((found,), test, (found,), negated=negated)
