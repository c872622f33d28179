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
    write_sums(
        session,
        "SELECT c.id, count(o.id) AS orders, coalesce(sum(coalesce(o.total_yen, 0) - o.refunded_yen), 0) AS spent_yen, "
        "min(o.ordered_at) AS first_order_at, max(o.ordered_at) AS last_order_at FROM customers c "
        f"LEFT JOIN orders o ON o.customer_id = c.id AND NOT o.cancelled WHERE c.id IN ({who}) GROUP BY c.id",
    )
