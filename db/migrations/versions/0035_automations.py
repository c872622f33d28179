"""Automations: messages that go out by themselves after a survey was answered."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "automations",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("survey_id", ID, nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("options", sa.Text(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["survey_id"], ["surveys.id"], name="fk_automations_survey_id"),
        sa.PrimaryKeyConstraint("id", name="pk_automations"),
        sa.UniqueConstraint("name", name="uq_automations_name"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_automations_survey_id", "automations", ["survey_id"])
    op.create_table(
        "automation_steps",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("automation_id", ID, nullable=False),
        sa.Column("days", ID, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("messages", sa.Text(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["automation_id"], ["automations.id"], name="fk_automation_steps_automation_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_automation_steps"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_automation_steps_automation_id", "automation_steps", ["automation_id"])
    op.create_table(
        "automation_entries",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("automation_id", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=True),
        sa.Column("friend_id", ID, nullable=True),
        sa.Column("response_id", ID, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["automation_id"], ["automations.id"], name="fk_automation_entries_automation_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name="fk_automation_entries_customer_id", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["friend_id"], ["friends.id"], name="fk_automation_entries_friend_id", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["response_id"], ["survey_responses.id"], name="fk_automation_entries_response_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_automation_entries"),
        sa.UniqueConstraint("automation_id", "customer_id", name="uq_automation_entries_automation_id_customer_id"),
        sa.UniqueConstraint("automation_id", "friend_id", name="uq_automation_entries_automation_id_friend_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_automation_entries_customer_id", "automation_entries", ["customer_id"])
    op.create_index("ix_automation_entries_friend_id", "automation_entries", ["friend_id"])
    op.create_index("ix_automation_entries_response_id", "automation_entries", ["response_id"])
    op.create_index("ix_automation_entries_at", "automation_entries", ["automation_id", "at"])
    op.create_table(
        "automation_turns",
        sa.Column("entry_id", ID, autoincrement=False, nullable=False),
        sa.Column("step_id", ID, autoincrement=False, nullable=False),
        sa.Column("broadcast_id", ID, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["automation_entries.id"], name="fk_automation_turns_entry_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["step_id"], ["automation_steps.id"], name="fk_automation_turns_step_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["broadcast_id"], ["broadcasts.id"], name="fk_automation_turns_broadcast_id"),
        sa.PrimaryKeyConstraint("entry_id", "step_id", name="pk_automation_turns"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_automation_turns_step_id", "automation_turns", ["step_id"])
    op.create_index("ix_automation_turns_broadcast_id", "automation_turns", ["broadcast_id"])
    op.add_column("broadcasts", sa.Column("automation_id", ID, nullable=True))
    op.add_column("broadcasts", sa.Column("step_id", ID, nullable=True))
    op.create_index("ix_broadcasts_automation_id", "broadcasts", ["automation_id"])
    op.create_index("ix_broadcasts_step_id", "broadcasts", ["step_id"])
