"""Uses of coupons by their time."""

from __future__ import annotations

from alembic import op

revision = "0027"
down_revision = "0025"


def upgrade() -> None:
    op.create_index("ix_coupon_uses_at", "coupon_uses", ["at"])
