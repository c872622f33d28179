"""The mail beside a broadcast: what it says, and one letter for each person."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "mailings",
        sa.Column("broadcast_id", ID, autoincrement=False, nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("control", sa.Text(), nullable=False),
        sa.Column("paused_reason", sa.Text(), nullable=False),
        sa.Column("frozen_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["broadcast_id"], ["broadcasts.id"], name="fk_mailings_broadcast_id_broadcasts"),
        sa.PrimaryKeyConstraint("broadcast_id", name="pk_mailings"),
    )
    op.create_table(
        "mailing_letters",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("broadcast_id", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("code", ID, nullable=True),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["broadcast_id"], ["mailings.broadcast_id"], name="fk_mailing_letters_broadcast_id_mailings"
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customers.id"],
            name="fk_mailing_letters_customer_id_customers",
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_mailing_letters"),
        sa.UniqueConstraint("broadcast_id", "customer_id", name="uq_mailing_letters_broadcast_id_customer_id"),
    )
    op.create_index("ix_mailing_letters_customer_id", "mailing_letters", ["customer_id"])
    op.create_index("ix_mailing_letters_key", "mailing_letters", ["key"])
    op.create_index("ix_mailing_letters_state", "mailing_letters", ["broadcast_id", "state", "id"])
