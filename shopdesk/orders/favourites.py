"""What a person likes best."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from shopdesk.orders.records import Favourite
from shopdesk.orders.sums import COUNTED
from shopdesk.orders.tables import OrderLineRow, OrderRow, ProductRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def favourites(session: Session, customer_id: int, limit: int) -> list[Favourite]:
    """Return the products a person ordered most often, then most pieces of, from orders that count."""
    line, product = OrderLineRow, ProductRow
    times, pieces = func.count(OrderRow.id.distinct()), func.sum(line.quantity)
    chosen = (
        select(product.name, times, pieces)
        .join(line, line.product_id == product.id)
        .join(OrderRow, OrderRow.id == line.order_id)
        .where(OrderRow.customer_id == customer_id, COUNTED)
        .group_by(product.name)
        .order_by(times.desc(), pieces.desc(), product.name)
    )
    return [Favourite(name, int(orders), int(count)) for name, orders, count in session.execute(chosen.limit(limit))]
