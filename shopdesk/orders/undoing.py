"""Taking back what an import did to orders."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, exists, insert, select, update

from shopdesk.customers import today
from shopdesk.database import moment, portions
from shopdesk.orders.tables import OrderLineRow, OrderRow, ProductRow, SubscriptionRow

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sqlalchemy.orm import InstrumentedAttribute, Session


def buyers(session: Session, order_ids: Sequence[int]) -> set[int]:
    """Return the customers of these orders."""
    found: set[int] = set()
    for ids in portions(order_ids):
        wanted = select(OrderRow.customer_id).where(OrderRow.id.in_(ids), OrderRow.customer_id.is_not(None))
        found.update(one for one in session.scalars(wanted) if one is not None)
    return found


def remove(session: Session, order_ids: Sequence[int]) -> int:
    """Delete orders with their lines and return how many there were."""
    count = 0
    for ids in portions(order_ids):
        session.execute(delete(OrderLineRow).where(OrderLineRow.order_id.in_(ids)))
        count += len(session.scalars(delete(OrderRow).where(OrderRow.id.in_(ids)).returning(OrderRow.id)).all())
    return count


def restore(session: Session, order_id: int, image: Mapping[str, Any]) -> bool:
    """Give an order its old values and lines back, if it still is as the import left it.

    Args:
        session: The undo's transaction.
        order_id: Which order.
        image: Of each field the value before and after the import, and the lines before it.
    """
    row = session.get(OrderRow, order_id)
    if row is None or row.digest != image["digest"][1]:
        return False
    changed = {name: pair for name, pair in image.items() if name != "lines" and pair[0] != pair[1]}
    values = {name: _as_kept(name, pair[0]) for name, pair in changed.items()}
    if values.get("customer_id") is not None:  # who may have become part of another since
        values["customer_id"] = today(session, values["customer_id"])
    session.execute(update(OrderRow).where(OrderRow.id == order_id).values(values))
    session.execute(delete(OrderLineRow).where(OrderLineRow.order_id == order_id))
    names = ("position", "product_id", "quantity", "unit_price_yen", "total_yen")
    lines = [{"order_id": order_id, **dict(zip(names, line, strict=True))} for line in image["lines"] or ()]
    if lines:
        session.execute(insert(OrderLineRow), lines)
    return True


def _as_kept(name: str, value: Any) -> Any:
    if name == "ordered_at":
        return moment(value)
    return bool(value) if name == "cancelled" else value


def restore_product(session: Session, product_id: int, image: Mapping[str, Any]) -> None:
    """Give a product the old values back where they still are the import's; return what was changed again since."""
    _restore_fields(session, session.get(ProductRow, product_id), image)


def restore_subscription(session: Session, subscription_id: int, image: Mapping[str, Any]) -> None:
    """Give a subscription the old values back where they still are the import's; return what was changed again since."""
    _restore_fields(session, session.get(SubscriptionRow, subscription_id), image)


def _restore_fields(session: Session, found: ProductRow | SubscriptionRow | None, image: Mapping[str, Any]) -> None:
    if found is None:
        return
    changed = {name: pair for name, pair in image.items() if pair[0] != pair[1]}
    kept = {name for name, pair in changed.items() if _as_written(getattr(found, name)) != pair[1]}
    for name in changed.keys() - kept:
        value = changed[name][0]
        setattr(found, name, date.fromisoformat(value) if name.endswith("_on") and value else value)
    session.flush()


def remove_subscriptions(session: Session, ids: Sequence[int]) -> None:
    """Delete subscriptions."""
    for some in portions(ids):
        session.execute(delete(SubscriptionRow).where(SubscriptionRow.id.in_(some)))


def owners(session: Session, subscription_ids: Sequence[int]) -> set[int]:
    """Return the customers of these subscriptions."""
    return _customers_where(session, SubscriptionRow.id, subscription_ids)


def subscribers(session: Session, customer_ids: Sequence[int]) -> set[int]:
    """Return those of these people who have a subscription."""
    return _customers_where(session, SubscriptionRow.customer_id, customer_ids)


def _customers_where(session: Session, column: InstrumentedAttribute[Any], values: Sequence[int]) -> set[int]:
    found: set[int] = set()
    for some in portions(values):
        wanted = select(SubscriptionRow.customer_id).where(column.in_(some), SubscriptionRow.customer_id.is_not(None))
        found.update(one for one in session.scalars(wanted) if one is not None)
    return found


def remove_unused_products(session: Session, ids: Collection[int]) -> list[int]:
    """Delete those of these products that are in no order and no subscription, and return them."""
    gone: list[int] = []
    for some in portions(sorted(ids)):
        used = exists().where(OrderLineRow.product_id == ProductRow.id)
        subscribed = exists().where(SubscriptionRow.product_id == ProductRow.id)
        unused = delete(ProductRow).where(ProductRow.id.in_(some), ~used, ~subscribed)
        gone += session.scalars(unused.returning(ProductRow.id)).all()
    return gone


def _as_written(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
