"""The figures kept beside each customer, so that a list of a million can be sorted by them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, update

from shopdesk.customers.tables import CustomerRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from shopdesk.customers.records import Sums


def set_sums(session: Session, sums: Sequence[Sums]) -> None:
    """Store what customers ordered, in the caller's transaction: the orders feature computes it."""
    if not sums:
        return
    table = CustomerRow.__table__
    session.connection().execute(
        update(table)  # type: ignore[arg-type]
        .where(table.c.id == bindparam("who"))
        .values(
            {name: bindparam(f"new_{name}") for name in ("orders", "spent_yen", "first_order_at", "last_order_at")}
        ),
        [
            {
                "who": one.customer_id,
                "new_orders": one.orders,
                "new_spent_yen": one.spent_yen,
                "new_first_order_at": one.first_order_at,
                "new_last_order_at": one.last_order_at,
            }
            for one in sums
        ],
    )
