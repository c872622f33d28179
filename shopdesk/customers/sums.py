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


def add_sums(session: Session, added: str) -> None:
    """Add what some customers' new orders come to.

    Args:
        session: Holds the write lock.
        added: A query of id and `SUMS` of the new orders alone, times in milliseconds, NULL where none of them counts.
    """
    values = [f"{name} = customers.{name} + s.{name}" for name in SUMS[:4]]
    values.append("order_months = customers.order_months | s.order_months")
    for name, keeps in (("first_order_at", "<="), ("last_order_at", ">=")):
        kept = f"customers.{name}"
        values.append(f"{name} = CASE WHEN {kept} {keeps} s.{name} THEN {kept} ELSE coalesce(s.{name}, {kept}) END")
    session.execute(text(f"UPDATE customers SET {', '.join(values)} FROM ({added}) AS s WHERE customers.id = s.id"))
