"""The figures kept beside each customer, so that a list of a million can be sorted by them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def write_sums(session: Session, counted: str) -> None:
    """Take over what was counted of some customers' orders.

    Args:
        session: Holds the write lock.
        counted: A query of id, orders, spent_yen, first_order_at, last_order_at (milliseconds).
    """
    session.execute(
        text(
            "UPDATE customers SET orders = s.orders, spent_yen = s.spent_yen, first_order_at = s.first_order_at, "
            f"last_order_at = s.last_order_at FROM ({counted}) AS s WHERE customers.id = s.id"
        )
    )
