"""What rules ask of people and of their orders is kept in the people's own order: a stretch of people is counted by itself."""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0009"

FIGURES = (
    *("id", "last_order_at", "orders", "spent_yen", "first_order_at", "line_state", "consent_line", "consent_mail"),
    *("birth_month", "sex", "prefecture", "birth_date", "source", "cancelled_orders", "sale_orders", "order_months"),
)


def upgrade() -> None:
    op.drop_index("ix_customers_figures", "customers")
    op.create_index("ix_customers_figures", "customers", list(FIGURES))
    op.create_index("ix_customers_last_order_at", "customers", ["last_order_at", "id"])
    op.drop_index("ix_orders_customer_id", "orders")
    op.create_index(
        "ix_orders_customer_id", "orders", ["customer_id", "ordered_at", "cancelled", "total_yen", "refunded_yen"]
    )
