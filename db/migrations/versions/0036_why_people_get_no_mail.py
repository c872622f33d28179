"""How many people of a mailing have no letter, and why."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "mailing_left_out",
        sa.Column("broadcast_id", ID, autoincrement=False, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("people", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["broadcast_id"], ["mailings.broadcast_id"], name="fk_mailing_left_out_broadcast_id"
        ),
        sa.PrimaryKeyConstraint("broadcast_id", "reason", name="pk_mailing_left_out"),
        sqlite_with_rowid=False,
    )
