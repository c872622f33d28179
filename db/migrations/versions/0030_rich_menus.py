"""Rich menus, their pictures, what of them is on LINE, and who was given which."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_STAYING = {name: sa.text("step <> 'leaving'") for name in ("sqlite_where", "postgresql_where")}


def upgrade() -> None:
    op.create_table(
        "rich_menus",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("place", ID, nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("published", sa.Text(), nullable=False),
        sa.Column("pictures", sa.Text(), nullable=False),
        sa.Column("edition", ID, nullable=False),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_rich_menus"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "rich_menu_pictures",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("width", ID, nullable=False),
        sa.Column("height", ID, nullable=False),
        sa.Column("media", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("kept_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_rich_menu_pictures"),
    )
    op.create_table(
        "rich_menu_copies",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("menu_id", ID, nullable=False),
        sa.Column("edition", ID, nullable=False),
        sa.Column("tab", sa.Text(), nullable=False),
        sa.Column("place", ID, nullable=False),
        sa.Column("tabs", ID, nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("request", sa.Text(), nullable=False),
        sa.Column("picture", sa.Text(), nullable=False),
        sa.Column("line_id", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["picture"], ["rich_menu_pictures.sha256"], name="fk_rich_menu_copies_picture"),
        sa.PrimaryKeyConstraint("id", name="pk_rich_menu_copies"),
        sa.UniqueConstraint("mark", name="uq_rich_menu_copies_mark"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_rich_menu_copies_menu_id", "rich_menu_copies", ["menu_id", "edition", "tab"], unique=True, **_STAYING
    )
    op.create_table(
        "rich_menu_people",
        sa.Column("friend_id", ID, nullable=False),
        sa.Column("copy_id", ID, nullable=False),
        sa.Column("sure", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["friend_id"], ["friends.id"], name="fk_rich_menu_people_friend_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["copy_id"], ["rich_menu_copies.id"], name="fk_rich_menu_people_copy_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("friend_id", name="pk_rich_menu_people"),
    )
    op.create_index("ix_rich_menu_people_copy_id", "rich_menu_people", ["copy_id"])
    op.create_table(
        "rich_menu_stand",
        sa.Column("id", ID, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("copy_id", ID, nullable=True),
        sa.Column("sure", sa.Boolean(), nullable=False),
        sa.Column("looked_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_rich_menu_stand"),
    )
