"""Conditions on what was bought: products and categories, by what is kept of each person and product."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import aliased

from shopdesk.customers.tables import CustomerRow
from shopdesk.orders.tables import CustomerProductRow, OrderLineRow, OrderRow, ProductRow
from shopdesk.segments.comparing import compared, cutoff, holds_for_none, listed, number_of, on_day, since_day
from shopdesk.segments.figures import came
from shopdesk.segments.forms import Among, Unindexed

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, Select

    from shopdesk.segments.rules import Condition

Kept = CustomerProductRow
LINE_YEN = func.coalesce(OrderLineRow.total_yen, OrderLineRow.quantity * OrderLineRow.unit_price_yen, 0)


def products(names: tuple[str, ...] | list[str]) -> Select[int]:
    """Return the query for the products of these names or codes."""
    return select(ProductRow.id).where(or_(ProductRow.name.in_(names), ProductRow.code.in_(names)))


def product(condition: Condition, now: datetime) -> Among:
    """Whether any of the products was bought, in a time where the condition says so."""
    wanted = products(listed(condition))
    if condition.comparison == "then_not":
        return _then_not(wanted, products(condition.products), _since(condition, now))
    return _bought(wanted, condition, now)


def category(condition: Condition, now: datetime) -> Among:
    """Whether anything of these categories was bought."""
    wanted = select(ProductRow.id).where(ProductRow.category.in_(listed(condition)))
    return _bought(wanted, condition, now)


def favourite(condition: Condition, _now: datetime) -> Among:
    """Whether any of these products is what the person likes best: in the most orders, then the most pieces; what is level counts."""
    wanted = products(listed(condition))
    buyers = select(Kept.customer_id).where(Kept.product_id.in_(wanted))
    times, pieces = func.count(OrderRow.id.distinct()), func.sum(OrderLineRow.quantity)
    place = func.rank().over(partition_by=OrderRow.customer_id, order_by=(times.desc(), pieces.desc()))
    bought = select(OrderRow.customer_id, ProductRow.name, place.label("place"))
    bought = bought.join(OrderLineRow, OrderLineRow.order_id == OrderRow.id)
    bought = bought.join(ProductRow, ProductRow.id == OrderLineRow.product_id)
    bought = bought.where(OrderRow.cancelled.is_(False), OrderRow.customer_id.in_(buyers))
    liked = bought.group_by(OrderRow.customer_id, ProductRow.name).subquery()
    names = select(ProductRow.name).where(ProductRow.id.in_(wanted))
    found = select(liked.c.customer_id).where(liked.c.place == 1, liked.c.name.in_(names))
    test = exists(found.where(liked.c.customer_id == CustomerRow.id).correlate(CustomerRow))
    return Among((found,), test, (buyers,), negated=condition.comparison == "is_not")


def _since(condition: Condition, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return () if condition.within_days is None else (Kept.last_day >= since_day(now, condition.within_days),)


def _bought(wanted: Select[int], condition: Condition, now: datetime) -> Among:
    found = select(Kept.customer_id).where(Kept.product_id.in_(wanted), *_since(condition, now))
    negated = condition.comparison == "not_bought"
    return Among((found,), _of_person(found), (found,), negated=negated, known=came(condition, now))


def _of_person(found: Select[Any]) -> ColumnElement[bool]:
    return exists(found.where(Kept.customer_id == CustomerRow.id).correlate(CustomerRow))


def _then_not(wanted: Select[int], other: Select[int], when: tuple[ColumnElement[bool], ...]) -> Among:
    """The first were bought, and none of the others on a later day than they were last."""
    bought = select(Kept.customer_id).where(Kept.product_id.in_(wanted), *when)
    later, again = aliased(CustomerProductRow), aliased(CustomerProductRow)
    last = select(func.max(again.last_day)).where(again.product_id.in_(wanted))
    last = last.where(again.customer_id == later.customer_id)
    since = select(later.customer_id).where(later.product_id.in_(other), later.customer_id == Kept.customer_id)
    since = since.where(later.last_day > last.correlate(later).scalar_subquery())
    found = bought.where(~exists(since.correlate(Kept)))
    return Among((found,), _of_person(found), (bought,))


def order_count(condition: Condition, now: datetime) -> Among:
    """How many orders had any of the products."""
    return _grouped(condition, now, func.count(func.distinct(OrderRow.id)))


def spent_yen(condition: Condition, now: datetime) -> Among:
    """How many yen the products came to."""
    if condition.within_days is not None:
        return _grouped(condition, now, func.sum(LINE_YEN))
    found = select(Kept.customer_id).where(Kept.product_id.in_(products(condition.products)))
    return _having(found, func.sum(Kept.yen), condition, found)


def _grouped(condition: Condition, now: datetime, figure: Any) -> Among:
    """Compare a figure over the orders with the products: those of the people of whom it is kept that they bought them."""
    buyers = select(Kept.customer_id).where(Kept.product_id.in_(products(condition.products)), *_since(condition, now))
    found = buyers.join(OrderRow, OrderRow.customer_id == Kept.customer_id).where(OrderRow.cancelled.is_(False))
    found = found.join(
        OrderLineRow, (OrderLineRow.order_id == OrderRow.id) & (Unindexed(OrderLineRow.product_id) == Kept.product_id)
    )
    if condition.within_days is not None:
        found = found.where(OrderRow.ordered_at >= cutoff(now, condition.within_days))
    return replace(_having(found, figure, condition, buyers), known=came(condition, now))


def _having(found: Select[Any], figure: Any, condition: Condition, sized: Select[Any]) -> Among:
    """People without any have 0 and are in no group."""
    none = holds_for_none(condition)
    test = compared(figure, condition)
    grouped = found.group_by(Kept.customer_id).having(~test if none else test)
    return Among((grouped,), _of_person(grouped), (sized,), negated=none)


def dated(condition: Condition, now: datetime, *, last: bool) -> Among:
    """When one of the products was bought last, or first."""
    found = select(Kept.customer_id).where(Kept.product_id.in_(products(condition.products)))
    day = func.max(Kept.last_day) if last else func.min(Kept.first_day)
    grouped = found.group_by(Kept.customer_id).having(on_day(day, condition, now, number_of))
    return Among((grouped,), _of_person(grouped), (found,))
