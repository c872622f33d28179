"""What an entry of a card was worth beyond its points, which waits there for the next visit; coupons that LINE has yet to close."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    op.add_column("card_entries", sa.Column("hundredths", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("coupons", sa.Column("line_left", sa.Text(), nullable=False, server_default=""))
