"""The ids of customers who were merged or forgotten, and indexes that segments can be counted from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

FIGURES = (
    "last_order_at",
    "id",
    "orders",
    "spent_yen",
    "first_order_at",
    "line_state",
    "consent_line",
    "consent_mail",
    "birth_month",
    "sex",
    "prefecture",
)
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "former_customers",
        sa.Column("customer_id", ID, autoincrement=False, nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("became", ID, nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("customer_id", "created_at", name="pk_former_customers"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_former_customers_became", "former_customers", ["became"])
    op.drop_index("ix_customers_last_order_at", "customers")
    op.create_index("ix_customers_figures", "customers", list(FIGURES))
    op.drop_index("ix_orders_ordered_at", "orders")
    counted = ["ordered_at", "customer_id", "cancelled", "total_yen", "refunded_yen"]
    op.create_index("ix_orders_counted", "orders", counted)
