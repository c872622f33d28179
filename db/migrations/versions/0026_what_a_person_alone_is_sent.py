"""Ranks of the card as rows, which segments ask; the coupons that went out with broadcasts."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    ranks = op.create_table(
        "card_ranks",
        sa.Column("rules_id", ID, nullable=False),
        sa.Column("least", ID, nullable=False),
        sa.Column("below", ID, nullable=True),
        sa.Column("rank_by", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["rules_id"], ["card_rules.id"], name="fk_card_ranks_rules_id"),
        sa.PrimaryKeyConstraint("rules_id", "least", name="pk_card_ranks"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "broadcast_coupons",
        sa.Column("person_id", ID, nullable=False),
        sa.Column("coupon_id", ID, nullable=False),
        sa.Column("ticket_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["broadcast_people.id"], name="fk_broadcast_coupons_person_id"),
        sa.ForeignKeyConstraint(["coupon_id"], ["coupons.id"], name="fk_broadcast_coupons_coupon_id"),
        sa.ForeignKeyConstraint(["ticket_id"], ["coupon_tickets.id"], name="fk_broadcast_coupons_ticket_id"),
        sa.PrimaryKeyConstraint("person_id", "coupon_id", name="pk_broadcast_coupons"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_broadcast_coupons_ticket_id", "broadcast_coupons", ["ticket_id"])
    rows = []
    for rules_id, body in op.get_bind().execute(sa.text("SELECT id, body FROM card_rules")).all():
        rules = json.loads(body)
        steps = sorted(rules.get("ranks", []), key=lambda one: one["least"])
        for place, one in enumerate(steps, start=1):
            below = steps[place]["least"] if place < len(steps) else None
            kept = {"rules_id": rules_id, "least": one["least"], "below": below, "name": one["name"]}
            rows.append(kept | {"rank_by": rules["rank_by"]})
    if rows:
        op.bulk_insert(ranks, rows)
