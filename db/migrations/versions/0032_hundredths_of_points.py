"""What an entry of a card was worth beyond its points, which waits there for the next visit."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0025"


def upgrade() -> None:
    op.add_column("card_entries", sa.Column("hundredths", sa.Integer(), nullable=False, server_default="0"))
