"""The answering machine: its rules, and when it last said what it does not repeat."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "answer_rules",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", ID, nullable=False),
        sa.Column("match", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("during", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("messages", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_answer_rules"),
        sa.UniqueConstraint("name", name="uq_answer_rules_name"),
        sqlite_autoincrement=True,
    )
    op.add_column("talks", sa.Column("told_closed_at", sa.BigInteger(), nullable=True))
    op.add_column("talks", sa.Column("offered_at", sa.BigInteger(), nullable=True))
