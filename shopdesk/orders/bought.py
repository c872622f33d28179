"""What each customer bought of each product, kept beside the orders so that a rule need not read their lines.

Days are Japan's, as days since 1970: a number of two bytes where a moment takes six, and rules ask by the day anyway.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select, text

from shopdesk.orders.tables import ProductRow

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session

_COLUMNS = "product_id, customer_id, orders, quantity, yen, first_day, last_day"
_YEN = "coalesce(l.total_yen, l.quantity * l.unit_price_yen, 0)"
_LOOKUPS = 100_000
"""So many single rows are looked for before one pass over the whole table is quicker."""


def counted(which: str) -> str:
    """Return the query that counts anew what the customers bought whose orders `o` are those for which `which` holds."""
    return (
        f"SELECT l.product_id, o.customer_id, count(DISTINCT o.id), {_figures('o')} "
        "FROM orders o JOIN order_lines l ON l.order_id = o.id "
        f"WHERE NOT o.cancelled AND o.customer_id IS NOT NULL AND {which} GROUP BY l.product_id, o.customer_id"
    )


def _figures(order: str) -> str:
    day = f"({order}.ordered_at + 32400000) / 86400000"
    return f"sum(l.quantity), sum({_YEN}), min({day}), max({day})"


def refresh(session: Session, customer_ids: Collection[int]) -> None:
    """Count anew what these customers bought; whatever was kept for them goes first."""
    forget(session, customer_ids)
    if customer_ids:
        _insert(session, counted("o.customer_id IN :ids"), customer_ids)


def forget(session: Session, customer_ids: Collection[int]) -> None:
    """Remove what is kept for these customers."""
    if not customer_ids:
        return
    few = len(customer_ids) * (session.scalar(select(func.count()).select_from(ProductRow)) or 0) <= _LOOKUPS
    # The table is sorted by product: few are looked for below each of them, many in one pass.
    below = "product_id IN (SELECT id FROM products) AND " if few else ""
    _run(session, f"DELETE FROM customer_products WHERE {below}customer_id IN :ids", customer_ids)


def add_staged(session: Session, changed: Collection[int]) -> None:
    """Add what the new orders of an import bring, and count anew those of whom it changed orders.

    Args:
        session: The import's merge; the staged tables are beside the main ones, the orders are written.
        changed: Customers with an order that was there before and is another now.
    """
    refresh(session, changed)
    # Folded and in the order of the key first: the table is then walked once.
    added = (
        f"SELECT p.product_id, c.customer_id, count(DISTINCT o.n), {_figures('o')} FROM staged_orders o "
        "JOIN staged_customers c ON c.n = o.customer_n JOIN staged_lines l ON l.order_n = o.n "
        "JOIN staged_products p ON p.n = l.product_n WHERE o.state = 'new' AND o.cancelled = 0 "
        "AND c.customer_id IS NOT NULL AND c.customer_id NOT IN :ids GROUP BY p.product_id, c.customer_id"
    )
    _insert(session, added, changed)


def _insert(session: Session, query: str, ids: Collection[int]) -> None:
    kept = "customer_products"
    _run(
        session,
        f"INSERT INTO customer_products ({_COLUMNS}) {query} ORDER BY 1, 2 ON CONFLICT (product_id, customer_id) DO UPDATE SET "
        + ", ".join(f"{name} = {kept}.{name} + excluded.{name}" for name in ("orders", "quantity", "yen"))
        + f", first_day = CASE WHEN excluded.first_day < {kept}.first_day THEN excluded.first_day ELSE {kept}.first_day END"
        + f", last_day = CASE WHEN excluded.last_day > {kept}.last_day THEN excluded.last_day ELSE {kept}.last_day END",
        ids,
    )


def _run(session: Session, statement: str, ids: Collection[int]) -> None:
    """Run a statement with any number of ids in the place of `:ids`."""
    on_sqlite = session.get_bind().dialect.name == "sqlite"
    listed = "(SELECT value FROM json_each(:ids))" if on_sqlite else "(SELECT unnest(CAST(:ids AS bigint[])))"
    given = f"[{','.join(map(str, ids))}]" if on_sqlite else list(ids)
    session.execute(text(statement.replace(":ids", listed)).bindparams(bindparam("ids", given)))


def wrong(session: Session, limit: int) -> list[int]:
    """Return customers of whom another sum is kept than their orders come to."""
    kept = f"SELECT {_COLUMNS} FROM customer_products"
    due = counted("1 = 1")
    differ = f"SELECT * FROM ({kept} EXCEPT {due}) a UNION ALL SELECT * FROM ({due} EXCEPT {kept}) b"
    who = text(f"SELECT DISTINCT customer_id FROM ({differ}) d ORDER BY customer_id LIMIT :limit")
    return list(session.scalars(who, {"limit": limit}))
