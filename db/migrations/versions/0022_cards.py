"""Shop cards: their rules, their codes, the ledger of their points, and what tills asked for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SQLITE = (
    """CREATE TRIGGER card_entries_are_kept BEFORE DELETE ON card_entries
        BEGIN SELECT RAISE(ABORT, 'the ledger of points is append-only'); END""",
    """CREATE TRIGGER card_entries_are_unchanged BEFORE UPDATE ON card_entries
        BEGIN SELECT RAISE(ABORT, 'the ledger of points is append-only'); END""",
)
POSTGRESQL = (
    """CREATE FUNCTION card_entries_are_append_only() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'the ledger of points is append-only'; END $$""",
    """CREATE TRIGGER card_entries_are_unchanged BEFORE UPDATE OR DELETE OR TRUNCATE ON card_entries
        FOR EACH STATEMENT EXECUTE FUNCTION card_entries_are_append_only()""",
)


def upgrade() -> None:
    _cards()
    _entries()
    _rewards()
    _tills()
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)


def _cards() -> None:
    op.create_table(
        "card_rules",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("published_at", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_card_rules"),
    )
    op.create_table(
        "card_pictures",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("media", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_card_pictures"),
    )
    op.create_table(
        "cards",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("customer_id", ID, nullable=True),
        sa.Column("nickname", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("merged_into_id", ID, nullable=True),
        sa.Column("balance", ID, nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=True),
        sa.Column("noticed_for", sa.BigInteger(), nullable=True),
        sa.Column("last_visit_at", sa.BigInteger(), nullable=True),
        sa.Column("issued_at", sa.BigInteger(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("page_hash", sa.Text(), nullable=False),
        sa.CheckConstraint("state = 'erased' OR customer_id IS NOT NULL", name="ck_cards_customer"),
        sa.CheckConstraint("balance >= 0", name="ck_cards_balance"),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name="fk_cards_customer_id"),
        sa.ForeignKeyConstraint(["merged_into_id"], ["cards.id"], name="fk_cards_merged_into_id"),
        sa.PrimaryKeyConstraint("id", name="pk_cards"),
        sa.UniqueConstraint("page_hash", name="uq_cards_page_hash"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_cards_customer_id", "cards", ["customer_id"])
    op.create_index("ix_cards_expires_at", "cards", ["expires_at"])
    op.create_index(
        "uq_cards_live_customer",
        "cards",
        ["customer_id"],
        unique=True,
        sqlite_where=sa.text("state = 'live'"),
        postgresql_where=sa.text("state = 'live'"),
    )
    op.create_table(
        "card_codes",
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("card_id", ID, nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["card_id"], ["cards.id"], name="fk_card_codes_card_id"),
        sa.PrimaryKeyConstraint("hash", name="pk_card_codes"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_card_codes_card_id", "card_codes", ["card_id"])


def _entries() -> None:
    op.create_table(
        "card_entries",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("card_id", ID, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("points", ID, nullable=False),
        sa.Column("visits", sa.SmallInteger(), nullable=False),
        sa.Column("yen", ID, nullable=True),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.Column("extends", sa.Boolean(), nullable=False),
        sa.Column("reverses_id", ID, nullable=True),
        sa.Column("part_of_id", ID, nullable=True),
        sa.Column("cause_id", ID, nullable=True),
        sa.Column("rules_id", ID, nullable=True),
        sa.Column("nonce", sa.Text(), nullable=True),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.Column("proof_hash", sa.Text(), nullable=True),
        sa.Column("till", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["card_id"], ["cards.id"], name="fk_card_entries_card_id"),
        sa.ForeignKeyConstraint(["cause_id"], ["card_entries.id"], name="fk_card_entries_cause_id"),
        sa.ForeignKeyConstraint(["part_of_id"], ["card_entries.id"], name="fk_card_entries_part_of_id"),
        sa.ForeignKeyConstraint(["reverses_id"], ["card_entries.id"], name="fk_card_entries_reverses_id"),
        sa.ForeignKeyConstraint(["rules_id"], ["card_rules.id"], name="fk_card_entries_rules_id"),
        sa.PrimaryKeyConstraint("id", name="pk_card_entries"),
        sa.UniqueConstraint("nonce", name="uq_card_entries_nonce"),
        sa.UniqueConstraint("reverses_id", name="uq_card_entries_reverses_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_card_entries_at", "card_entries", ["at"])
    op.create_index("ix_card_entries_card_id", "card_entries", ["card_id", "id"])
    op.create_index("ix_card_entries_cause_id", "card_entries", ["cause_id"])
    op.create_index("ix_card_entries_part_of_id", "card_entries", ["part_of_id"])
    op.create_index("uq_card_entries_proof", "card_entries", ["proof_hash", "kind"], unique=True)
    op.create_table(
        "card_reasons",
        sa.Column("entry_id", ID, autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["card_entries.id"], name="fk_card_reasons_entry_id"),
        sa.PrimaryKeyConstraint("entry_id", name="pk_card_reasons"),
    )


def _rewards() -> None:
    op.create_table(
        "card_rewards",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("card_id", ID, nullable=False),
        sa.Column("entry_id", ID, nullable=False),
        sa.Column("round", ID, nullable=False),
        sa.Column("at_points", ID, nullable=False),
        sa.Column("coupon_id", ID, nullable=False),
        sa.Column("ticket_id", ID, nullable=False),
        sa.Column("use_id", ID, nullable=True),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.Column("withdrawn_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["card_id"], ["cards.id"], name="fk_card_rewards_card_id"),
        sa.ForeignKeyConstraint(["entry_id"], ["card_entries.id"], name="fk_card_rewards_entry_id"),
        sa.ForeignKeyConstraint(["use_id"], ["card_entries.id"], name="fk_card_rewards_use_id"),
        sa.PrimaryKeyConstraint("id", name="pk_card_rewards"),
    )
    op.create_index("ix_card_rewards_entry_id", "card_rewards", ["entry_id"])
    op.create_index(
        "uq_card_rewards_reached",
        "card_rewards",
        ["card_id", "round", "at_points"],
        unique=True,
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )


def _tills() -> None:
    op.create_table(
        "card_nonces",
        sa.Column("nonce", sa.Text(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("nonce", name="pk_card_nonces"),
    )
    op.create_table(
        "card_refusals",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("till", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("card_id", ID, nullable=True),
        sa.ForeignKeyConstraint(["card_id"], ["cards.id"], name="fk_card_refusals_card_id"),
        sa.PrimaryKeyConstraint("id", name="pk_card_refusals"),
    )
    op.create_index("ix_card_refusals_at", "card_refusals", ["at"])
    op.create_index("ix_card_refusals_till", "card_refusals", ["till", "at"])
