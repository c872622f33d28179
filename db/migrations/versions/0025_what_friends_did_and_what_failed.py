"""When friends followed and blocked; answers that LINE did not take; on what occasion the machine spoke."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "friend_turns",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("friend_id", ID, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["friend_id"], ["friends.id"], name="fk_friend_turns_friend_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_friend_turns"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_friend_turns_friend_id_at", "friend_turns", ["friend_id", "at"])
    op.create_index("ix_friend_turns_at", "friend_turns", ["at"])
    # What is still known of before: the follow that an event told of, and the last block.
    op.execute(
        "INSERT INTO friend_turns (friend_id, at, kind, event) "
        "SELECT id, state_at, 'followed', state_event FROM friends WHERE state = 'friend' AND state_event <> ''"
    )
    op.execute(
        "INSERT INTO friend_turns (friend_id, at, kind, event) "
        "SELECT id, blocked_at, 'blocked', state_event FROM friends WHERE blocked_at IS NOT NULL"
    )
    op.add_column("talks", sa.Column("failed", ID, nullable=False, server_default="0"))
    op.add_column("talk_messages", sa.Column("occasion", sa.Text(), nullable=False, server_default=""))
