"""Talks with friends: messages, files, labels, and the index to find what was said."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SQLITE = (
    """CREATE VIRTUAL TABLE talk_search USING fts5(
        grams, content='', contentless_delete=1, detail=none,
        tokenize="unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'")""",
    "INSERT INTO talk_search (talk_search, rank) VALUES ('secure-delete', 1)",
)
POSTGRESQL = (
    """CREATE TABLE talk_search (
        message_id BIGINT PRIMARY KEY REFERENCES talk_messages (id) ON DELETE CASCADE, grams tsvector NOT NULL)""",
    "CREATE INDEX ix_talk_search_grams ON talk_search USING gin (grams)",
)


def upgrade() -> None:
    op.create_table(
        "talks",
        sa.Column("friend_id", ID, autoincrement=False, nullable=False),
        sa.Column("read_until", sa.BigInteger(), nullable=False),
        sa.Column("done_until", sa.BigInteger(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.Column("last_message_id", ID, nullable=True),
        sa.Column("unread", ID, nullable=False),
        sa.Column("waiting_since", sa.BigInteger(), nullable=True),
        sa.Column("assigned_to", sa.Text(), nullable=False),
        sa.Column("silenced", sa.Boolean(), nullable=False),
        sa.Column("reply_token", sa.Text(), nullable=False),
        sa.Column("reply_token_at", sa.BigInteger(), nullable=True),
        sa.Column("typing_by", sa.Text(), nullable=False),
        sa.Column("typing_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["friend_id"], ["friends.id"], name="fk_talks_friend_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("friend_id", name="pk_talks"),
    )
    op.create_index("ix_talks_last_at", "talks", ["last_at"])
    op.create_table(
        "talk_messages",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("friend_id", ID, nullable=False),
        sa.Column("line_id", sa.Text(), nullable=True),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("by_machine", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("retry_key", sa.Text(), nullable=False),
        sa.Column("tried_at", sa.BigInteger(), nullable=True),
        sa.Column("read_token", sa.Text(), nullable=False),
        sa.Column("file_state", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["friend_id"], ["friends.id"], name="fk_talk_messages_friend_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_talk_messages"),
        sa.UniqueConstraint("line_id", name="uq_talk_messages_line_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_talk_messages_friend_id_at", "talk_messages", ["friend_id", "at", "id"])
    for name, condition in (("sending", "state = 'sending'"), ("wanted", "file_state = 'wanted'")):
        op.create_index(
            f"ix_talk_messages_{name}",
            "talk_messages",
            ["id"],
            sqlite_where=sa.text(condition),
            postgresql_where=sa.text(condition),
        )
    op.create_table(
        "talk_files",
        sa.Column("message_id", ID, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"], ["talk_messages.id"], name="fk_talk_files_message_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("message_id", name="pk_talk_files"),
    )
    op.create_table(
        "talk_labels",
        sa.Column("friend_id", ID, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["friend_id"], ["friends.id"], name="fk_talk_labels_friend_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("friend_id", "name", name="pk_talk_labels"),
    )
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)
