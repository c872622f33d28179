"""Messages kept under a name, and the pictures they show."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "message_templates",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("messages", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("deleted_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_message_templates"),
        sqlite_autoincrement=True,
    )
    kept = sa.text("deleted_at IS NULL")
    op.create_index(
        "ix_message_templates_name", "message_templates", ["name"], unique=True, sqlite_where=kept, postgresql_where=kept
    )
    op.create_table(
        "message_pictures",
        sa.Column("picture_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("width", ID, nullable=False),
        sa.Column("height", ID, nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("picture_id", name="pk_message_pictures"),
        sa.UniqueConstraint("sha256", name="uq_message_pictures_sha256"),
    )
    op.create_table(
        "message_picture_sizes",
        sa.Column("picture_id", sa.Text(), nullable=False),
        sa.Column("width", ID, autoincrement=False, nullable=False),
        sa.Column("media", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["picture_id"],
            ["message_pictures.picture_id"],
            name="fk_message_picture_sizes_picture_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("picture_id", "width", name="pk_message_picture_sizes"),
    )
