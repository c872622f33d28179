"""Coupons, who has one, the codes that open them, and each use."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "coupons",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", ID, nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("picture", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.BigInteger(), nullable=True),
        sa.Column("ends_at", sa.BigInteger(), nullable=True),
        sa.Column("lasts_days", ID, nullable=True),
        sa.Column("weekdays", sa.Text(), nullable=False),
        sa.Column("opens", ID, nullable=True),
        sa.Column("closes", ID, nullable=True),
        sa.Column("per_person", ID, nullable=True),
        sa.Column("most", ID, nullable=True),
        sa.Column("minimum_yen", ID, nullable=False),
        sa.Column("odds", ID, nullable=True),
        sa.Column("by_link", sa.Boolean(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("page_key", sa.Text(), nullable=False),
        sa.Column("used", ID, nullable=False),
        sa.Column("line_id", sa.Text(), nullable=False),
        sa.Column("line_form", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("used >= 0 AND (most IS NULL OR used <= most)", name="ck_coupons_used"),
        sa.PrimaryKeyConstraint("id", name="pk_coupons"),
        sa.UniqueConstraint("page_key", name="uq_coupons_page_key"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "coupon_tickets",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("coupon_id", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("won", sa.Boolean(), nullable=True),
        sa.Column("issued_at", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.Column("opened_at", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["coupon_id"], ["coupons.id"], name="fk_coupon_tickets_coupon_id"),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name="fk_coupon_tickets_customer_id", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_coupon_tickets"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_coupon_tickets_coupon_id", "coupon_tickets", ["coupon_id", "customer_id"])
    op.create_index("ix_coupon_tickets_customer_id", "coupon_tickets", ["customer_id"])
    op.create_table(
        "coupon_codes",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("ticket_id", ID, nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["coupon_tickets.id"], name="fk_coupon_codes_ticket_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_coupon_codes"),
        sa.UniqueConstraint("code_hash", name="uq_coupon_codes_code_hash"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_coupon_codes_ticket_id", "coupon_codes", ["ticket_id"])
    op.create_table(
        "coupon_uses",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("coupon_id", ID, nullable=False),
        sa.Column("ticket_id", ID, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("till", sa.Text(), nullable=False),
        sa.Column("staff", sa.Text(), nullable=False),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.Column("sale_yen", ID, nullable=True),
        sa.Column("off_yen", ID, nullable=True),
        sa.Column("nonce", sa.Text(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("undone_at", sa.BigInteger(), nullable=True),
        sa.Column("undone_till", sa.Text(), nullable=False),
        sa.Column("undone_by", sa.Text(), nullable=False),
        sa.Column("undone_why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["coupon_id"], ["coupons.id"], name="fk_coupon_uses_coupon_id"),
        sa.ForeignKeyConstraint(["ticket_id"], ["coupon_tickets.id"], name="fk_coupon_uses_ticket_id"),
        sa.PrimaryKeyConstraint("id", name="pk_coupon_uses"),
        sa.UniqueConstraint("nonce", name="uq_coupon_uses_nonce"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_coupon_uses_coupon_id", "coupon_uses", ["coupon_id"])
    standing = sa.text("undone_at IS NULL")
    op.create_index(
        "uq_coupon_uses_ticket_id",
        "coupon_uses",
        ["ticket_id"],
        unique=True,
        sqlite_where=standing,
        postgresql_where=standing,
    )
