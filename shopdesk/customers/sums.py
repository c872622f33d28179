"""The figures kept beside each customer, so that a list of a million can be sorted by them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

SUMS = (
    *("orders", "spent_yen", "cancelled_orders", "sale_orders", "order_months"),
    *("first_order_at", "last_order_at"),
)


def write_sums(session: Session, counted: str) -> None:
    """Take over what was counted of some customers' orders.

    Args:
        session: Holds the write lock.
        counted: A query of id and `SUMS`, times in milliseconds.
    """
    values = ", ".join(f"{name} = s.{name}" for name in SUMS)
    session.execute(text(f"UPDATE customers SET {values} FROM ({counted}) AS s WHERE customers.id = s.id"))
