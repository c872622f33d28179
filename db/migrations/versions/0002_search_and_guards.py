"""The search index of customers, and the guards of the append-only table."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"

SQLITE = (
    # Grams come ready made (shopdesk.japanese.grams): the tokenizer only splits at spaces and keeps @, . and emoji.
    """CREATE VIRTUAL TABLE customer_search USING fts5(
        grams, content='', contentless_delete=1, detail=none,
        tokenize="unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'")""",
    "INSERT INTO customer_search (customer_search, rank) VALUES ('secure-delete', 1)",
    """CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit
        BEGIN SELECT RAISE(ABORT, 'the audit table is append-only'); END""",
    """CREATE TRIGGER audit_is_unchanged BEFORE UPDATE ON audit
        BEGIN SELECT RAISE(ABORT, 'the audit table is append-only'); END""",
)
POSTGRESQL = (
    """CREATE TABLE customer_search (
        customer_id BIGINT PRIMARY KEY REFERENCES customers (id) ON DELETE CASCADE, grams tsvector NOT NULL)""",
    "CREATE INDEX ix_customer_search_grams ON customer_search USING gin (grams)",
    """CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'the audit table is append-only'; END $$""",
    """CREATE TRIGGER audit_is_unchanged BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
        FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only()""",
)


def upgrade() -> None:
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)
