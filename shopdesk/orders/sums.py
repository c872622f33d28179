"""What counts: orders that are not cancelled, less refunds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from shopdesk.customers import Sums, set_sums
from shopdesk.orders.tables import OrderRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

CHUNK = 500
COUNTED = OrderRow.cancelled.is_(False)
NET_YEN = func.coalesce(OrderRow.total_yen, 0) - OrderRow.refunded_yen


def refresh_sums(session: Session, customer_ids: Sequence[int]) -> None:
    """Count the orders of these customers anew, in the caller's transaction."""
    ids = list(dict.fromkeys(customer_ids))
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        set_sums(session, _sums(session, chunk))


def _sums(session: Session, ids: Sequence[int]) -> list[Sums]:
    row = OrderRow
    figures = (func.count(), func.sum(NET_YEN), func.min(row.ordered_at), func.max(row.ordered_at))
    counted = select(row.customer_id, *figures).where(row.customer_id.in_(ids), COUNTED).group_by(row.customer_id)
    found = {
        owner: Sums(owner, orders, int(yen), first, last)
        for owner, orders, yen, first, last in session.execute(counted)
        if owner is not None
    }
    return [found.get(one, Sums(one, 0, 0, None, None)) for one in ids]
