"""What was bought how: discounts, months, cancellations, categories; subscriptions; the shop's own fields."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    for name in ("cancelled_orders", "sale_orders", "order_months"):
        op.add_column("customers", sa.Column(name, ID, nullable=False, server_default="0"))
    op.add_column("customers", sa.Column("source", sa.Text(), nullable=False, server_default=""))
    op.add_column("orders", sa.Column("discount_yen", ID, nullable=False, server_default="0"))
    op.add_column("products", sa.Column("category", sa.Text(), nullable=False, server_default=""))
    op.add_column("products", sa.Column("price_yen", ID, nullable=True))
    _new_tables()
    _fill()


def _new_tables() -> None:
    op.create_table(
        "own_fields",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_own_fields"),
        sa.UniqueConstraint("name", name="uq_own_fields_name"),
    )
    op.create_table(
        "own_values",
        sa.Column("field_id", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["field_id"], ["own_fields.id"], name="fk_own_values_field_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name="fk_own_values_customer_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("field_id", "customer_id", name="pk_own_values"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_own_values_customer_id", "own_values", ["customer_id"])
    op.create_table(
        "subscriptions",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("cart", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("customer_id", ID, nullable=True),
        sa.Column("product_id", ID, nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("nth", ID, nullable=True),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("stopped_on", sa.Date(), nullable=True),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name="fk_subscriptions_customer_id", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name="fk_subscriptions_product_id"),
        sa.PrimaryKeyConstraint("id", name="pk_subscriptions"),
        sa.UniqueConstraint("cart", "number", name="uq_subscriptions_cart_number"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_subscriptions_customer_id", "subscriptions", ["customer_id"])


def _fill() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    month = (
        "strftime('%m', ordered_at / 1000 + 32400, 'unixepoch')"
        if on_sqlite
        else "extract(month FROM to_timestamp(ordered_at / 1000 + 32400) AT TIME ZONE 'UTC')::int"
    )
    op.execute(
        "UPDATE customers SET cancelled_orders = s.cancelled_orders, order_months = s.order_months, source = s.source "
        "FROM (SELECT customer_id, count(CASE WHEN cancelled THEN 1 END) AS cancelled_orders, min(cart) AS source, "
        f"coalesce(sum(DISTINCT CASE WHEN NOT cancelled THEN 1 << ({month} - 1) END), 0) AS order_months "
        "FROM orders WHERE customer_id IS NOT NULL GROUP BY customer_id) AS s WHERE customers.id = s.customer_id"
    )
    op.execute("UPDATE customers SET source = 'shop' WHERE source = ''")
