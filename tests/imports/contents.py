"""Everything an import can change, to compare before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

if TYPE_CHECKING:
    from shopdesk.shop import Shop

TABLES = {
    "customers": "id",
    "customer_keys": "kind, scope, value",
    "orders": "id",
    "order_lines": "order_id, position",
    "products": "id",
    "subscriptions": "id",
}


def everything(shop: Shop) -> dict[str, list[tuple[object, ...]]]:
    """Return each table's rows in full, and how many people the search index has."""
    with shop.database.read() as session:
        found = {
            table: [tuple(row) for row in session.execute(text(f"SELECT * FROM {table} ORDER BY {order}"))]
            for table, order in TABLES.items()
        }
        found["customer_search"] = [tuple(row) for row in session.execute(text("SELECT count(*) FROM customer_search"))]
        return found
