"""Tracked links and their clicks; the places where people find the shop on LINE, and who came by each."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "links",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("destination", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("broadcast_id", ID, nullable=True),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["broadcast_id"], ["broadcasts.id"], name="fk_links_broadcast_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_links"),
        sa.UniqueConstraint("key", name="uq_links_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_links_broadcast_id", "links", ["broadcast_id"])
    op.create_table(
        "link_receivers",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("link_id", ID, nullable=False),
        sa.Column("friend_id", ID, nullable=True),
        sa.Column("customer_id", ID, nullable=True),
        sa.Column("token", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["link_id"], ["links.id"], name="fk_link_receivers_link_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["friend_id"], ["friends.id"], name="fk_link_receivers_friend_id", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name="fk_link_receivers_customer_id", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_link_receivers"),
        sa.UniqueConstraint("token", name="uq_link_receivers_token"),
        sqlite_autoincrement=True,
    )
    for column in ("link_id", "friend_id", "customer_id"):
        op.create_index(f"ix_link_receivers_{column}", "link_receivers", [column])
    op.create_table(
        "link_clicks",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("link_id", ID, nullable=False),
        sa.Column("receiver_id", ID, nullable=True),
        sa.Column("hour", sa.BigInteger(), nullable=False),
        sa.Column("clicks", ID, nullable=False),
        sa.ForeignKeyConstraint(["link_id"], ["links.id"], name="fk_link_clicks_link_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["receiver_id"], ["link_receivers.id"], name="fk_link_clicks_receiver_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_link_clicks"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_link_clicks_hour", "link_clicks", ["link_id", sa.text("coalesce(receiver_id, 0)"), "hour"], unique=True
    )
    op.create_index("ix_link_clicks_receiver_id", "link_clicks", ["receiver_id"])
    op.add_column("broadcasts", sa.Column("counts", sa.Boolean(), nullable=False, server_default=sa.false()))
    _sources()


def _sources() -> None:
    op.create_table(
        "friend_sources",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("headline", sa.Text(), nullable=False),
        sa.Column("offer", sa.Text(), nullable=False),
        sa.Column("picture", sa.Text(), nullable=False),
        sa.Column("colour", sa.Text(), nullable=False),
        sa.Column("logo", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_friend_sources"),
        sa.UniqueConstraint("key", name="uq_friend_sources_key"),
        sa.UniqueConstraint("name", name="uq_friend_sources_name"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "friend_arrivals",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("friend_id", ID, nullable=False),
        sa.Column("source_id", ID, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["friend_id"], ["friends.id"], name="fk_friend_arrivals_friend_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["source_id"], ["friend_sources.id"], name="fk_friend_arrivals_source_id"),
        sa.PrimaryKeyConstraint("id", name="pk_friend_arrivals"),
        sa.UniqueConstraint("friend_id", name="uq_friend_arrivals_friend_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_friend_arrivals_source_id", "friend_arrivals", ["source_id", "at"])
    op.create_table(
        "friend_source_visits",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("source_id", ID, nullable=False),
        sa.Column("day", sa.BigInteger(), nullable=False),
        sa.Column("visits", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"], ["friend_sources.id"], name="fk_friend_source_visits_source_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_friend_source_visits"),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_friend_source_visits_day", "friend_source_visits", ["source_id", "day"], unique=True)
