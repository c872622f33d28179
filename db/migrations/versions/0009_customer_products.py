"""What each customer bought of each product; the index on lines by product goes, nothing asks by it any more; all that rules ask of a person in one index."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
DAY = "(o.ordered_at + 32400000) / 86400000"

FIGURES = (
    *("last_order_at", "id", "orders", "spent_yen", "first_order_at", "line_state", "consent_line", "consent_mail"),
    *("birth_month", "sex", "prefecture", "birth_date", "source", "cancelled_orders", "sale_orders", "order_months"),
)


def upgrade() -> None:
    op.create_table(
        "customer_products",
        sa.Column("product_id", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        *(sa.Column(name, ID, nullable=False) for name in ("orders", "quantity", "yen", "first_day", "last_day")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name="fk_customer_products_product_id"),
        sa.PrimaryKeyConstraint("product_id", "customer_id", name="pk_customer_products"),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO customer_products (product_id, customer_id, orders, quantity, yen, first_day, last_day) "
        "SELECT l.product_id, o.customer_id, count(DISTINCT o.id), sum(l.quantity), "
        f"sum(coalesce(l.total_yen, l.quantity * l.unit_price_yen, 0)), min({DAY}), max({DAY}) "
        "FROM orders o JOIN order_lines l ON l.order_id = o.id WHERE NOT o.cancelled AND o.customer_id IS NOT NULL "
        "GROUP BY l.product_id, o.customer_id ORDER BY 1, 2"
    )
    op.drop_index("ix_order_lines_product_id", "order_lines")
    op.drop_index("ix_customers_figures", "customers")
    op.create_index("ix_customers_figures", "customers", list(FIGURES))
