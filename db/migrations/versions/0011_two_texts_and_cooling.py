"""Two texts, people left out at random, a time in which a send can still be stopped, and LINE's names for a broadcast."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    for name in ("messages_b", "seed", "unit"):
        op.add_column("broadcasts", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    for name in ("split", "holdout"):
        op.add_column("broadcasts", sa.Column(name, ID, nullable=False, server_default="0"))
    op.add_column("broadcasts", sa.Column("cooling_until", sa.BigInteger(), nullable=True))
    op.add_column(
        "broadcast_batches", sa.Column("accepted_request_id", sa.Text(), nullable=False, server_default="")
    )
    op.add_column("broadcast_people", sa.Column("variant", sa.Text(), nullable=False, server_default="a"))
