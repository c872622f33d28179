"""Conditions on orders: stored sums where they answer, else the orders of a stretch of time."""

from __future__ import annotations

from functools import reduce
from operator import or_ as bits
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import ColumnElement, and_, case, exists, func, select, type_coerce

from shopdesk.customers import RHYTHM_FROM
from shopdesk.customers.tables import CustomerRow
from shopdesk.database import BigId
from shopdesk.orders.tables import OrderLineRow, OrderRow
from shopdesk.segments import goods
from shopdesk.segments.comparing import at_moment, compared, cutoff, holds_for_none, listed
from shopdesk.segments.figures import KEPT, came, first_at, last_at, orders_ever, spent_ever
from shopdesk.segments.forms import Among, Ranged, Sweep, Unindexed

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Select

    from shopdesk.segments.forms import Form, Test
    from shopdesk.segments.rules import Condition

buyer = Unindexed(OrderRow.__table__.c.customer_id)
_COUNTED = (buyer.is_not(None), OrderRow.cancelled.is_(False))
_NET_YEN = func.coalesce(OrderRow.total_yen, 0) - OrderRow.refunded_yen
_DAY_MS = 86_400_000
SEASONS = {"spring": (3, 4, 5), "summer": (6, 7, 8), "autumn": (9, 10, 11), "winter": (12, 1, 2)}


def order_count(condition: Condition, now: datetime) -> Form:
    """How many orders, of a time and with a product where the condition says so."""
    if condition.products:
        return goods.order_count(condition, now)
    lately = came(condition, now)
    if lately is None:
        return Ranged(compared(KEPT.orders, condition), compared(orders_ever, condition))
    asks = (condition.comparison, condition.value)
    if asks == ("at_least", 1):  # whether there is any is what the last order's time tells
        return lately
    if asks in {("at_most", 0), ("equals", 0)}:
        return ~lately
    return _grouped(func.count(), condition, now)


def spent_yen(condition: Condition, now: datetime) -> Form:
    """How many yen, of a time and on a product where the condition says so."""
    if condition.products:
        return goods.spent_yen(condition, now)
    if condition.within_days is None:
        return Ranged(compared(KEPT.spent_yen, condition), compared(spent_ever, condition))
    return _grouped(func.sum(_NET_YEN), condition, now)


def last_order(condition: Condition, now: datetime) -> Form:
    """When the last order was, or the last with a product."""
    if condition.products:
        return goods.dated(condition, now, last=True)
    since, unindexed = at_moment(KEPT.last_order_at, condition, now), at_moment(last_at, condition, now)
    return Ranged(and_(KEPT.last_order_at.is_not(None), since), and_(last_at.is_not(None), unindexed))


def first_order(condition: Condition, now: datetime) -> Form:
    """When the first order was, or the first with a product."""
    if condition.products:
        return goods.dated(condition, now, last=False)
    return and_(first_at.is_not(None), at_moment(first_at, condition, now))


def nth_order(condition: Condition, now: datetime) -> Test:
    """Whether there is an n-th order; it lies in a time, and holds a product, where the condition says so."""
    n = cast("int", condition.value)
    reached = orders_ever >= n
    if condition.within_days is None and not condition.products:
        return reached
    its = select(OrderRow.id).where(OrderRow.customer_id == CustomerRow.id, OrderRow.cancelled.is_(False))
    nth = its.order_by(OrderRow.ordered_at, OrderRow.id).limit(1).offset(n - 1).correlate(CustomerRow)
    found = select(OrderRow.id).where(OrderRow.id == nth.scalar_subquery())
    early = [reached]
    if (lately := came(condition, now)) is not None:
        found = found.where(OrderRow.ordered_at >= cutoff(now, condition.within_days or 0))
        early.append(lately)
    if condition.products:
        wanted = goods.products(condition.products)
        held = exists().where(OrderLineRow.order_id == OrderRow.id, OrderLineRow.product_id.in_(wanted))
        found = found.where(held)
    return and_(*early, exists(found))


def average_yen(condition: Condition, _now: datetime) -> Test:
    """What an order comes to on average, in whole yen rounded down; nobody without an order has one."""
    value: Any = condition.value
    low, high = value if condition.comparison == "between" else (value, value)
    ends: list[Any] = [orders_ever > 0]
    if condition.comparison != "at_most":
        ends.append(spent_ever >= low * orders_ever)
    if condition.comparison != "at_least":
        ends.append(spent_ever < (high + 1) * orders_ever)
    return and_(*ends)


def rhythm(condition: Condition, _now: datetime) -> Test:
    """How many whole days lie between two orders on average; nobody with too few orders to say has an answer."""
    span = type_coerce(last_at, BigId) - type_coerce(first_at, BigId)
    days = span // (_DAY_MS * case((orders_ever >= RHYTHM_FROM, orders_ever - 1)))
    return and_(orders_ever >= RHYTHM_FROM, first_at.is_not(None), last_at > first_at, compared(days, condition))


def cancelled(condition: Condition, _now: datetime) -> Test:
    """How many orders were cancelled."""
    return compared(CustomerRow.cancelled_orders, condition)


def sale_count(condition: Condition, _now: datetime) -> Test:
    """How many orders had a discount."""
    return compared(CustomerRow.sale_orders, condition)


def sale_only(condition: Condition, _now: datetime) -> Test:
    """Whether there are orders and every one had a discount."""
    only = and_(orders_ever > 0, CustomerRow.sale_orders == orders_ever)
    return only if condition.value else ~only


def months(condition: Condition, _now: datetime) -> Test:
    """Whether anything was bought in these months of any year, or nothing but in these."""
    wanted = {int(m) for one in listed(condition) for m in SEASONS.get(one, (one,))}
    mask = reduce(bits, (1 << (month - 1) for month in wanted))
    kept: ColumnElement[int] = CustomerRow.order_months.expression
    inside = kept.bitwise_and(mask) != 0
    if condition.comparison == "is":
        return inside
    return ~inside if condition.comparison == "is_not" else and_(inside, kept.bitwise_and(0xFFF & ~mask) == 0)


def payment(condition: Condition, now: datetime) -> Among:
    """How any order was paid, in a time where the condition says so."""
    found = select(OrderRow.customer_id).where(*_COUNTED, OrderRow.payment.in_(listed(condition)))
    if condition.within_days is not None:
        found = found.where(OrderRow.ordered_at >= cutoff(now, condition.within_days))
    return Among((found,), _of_person(found), negated=condition.comparison == "is_not")


def _grouped(figure: Any, condition: Condition, now: datetime) -> Among:
    """Compare a figure over each customer's orders of the condition's time; people without any have 0 and are in no group.

    A short time is read by itself and sorted by person; for a long one all orders are read as they stand, person by person.
    """
    person, at, since = OrderRow.customer_id, OrderRow.ordered_at, cutoff(now, condition.within_days or 0)
    none, test = holds_for_none(condition), compared(figure, condition)
    kept = ~test if none else test
    short = select(person).where(*_COUNTED, at >= since).group_by(buyer).having(kept)
    all_orders = select(person).where(Unindexed(at) >= since, person.is_not(None), OrderRow.cancelled.is_(False))
    sweep = Sweep(all_orders.group_by(person).having(kept), select(func.max(OrderRow.id)))
    of_person = select(person).where(person == CustomerRow.id, OrderRow.cancelled.is_(False), at >= since)
    tested = exists(of_person.group_by(person).having(kept).correlate(CustomerRow))
    sized = select(OrderRow.id).where(at >= since)
    return Among((short,), tested, (sized,), negated=none, sweep=sweep, known=came(condition, now))


def _of_person(found: Select[Any]) -> Test:
    return exists(found.where(OrderRow.customer_id == CustomerRow.id).correlate(CustomerRow))
