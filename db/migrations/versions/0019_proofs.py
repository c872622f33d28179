"""What the shop gave out to link a friend with a customer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "link_proofs",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key_hash", sa.Text(), nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("customer_id", ID, nullable=True),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("tries", ID, nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("friend_id", ID, nullable=True),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["friend_id"], ["friends.id"], name="fk_link_proofs_friend_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_link_proofs"),
        sa.UniqueConstraint("key_hash", name="uq_link_proofs_key_hash"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_link_proofs_customer_id", "link_proofs", ["customer_id"])
    op.create_index(
        "ix_link_proofs_untold",
        "link_proofs",
        ["friend_id"],
        sqlite_where=sa.text("NOT told"),
        postgresql_where=sa.text("NOT told"),
    )
