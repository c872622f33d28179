"""What counts: orders that are not cancelled, less refunds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, text

from shopdesk.customers import add_sums, write_sums
from shopdesk.database import portions
from shopdesk.orders import bought
from shopdesk.orders.tables import OrderRow

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session

COUNTED = OrderRow.cancelled.is_(False)
NET_YEN = func.coalesce(OrderRow.total_yen, 0) - OrderRow.refunded_yen


def refresh_sums(session: Session, customer_ids: Collection[int]) -> None:
    """Count the orders of these customers anew, in the caller's transaction."""
    _recount(session, customer_ids)
    bought.refresh(session, set(customer_ids))


def _recount(session: Session, customer_ids: Collection[int]) -> None:
    for ids in portions(sorted(set(customer_ids))):
        write_sums(session, counted(session, f"c.id IN ({','.join(map(str, ids))})"))


def add_staged_sums(session: Session) -> None:
    """Bring the sums up to what an import has just written: new orders are added, customers of changed ones counted anew."""
    said = "SELECT DISTINCT o.customer_id FROM orders o JOIN staged_orders s ON s.order_id = o.id WHERE s.state = 'updated'"
    changed = {one for one in session.scalars(text(said)) if one is not None}
    added = (
        f"SELECT c.customer_id AS id, {_figures(session, 'o.cancelled = 1')} FROM staged_orders o "
        "JOIN staged_customers c ON c.n = o.customer_n WHERE o.state = 'new' AND c.customer_id IS NOT NULL "
        "GROUP BY c.customer_id"
    )
    add_sums(session, added)
    _recount(session, changed)
    bought.add_staged(session, changed)


def counted(session: Session, which: str) -> str:
    """Return the query that counts the orders of the customers `c` for whom `which` holds: id and `customers.SUMS`."""
    figures = _figures(session, "o.cancelled")
    return f"SELECT c.id, {figures} FROM customers c LEFT JOIN orders o ON o.customer_id = c.id WHERE {which} GROUP BY c.id"


def _figures(session: Session, cancelled: str) -> str:
    """`customers.SUMS` over a group of orders `o`; a customer without any has one row of nothing."""
    net = f"sum(CASE WHEN {cancelled} THEN 0 ELSE coalesce(o.total_yen, 0) - o.refunded_yen END)"
    at = f"CASE WHEN NOT ({cancelled}) THEN o.ordered_at END"
    return (
        f"count(CASE WHEN NOT ({cancelled}) THEN 1 END) AS orders, coalesce({net}, 0) AS spent_yen, "
        f"count(CASE WHEN {cancelled} THEN 1 END) AS cancelled_orders, "
        f"count(CASE WHEN NOT ({cancelled}) AND o.discount_yen > 0 THEN 1 END) AS sale_orders, "
        f"coalesce(sum(DISTINCT CASE WHEN NOT ({cancelled}) THEN {_month_bit(session)} END), 0) AS order_months, "
        f"min({at}) AS first_order_at, max({at}) AS last_order_at"
    )


def _month_bit(session: Session) -> str:
    """The month of Japan's year in which an order was made, as one bit: January is 1."""
    if session.get_bind().dialect.name == "sqlite":
        return "1 << (strftime('%m', o.ordered_at / 1000 + 32400, 'unixepoch') - 1)"
    return "1 << (extract(month FROM to_timestamp(o.ordered_at / 1000 + 32400) AT TIME ZONE 'UTC')::int - 1)"
