"""Events of LINE, each applied once; since when a friend is one or blocks us."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0013"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "line_events",
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("event_id", name="pk_line_events"),
    )
    op.create_index("ix_line_events_at", "line_events", ["at"])
    op.create_table(
        "line_erasures",
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", name="pk_line_erasures"),
    )
    op.create_table(
        "line_waiting",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_line_waiting"),
    )
    op.add_column("friends", sa.Column("state_at", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("friends", sa.Column("state_event", sa.Text(), nullable=False, server_default=""))
    op.execute("UPDATE friends SET state_at = coalesce(blocked_at, since)")
