"""The shop's own pages: what they say, who likes them, comments, and requests for reservations."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "site_pages",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("parts", sa.Text(), nullable=False),
        sa.Column("menu", sa.Text(), nullable=False),
        sa.Column("reserves", sa.Boolean(), nullable=False),
        sa.Column("answers", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("broadcast_id", ID, nullable=True),
        sa.Column("published_at", sa.BigInteger(), nullable=True),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("seen", ID, nullable=False),
        sa.CheckConstraint("(state = 'published') <= (published_at IS NOT NULL)", name="ck_site_pages_published"),
        sa.ForeignKeyConstraint(["broadcast_id"], ["broadcasts.id"], name="fk_site_pages_broadcast_id"),
        sa.PrimaryKeyConstraint("id", name="pk_site_pages"),
        sa.UniqueConstraint("key", name="uq_site_pages_key"),
        sa.UniqueConstraint("broadcast_id", name="uq_site_pages_broadcast_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_site_pages_kind", "site_pages", ["kind", "published_at"])
    single = sa.text("kind IN ('shop', 'privacy')")
    op.create_index(
        "uq_site_pages_single", "site_pages", ["kind"], unique=True, sqlite_where=single, postgresql_where=single
    )
    op.create_table(
        "site_visitors",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("friend_id", ID, nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        _friend("site_visitors"),
        sa.PrimaryKeyConstraint("id", name="pk_site_visitors"),
        sa.UniqueConstraint("token_hash", name="uq_site_visitors_token_hash"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "site_likes",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("page_id", ID, nullable=False),
        sa.Column("friend_id", ID, nullable=True),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        _page("site_likes"),
        _friend("site_likes"),
        sa.PrimaryKeyConstraint("id", name="pk_site_likes"),
        sa.UniqueConstraint("page_id", "mark", name="uq_site_likes_page_id_mark"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "site_comments",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("page_id", ID, nullable=False),
        sa.Column("friend_id", ID, nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("nonce", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        _page("site_comments"),
        _friend("site_comments"),
        sa.PrimaryKeyConstraint("id", name="pk_site_comments"),
        sa.UniqueConstraint("nonce", name="uq_site_comments_nonce"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_site_comments_page_id", "site_comments", ["page_id", "state"])
    op.create_index("ix_site_comments_state", "site_comments", ["state", "id"])
    op.create_table(
        "site_reservations",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("friend_id", ID, nullable=True),
        sa.Column("message_id", ID, nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("people", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("mail", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("offered_at", sa.BigInteger(), nullable=True),
        sa.Column("nonce", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.CheckConstraint("(state = 'open') = (decided_at IS NULL)", name="ck_site_reservations_decided"),
        _friend("site_reservations"),
        sa.ForeignKeyConstraint(
            ["message_id"], ["talk_messages.id"], name="fk_site_reservations_message_id", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_site_reservations"),
        sa.UniqueConstraint("nonce", name="uq_site_reservations_nonce"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_site_reservations_state", "site_reservations", ["state", "at"])
    op.create_index("ix_site_reservations_message_id", "site_reservations", ["message_id"])
    for table in ("site_visitors", "site_likes", "site_comments", "site_reservations"):
        op.create_index(f"ix_{table}_friend_id", table, ["friend_id"])


def _page(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["page_id"], ["site_pages.id"], name=f"fk_{table}_page_id", ondelete="CASCADE")


def _friend(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["friend_id"], ["friends.id"], name=f"fk_{table}_friend_id", ondelete="CASCADE")
