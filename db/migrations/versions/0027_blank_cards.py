"""Printed cards that are nobody's yet; uses of coupons by their time."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    op.create_table(
        "card_blanks",
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_card_blanks"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_coupon_uses_at", "coupon_uses", ["at"])
