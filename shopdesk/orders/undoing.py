"""Taking back what an import did to orders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update

from shopdesk.customers import today
from shopdesk.database import moment, portions
from shopdesk.orders.tables import OrderLineRow, OrderRow

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session


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
    values = {name: _as_kept(name, pair[0]) for name, pair in image.items() if name != "lines"}
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
