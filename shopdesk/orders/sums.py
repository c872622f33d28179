"""What counts: orders that are not cancelled, less refunds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func

from shopdesk.customers import write_sums
from shopdesk.database import portions
from shopdesk.orders.tables import OrderRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

COUNTED = OrderRow.cancelled.is_(False)
NET_YEN = func.coalesce(OrderRow.total_yen, 0) - OrderRow.refunded_yen


def refresh_sums(session: Session, customer_ids: Sequence[int]) -> None:
    """Count the orders of these customers anew, in the caller's transaction."""
    for ids in portions(list(dict.fromkeys(customer_ids))):
        refresh_sums_of(session, ",".join(map(str, ids)))


def refresh_sums_of(session: Session, who: str) -> None:
    """Count anew for all whom `who` names: ids, or a query of them."""
    write_sums(session, counted(session, f"c.id IN ({who})"))


def counted(session: Session, which: str) -> str:
    """Return the query that counts the orders of the customers `c` for whom `which` holds: id and `customers.SUMS`."""
    net = "sum(CASE WHEN o.cancelled THEN 0 ELSE coalesce(o.total_yen, 0) - o.refunded_yen END)"
    at = "CASE WHEN NOT o.cancelled THEN o.ordered_at END"
    return (
        "SELECT c.id, count(CASE WHEN NOT o.cancelled THEN 1 END) AS orders, "
        f"coalesce({net}, 0) AS spent_yen, count(CASE WHEN o.cancelled THEN 1 END) AS cancelled_orders, "
        "count(CASE WHEN NOT o.cancelled AND o.discount_yen > 0 THEN 1 END) AS sale_orders, "
        f"coalesce(sum(DISTINCT CASE WHEN NOT o.cancelled THEN {_month_bit(session)} END), 0) AS order_months, "
        f"min({at}) AS first_order_at, max({at}) AS last_order_at FROM customers c "
        f"LEFT JOIN orders o ON o.customer_id = c.id WHERE {which} GROUP BY c.id"
    )


def _month_bit(session: Session) -> str:
    """The month of Japan's year in which an order was made, as one bit: January is 1."""
    if session.get_bind().dialect.name == "sqlite":
        return "1 << (strftime('%m', o.ordered_at / 1000 + 32400, 'unixepoch') - 1)"
    return "1 << (extract(month FROM to_timestamp(o.ordered_at / 1000 + 32400) AT TIME ZONE 'UTC')::int - 1)"
