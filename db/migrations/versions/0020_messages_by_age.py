"""Messages of talks by their age: the old ones are found without reading all."""

from __future__ import annotations

from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.create_index("ix_talk_messages_at", "talk_messages", ["at", "id"])
