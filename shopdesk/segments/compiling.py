"""Each condition as SQL on a customer, in the form that reads least: stored sums first, sets of ids else."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.visitors import InternalTraversal

from shopdesk.clock import japan_day, start_of_japan_day
from shopdesk.customers.tables import CustomerRow, CustomerTagRow, TagRow
from shopdesk.orders.tables import OrderLineRow, OrderRow, ProductRow

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy import Select

    from shopdesk.segments.rules import Condition


class Unindexed(ColumnElement[Any]):
    """A column by which SQLite does not pick an index.

    Without statistics it takes any range for narrow and fetches half a million rows one by one, eight times slower than
    one pass over the index that holds all figures.
    """

    inherit_cache = True
    _traverse_internals = [("column", InternalTraversal.dp_clauseelement)]  # noqa: RUF012 - SQLAlchemy's own form

    def __init__(self, column: Any) -> None:
        self.column = column
        self.type = column.type


@compiles(Unindexed)
def _as_it_is(element: Unindexed, compiler: Any, **more: Any) -> str:
    return str(compiler.process(element.column, **more))


@compiles(Unindexed, "sqlite")
def _unindexed(element: Unindexed, compiler: Any, **more: Any) -> str:
    return f"+{compiler.process(element.column, **more)}"


orders_ever = Unindexed(CustomerRow.__table__.c.orders)
spent_ever = Unindexed(CustomerRow.__table__.c.spent_yen)
last_at = Unindexed(CustomerRow.__table__.c.last_order_at)
first_at = Unindexed(CustomerRow.__table__.c.first_order_at)
buyer = Unindexed(OrderRow.__table__.c.customer_id)
_COUNTED = (buyer.is_not(None), OrderRow.cancelled.is_(False))
_NET_YEN = func.coalesce(OrderRow.total_yen, 0) - OrderRow.refunded_yen
_LINE_YEN = func.coalesce(OrderLineRow.total_yen, OrderLineRow.quantity * OrderLineRow.unit_price_yen, 0)


def order_count(condition: Condition, now: datetime) -> ColumnElement[bool]:
    """How many orders, of a time and with a product where the condition says so."""
    if condition.within_days is None and not condition.products:
        return _compared(orders_ever, condition)
    asks = (condition.comparison, condition.value)
    if not condition.products and asks in {("at_least", 1), ("at_most", 0), ("equals", 0)}:
        since = _cutoff(now, condition.within_days or 0)
        if asks == ("at_least", 1):  # whether there is any is what the last order's time tells
            return and_(last_at.is_not(None), last_at >= since)
        return or_(last_at.is_(None), last_at < since)
    chosen = select(OrderRow.customer_id).where(*_COUNTED, *_since(condition, now))
    if condition.products:
        holding = select(OrderLineRow.order_id).where(OrderLineRow.product_id.in_(_products(condition.products)))
        chosen = chosen.where(OrderRow.id.in_(holding))
    return _grouped(chosen, func.count(), condition)


def spent_yen(condition: Condition, now: datetime) -> ColumnElement[bool]:
    """How many yen, of a time and on a product where the condition says so."""
    if condition.within_days is None and not condition.products:
        return _compared(spent_ever, condition)
    if not condition.products:
        chosen = select(OrderRow.customer_id).where(*_COUNTED, *_since(condition, now))
        return _grouped(chosen, func.sum(_NET_YEN), condition)
    return _grouped(_buyers(condition.products, *_since(condition, now)), func.sum(_LINE_YEN), condition)


def last_order(condition: Condition, now: datetime) -> ColumnElement[bool]:
    """When the last order was, or the last with a product."""
    return _dated(last_at, func.max(OrderRow.ordered_at, type_=OrderRow.ordered_at.type), condition, now)


def first_order(condition: Condition, now: datetime) -> ColumnElement[bool]:
    """When the first order was, or the first with a product."""
    return _dated(first_at, func.min(OrderRow.ordered_at, type_=OrderRow.ordered_at.type), condition, now)


def product(condition: Condition, now: datetime) -> ColumnElement[bool]:
    """Whether any of the products was bought, in a time where the condition says so."""
    buyers = _buyers(cast("tuple[str, ...]", condition.value), *_since(condition, now))
    bought = CustomerRow.id.in_(buyers)
    return bought if condition.comparison == "bought" else ~bought


def tags(condition: Condition, _now: datetime) -> ColumnElement[bool]:
    """Whether any of the tags is carried."""
    carrying = select(CustomerTagRow.customer_id).join(TagRow, TagRow.id == CustomerTagRow.tag_id)
    tagged = CustomerRow.id.in_(carrying.where(TagRow.name.in_(_listed(condition))))
    return tagged if condition.comparison == "is" else ~tagged


def prefecture(condition: Condition, _now: datetime) -> ColumnElement[bool]:
    """Where the customer lives."""
    return _chosen(CustomerRow.prefecture, condition, _listed(condition))


def birth_month(condition: Condition, now: datetime) -> ColumnElement[bool]:
    """In which month the birthday is; an unknown one is in none."""
    month = japan_day(now).month
    ahead = {"this_month": month, "next_month": month % 12 + 1}
    months = sorted({ahead.get(one) or int(one) for one in _listed(condition)})
    known = and_(CustomerRow.birth_month.is_not(None), CustomerRow.birth_month.in_(months))
    return known if condition.comparison == "is" else ~known


def sex(condition: Condition, _now: datetime) -> ColumnElement[bool]:
    """What the customer said, if anything."""
    return _chosen(CustomerRow.sex, condition, ["" if one == "unknown" else one for one in _listed(condition)])


def line_state(condition: Condition, _now: datetime) -> ColumnElement[bool]:
    """How the customer stands on LINE."""
    return _chosen(CustomerRow.line_state, condition, _listed(condition))


def consent_line(condition: Condition, _now: datetime) -> ColumnElement[bool]:
    """Whether messages on LINE are taken."""
    return CustomerRow.consent_line.is_(bool(condition.value))


def consent_mail(condition: Condition, _now: datetime) -> ColumnElement[bool]:
    """Whether mail is taken."""
    return CustomerRow.consent_mail.is_(bool(condition.value))


def _listed(condition: Condition) -> list[str]:
    return [str(one) for one in cast("tuple[str, ...]", condition.value)]


def _chosen(column: Any, condition: Condition, values: list[str]) -> ColumnElement[bool]:
    return cast("ColumnElement[bool]", column.in_(values) if condition.comparison == "is" else column.not_in(values))


def _compared(figure: Any, condition: Condition) -> ColumnElement[bool]:
    value: Any = condition.value
    match condition.comparison:
        case "at_least":
            compared = figure >= value
        case "at_most":
            compared = figure <= value
        case "equals":
            compared = figure == value
        case _:
            compared = and_(figure >= value[0], figure <= value[1])
    return cast("ColumnElement[bool]", compared)


def holds_for_none(condition: Condition) -> bool:
    """Tell whether a comparison of numbers is true of somebody with nothing to count."""
    value: Any = condition.value
    match condition.comparison:
        case "at_least" | "equals":
            return bool(value == 0)
        case "at_most":
            return True
        case _:
            return bool(value[0] <= 0 <= value[1])


def _grouped(chosen: Select[Any], figure: Any, condition: Condition) -> ColumnElement[bool]:
    """Compare a figure over each customer's chosen orders; people without any have 0 and are in no group."""
    # Of a stretch of time the index of that time is read, not everybody's orders in their groups.
    grouped = chosen.group_by(OrderRow.customer_id if condition.within_days is None else buyer)
    if holds_for_none(condition):
        return CustomerRow.id.not_in(grouped.having(~_compared(figure, condition)))
    return CustomerRow.id.in_(grouped.having(_compared(figure, condition)))


def _dated(stored: Any, extreme: Any, condition: Condition, now: datetime) -> ColumnElement[bool]:
    if not condition.products:
        return and_(stored.is_not(None), _at(stored, condition, now))
    buyers = _buyers(condition.products).group_by(OrderRow.customer_id)
    return CustomerRow.id.in_(buyers.having(_at(extreme, condition, now)))


def _at(time: Any, condition: Condition, now: datetime) -> ColumnElement[bool]:
    value: Any = condition.value
    match condition.comparison:
        case "within_days":
            compared = time >= _cutoff(now, value)
        case "before_days":
            compared = time < _cutoff(now, value)
        case "before":
            compared = time < start_of_japan_day(value)
        case "after":
            compared = time >= _end(value)
        case _:
            compared = and_(time >= start_of_japan_day(value[0]), time < _end(value[1]))
    return cast("ColumnElement[bool]", compared)


def _end(day: date) -> datetime:
    return start_of_japan_day(day + timedelta(days=1))


def _cutoff(now: datetime, days: int) -> datetime:
    return start_of_japan_day(japan_day(now) - timedelta(days=days))


def _since(condition: Condition, now: datetime) -> tuple[ColumnElement[bool], ...]:
    if condition.within_days is None:
        return ()
    return (OrderRow.ordered_at >= _cutoff(now, condition.within_days),)


def _buyers(products: tuple[str, ...], *when: ColumnElement[bool]) -> Select[Any]:
    """Who ordered any of the products: driven by the products, of which few rows are read."""
    lines = select(OrderRow.customer_id).join(OrderLineRow, OrderLineRow.order_id == OrderRow.id)
    return lines.where(OrderLineRow.product_id.in_(_products(products)), *_COUNTED, *when)


def _products(wanted: tuple[str, ...]) -> Select[int]:
    return select(ProductRow.id).where(or_(ProductRow.name.in_(wanted), ProductRow.code.in_(wanted)))
