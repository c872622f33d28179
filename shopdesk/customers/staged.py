"""The customers' part of an import: match the staged people with those the shop knows, add the new, fill what was empty.

The tables `staged_*` are made by `shopdesk.imports.staging`. Everything is set-based: the write lock is held for a moment only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

from shopdesk.customers.searching import reindex
from shopdesk.database import reserve_ids

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

# What an import may fill where the shop knows nothing yet.
FILLED = ("name", "kana", "name_fold", "kana_fold", "email", "phone", "postal", "prefecture", "address", "sex", "note")

# Identity (CONTRIBUTING, "Decisions"): a member id within its cart; then the mail, unless that person is another member of the
# same cart; then a phone whose name or kana agrees, unless mails or member ids contradict.
_MATCH = (
    "UPDATE staged_customers SET customer_id = NULL, fresh = 0",
    """UPDATE staged_customers SET customer_id = found.id FROM (
           SELECT s.n, min(k.customer_id) AS id FROM staged_keys s JOIN customer_keys k
           ON k.kind = s.kind AND k.scope = s.scope AND k.value = s.value GROUP BY s.n) AS found
       WHERE staged_customers.n = found.n""",
    """UPDATE staged_customers SET customer_id = k.customer_id FROM customer_keys k
       WHERE staged_customers.customer_id IS NULL AND member_id <> '' AND k.kind = 'member' AND k.scope = member_scope AND k.value = member_id""",
    """UPDATE staged_customers SET customer_id = k.customer_id FROM customer_keys k
       WHERE staged_customers.customer_id IS NULL AND email <> '' AND k.kind = 'mail' AND k.scope = email_scope AND k.value = email
       AND NOT (member_id <> '' AND EXISTS (SELECT 1 FROM customer_keys o WHERE o.customer_id = k.customer_id
                AND o.kind = 'member' AND o.scope = member_scope AND o.value <> member_id))""",
    """UPDATE staged_customers SET customer_id = found.id FROM (
           SELECT s.n, min(c.id) AS id FROM staged_customers s JOIN customers c ON c.phone = s.phone
           WHERE s.customer_id IS NULL AND s.same_as IS NULL AND s.phone <> ''
           AND (s.name_fold <> '' AND c.name_fold = s.name_fold OR s.kana_fold <> '' AND c.kana_fold = s.kana_fold)
           AND NOT EXISTS (SELECT 1 FROM customer_keys o WHERE o.customer_id = c.id AND (
               o.kind = 'mail' AND s.email <> '' AND o.scope = s.email_scope AND o.value <> s.email
               OR o.kind = 'member' AND s.member_id <> '' AND o.scope = s.member_scope AND o.value <> s.member_id))
           GROUP BY s.n) AS found
       WHERE staged_customers.n = found.n""",
    "UPDATE staged_customers SET fresh = 1 WHERE customer_id IS NULL AND same_as IS NULL",
    """UPDATE staged_customers SET customer_id = o.customer_id FROM staged_customers o
       WHERE o.n = staged_customers.same_as AND staged_customers.customer_id IS NULL""",
)


def match(session: Session) -> None:
    """Say of every staged person who they are (`customer_id`), or that they are new (`fresh`)."""
    for statement in _MATCH:
        session.execute(text(statement))


def counts(session: Session) -> tuple[int, int]:
    """Return how many distinct staged people are new, and how many the shop knows."""
    said = text(
        "SELECT coalesce(sum(fresh), 0), count(DISTINCT CASE WHEN fresh = 0 THEN customer_id END) FROM staged_customers"
    )
    new, known = session.execute(said).one()
    return int(new), int(known)


def write(session: Session, import_id: int, at: int) -> None:
    """Add the new people and fill what was empty of the known ones, noting both for an undo.

    Args:
        session: Holds the write lock; `match` has run in it.
        import_id: Under which the changes are noted.
        at: The moment of the import in milliseconds.
    """
    _number_the_new(session)
    given = {"import_id": import_id, "at": at}
    columns = ", ".join(FILLED)
    session.execute(
        text(
            f"INSERT INTO customers (id, {columns}, sort_key, search_text, birth_date, birth_month, consent_line, consent_mail, line_state, "
            "source, orders, spent_yen, cancelled_orders, sale_orders, order_months, created_at, changed_at) "
            f"SELECT customer_id, {columns}, sort_key, search_text, {_date(session)}, birth_month, "
            "1 = 1, 1 = 0, 'none', cart, 0, 0, 0, 0, 0, :at, :at FROM staged_customers WHERE fresh = 1 ORDER BY customer_id"
        ),
        given,
    )
    session.execute(
        text(f"INSERT INTO import_changes SELECT :import_id, 'customer', customer_id, NULL {_FRESH}"), given
    )
    _index_the_new(session)
    _fill_the_known(session, given)
    _add_keys(session, given)


_FRESH = "FROM staged_customers WHERE fresh = 1"


def _number_the_new(session: Session) -> None:
    count = session.scalar(text(f"SELECT count(*) {_FRESH}")) or 0
    first = reserve_ids(session, "customers", count)
    session.execute(
        text(
            "UPDATE staged_customers SET customer_id = :first + r.rank - 1 FROM "
            f"(SELECT n, row_number() OVER (ORDER BY n) AS rank {_FRESH}) AS r WHERE r.n = staged_customers.n"
        ),
        {"first": first},
    )
    session.execute(
        text(
            "UPDATE staged_customers SET customer_id = o.customer_id FROM staged_customers o "
            "WHERE o.n = staged_customers.same_as AND o.fresh = 1"
        )
    )


def _index_the_new(session: Session) -> None:
    ready = f"{_FRESH} AND grams <> ''"
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text(f"INSERT INTO customer_search (rowid, grams) SELECT customer_id, grams {ready}"))
    else:
        tsvector = "array_to_tsvector(string_to_array(grams, ' '))"
        session.execute(
            text(f"INSERT INTO customer_search (customer_id, grams) SELECT customer_id, {tsvector} {ready}")
        )
    # Somebody who was known at the preview and is gone now has no grams yet.
    late = session.scalars(text(f"SELECT customer_id {_FRESH} AND grams = ''")).all()
    reindex(session, late)


def _fill_the_known(session: Session, given: dict[str, int]) -> None:
    """Fill empty fields only: what the shop wrote itself stays."""
    on_sqlite = session.get_bind().dialect.name == "sqlite"
    pair, record = ("json_array", "json_object") if on_sqlite else ("jsonb_build_array", "jsonb_build_object")
    empty = " OR ".join(f"c.{name} = '' AND s.{name} <> ''" for name in FILLED)
    images = ", ".join(
        f"'{name}', {pair}(c.{name}, CASE WHEN c.{name} = '' THEN s.{name} ELSE c.{name} END)" for name in FILLED
    )
    source = (
        "FROM customers c JOIN (SELECT customer_id, "
        + ", ".join(f"max({name}) AS {name}" for name in FILLED)
        + ", max(birth_date) AS birth_date, max(birth_month) AS birth_month FROM staged_customers WHERE fresh = 0 "
        "AND customer_id IS NOT NULL GROUP BY customer_id) s ON s.customer_id = c.id "
        f"WHERE ({empty} OR c.birth_date IS NULL AND s.birth_date IS NOT NULL) "
        "AND c.id NOT IN (SELECT customer_id FROM staged_customers WHERE fresh = 1)"
    )
    images += f", 'changed_at', {pair}(c.changed_at, :at)"
    images += f", 'birth_date', {pair}(c.birth_date, coalesce({_date(session, 'c.')}, {_date(session, 's.')}))"
    session.execute(
        text(f"INSERT INTO import_changes SELECT :import_id, 'customer', c.id, {record}({images}) {source}"), given
    )
    filled = ", ".join(
        f"{name} = CASE WHEN customers.{name} = '' THEN s.{name} ELSE customers.{name} END" for name in FILLED
    )
    changed = session.scalars(
        text(
            f"UPDATE customers SET {filled}, birth_date = coalesce(customers.birth_date, {_date(session, 's.')}), "
            "birth_month = coalesce(customers.birth_month, s.birth_month), changed_at = :at, "
            "sort_key = CASE WHEN customers.kana = '' AND s.kana <> '' THEN s.kana_fold ELSE customers.sort_key END FROM "
            f"(SELECT s.* {source}) s WHERE customers.id = s.customer_id RETURNING customers.id"
        ),
        given,
    ).all()
    reindex(session, changed)


def _date(session: Session, of: str = "") -> str:
    """Dates are text on SQLite."""
    return f"{of}birth_date" if session.get_bind().dialect.name == "sqlite" else f"CAST({of}birth_date AS date)"


def _add_keys(session: Session, given: dict[str, int]) -> None:
    said = " UNION ".join(
        f"SELECT '{kind}' AS kind, {scope} AS scope, {value} AS value, customer_id FROM staged_customers "
        f"WHERE {value} <> '' AND customer_id IS NOT NULL"
        for kind, scope, value in (("member", "member_scope", "member_id"), ("mail", "email_scope", "email"))
    )
    more = (
        "SELECT k.kind, k.scope, k.value, c.customer_id FROM staged_keys k JOIN staged_customers c ON c.n = k.n "
        "WHERE c.customer_id IS NOT NULL"
    )
    missing = (
        f"FROM ({said} UNION {more}) w WHERE NOT EXISTS (SELECT 1 FROM customer_keys k WHERE k.kind = w.kind "
        "AND k.scope = w.scope AND k.value = w.value)"
    )
    noted = f"SELECT :import_id, 'key:' || kind || ':' || scope || ':' || value, min(customer_id), NULL {missing}"
    session.execute(text(f"INSERT INTO import_changes {noted} GROUP BY kind, scope, value"), given)
    session.execute(
        text(
            f"INSERT INTO customer_keys SELECT kind, scope, value, min(customer_id) {missing} GROUP BY kind, scope, value"
        )
    )
