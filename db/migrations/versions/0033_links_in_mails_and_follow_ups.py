"""Links counted in mails too; broadcasts that go by mail alone, and those to whoever did not open an earlier one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("links", sa.Column("mailed", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("mailings", sa.Column("counts", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("broadcasts", sa.Column("mail_only", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("broadcasts", sa.Column("follows_id", ID, nullable=True))
