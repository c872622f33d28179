"""Surveys, their published versions, who answers, and what they say."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "surveys",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("page_key", sa.Text(), nullable=False),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("draft", sa.Text(), nullable=False),
        sa.Column("live", sa.Text(), nullable=False),
        sa.Column("version", ID, nullable=False),
        sa.Column("keyword", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_surveys"),
        sa.UniqueConstraint("name", name="uq_surveys_name"),
        sa.UniqueConstraint("page_key", name="uq_surveys_page_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_surveys_keyword", "surveys", ["keyword"])
    op.create_table(
        "survey_versions",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("survey_id", ID, nullable=False),
        sa.Column("number", ID, nullable=False),
        sa.Column("questions", sa.Text(), nullable=False),
        sa.Column("published_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["survey_id"], ["surveys.id"], name="fk_survey_versions_survey_id"),
        sa.PrimaryKeyConstraint("id", name="pk_survey_versions"),
        sa.UniqueConstraint("survey_id", "number", name="uq_survey_versions_survey_id_number"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "survey_responses",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("survey_id", ID, nullable=False),
        sa.Column("version_id", ID, nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("customer_id", ID, nullable=True),
        sa.Column("friend_id", ID, nullable=True),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("newest", sa.Boolean(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("agreed", sa.Text(), nullable=False),
        sa.Column("begun_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("finished_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["survey_id"], ["surveys.id"], name="fk_survey_responses_survey_id"),
        sa.ForeignKeyConstraint(["version_id"], ["survey_versions.id"], name="fk_survey_responses_version_id"),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name="fk_survey_responses_customer_id", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["friend_id"], ["friends.id"], name="fk_survey_responses_friend_id", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_survey_responses"),
        sa.UniqueConstraint("version_id", "who", name="uq_survey_responses_version_id_who"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_survey_responses_survey_id", "survey_responses", ["survey_id", "state"])
    op.create_index("ix_survey_responses_customer_id", "survey_responses", ["customer_id"])
    op.create_index("ix_survey_responses_friend_id", "survey_responses", ["friend_id", "state"])
    op.create_index("ix_survey_responses_who", "survey_responses", ["who"])
    op.create_table(
        "survey_answers",
        sa.Column("response_id", ID, autoincrement=False, nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("option", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("number", ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["response_id"], ["survey_responses.id"], name="fk_survey_answers_response_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("response_id", "question", "option", name="pk_survey_answers"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "survey_links",
        sa.Column("key_hash", sa.Text(), nullable=False),
        sa.Column("survey_id", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["survey_id"], ["surveys.id"], name="fk_survey_links_survey_id"),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name="fk_survey_links_customer_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key_hash", name="pk_survey_links"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_survey_links_customer_id", "survey_links", ["customer_id"])
    op.create_table(
        "survey_gifts",
        sa.Column("survey_id", ID, autoincrement=False, nullable=False),
        sa.Column("customer_id", ID, autoincrement=False, nullable=False),
        sa.Column("ticket_id", ID, nullable=True),
        sa.Column("points", ID, nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["survey_id"], ["surveys.id"], name="fk_survey_gifts_survey_id"),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name="fk_survey_gifts_customer_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("survey_id", "customer_id", name="pk_survey_gifts"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_survey_gifts_customer_id", "survey_gifts", ["customer_id"])
