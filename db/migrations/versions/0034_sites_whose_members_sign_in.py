"""The shop's own sites, whose members sign in with LINE; which member is which friend; which requests were answered.

What a survey's answer wrote into a customer's own columns, to take it back with it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "member_sites",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("cart", sa.Text(), nullable=False),
        sa.Column("returns", sa.Text(), nullable=False),
        sa.Column("tells_user_id", sa.Boolean(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("renewed_at", sa.BigInteger(), nullable=False),
        sa.Column("previous_until", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_member_sites"),
        sa.UniqueConstraint("key", name="uq_member_sites_key"),
        sa.UniqueConstraint("name", name="uq_member_sites_name"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "member_links",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("site_id", ID, nullable=False),
        sa.Column("member", sa.Text(), nullable=False),
        sa.Column("friend_id", ID, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_id"], ["member_sites.id"], name="fk_member_links_site_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["friend_id"], ["friends.id"], name="fk_member_links_friend_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_member_links"),
        sa.UniqueConstraint("site_id", "member", name="uq_member_links_site_id_member"),
        sa.UniqueConstraint("site_id", "friend_id", name="uq_member_links_site_id_friend_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_member_links_friend_id", "member_links", ["friend_id"])
    op.create_table(
        "member_sign_ins",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("site_id", ID, nullable=False),
        sa.Column("state_hash", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("member", sa.Text(), nullable=False),
        sa.Column("friend_id", ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["site_id"], ["member_sites.id"], name="fk_member_sign_ins_site_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["friend_id"], ["friends.id"], name="fk_member_sign_ins_friend_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_member_sign_ins"),
        sa.UniqueConstraint("site_id", "state_hash", name="uq_member_sign_ins_site_id_state_hash"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_member_sign_ins_friend_id", "member_sign_ins", ["friend_id"])
    op.create_index("ix_member_sign_ins_at", "member_sign_ins", ["at"])
    op.create_table(
        "survey_fills",
        sa.Column("response_id", ID, autoincrement=False, nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["response_id"], ["survey_responses.id"], name="fk_survey_fills_response_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("response_id", "field", name="pk_survey_fills"),
        sqlite_with_rowid=False,
    )
