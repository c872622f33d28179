"""Knowing one's customers: merges that can be undone, proof of consents, who belongs together, edits of many at once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
PROOF = ("channel", "given", "at", "how", "wording", "actor")


def upgrade() -> None:
    _consents()
    _pairs()
    _merges_and_edits()
    _guard_the_proof()


def _person(name: str, table: str, **more: bool) -> tuple[sa.Column[int], sa.ForeignKeyConstraint]:
    """A column that names a customer and goes with them."""
    key = sa.ForeignKeyConstraint([name], ["customers.id"], name=f"fk_{table}_{name}", ondelete="CASCADE")
    return sa.Column(name, ID, nullable=False, **more), key


def _consents() -> None:
    op.create_table(
        "consents",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        *_person("customer_id", "consents"),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_consents"),
    )
    op.create_index("ix_consents_customer_id", "consents", ["customer_id"])
    op.create_table(
        "stopped_customers",
        *_person("customer_id", "stopped_customers", autoincrement=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("customer_id", name="pk_stopped_customers"),
    )


def _pairs() -> None:
    for table, more in (
        ("distinct_people", ()),
        ("customer_relations", (sa.Column("kind", sa.Text(), nullable=False),)),
    ):
        op.create_table(
            table,
            *_person("one_id", table),
            *_person("other_id", table),
            *more,
            sa.PrimaryKeyConstraint("one_id", "other_id", name=f"pk_{table}"),
            sqlite_with_rowid=False,
        )
        op.create_index(f"ix_{table}_other_id", table, ["other_id"])


def _merges_and_edits() -> None:
    op.create_table(
        "merges",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("keep_id", ID, nullable=False),
        sa.Column("other_id", ID, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("image", sa.Text(), nullable=False),
        sa.Column("undone_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_merges"),
        sqlite_autoincrement=True,
    )
    for name in ("keep_id", "other_id"):
        op.create_index(f"ix_merges_{name}", "merges", [name])
    op.create_table(
        "bulk_edits",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("people", ID, nullable=False),
        sa.Column("undone_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_bulk_edits"),
        sqlite_autoincrement=True,
    )
    edit = sa.ForeignKeyConstraint(["edit_id"], ["bulk_edits.id"], name="fk_bulk_images_edit_id", ondelete="CASCADE")
    op.create_table(
        "bulk_images",
        sa.Column("edit_id", ID, nullable=False),
        *_person("customer_id", "bulk_images"),
        sa.Column("before", sa.Text(), nullable=True),
        edit,
        sa.PrimaryKeyConstraint("edit_id", "customer_id", name="pk_bulk_images"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_bulk_images_customer_id", "bulk_images", ["customer_id"])


def _guard_the_proof() -> None:
    """A merge may say whose the proof is, and forgetting a person may remove it; what was said is never changed."""
    said = ", ".join(PROOF)
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER consents_are_unchanged BEFORE UPDATE OF {said} ON consents "
            "BEGIN SELECT RAISE(ABORT, 'what was consented to is never changed'); END"
        )
        return
    op.execute(
        "CREATE FUNCTION consents_are_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'what was consented to is never changed'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER consents_are_unchanged BEFORE UPDATE OF {said} ON consents "
        "FOR EACH ROW EXECUTE FUNCTION consents_are_append_only()"
    )
