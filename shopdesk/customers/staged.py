"""The customers' part of an import: match the staged people with those the shop knows, add the new, fill what was empty.

The tables `staged_*` are made by `shopdesk.imports.staging`. Everything is set-based: the write lock is held for a moment only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

from shopdesk.customers import staged_consents
from shopdesk.customers.policies import OPTED_OUT, TEXTS, changes
from shopdesk.customers.searching import reindex
from shopdesk.database import portions, reserve_ids

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

_OTHERS = ("birth_date", "birth_month", "consent_line", "consent_mail")

# Whom a file of our own names: by a key, or by number and moment of creation where nothing else identifies them.
_ITSELF = "c.id = CASE WHEN k.kind = 'person' THEN CAST(k.value AS BIGINT) END AND CAST(c.created_at AS TEXT) = k.scope"
# Identity (CONTRIBUTING, "Decisions"): a member id within its cart; then the mail, unless that person is another member of the
# same cart; then a phone whose name or kana agrees, unless mails or member ids contradict.
_MATCH = (
    "UPDATE staged_customers SET customer_id = NULL, fresh = 0 WHERE customer_id IS NOT NULL OR fresh = 1",
    """UPDATE staged_customers SET customer_id = found.id FROM (
           SELECT s.n, min(k.customer_id) AS id FROM staged_keys s JOIN customer_keys k
           ON k.kind = s.kind AND k.scope = s.scope AND k.value = s.value GROUP BY s.n) AS found
       WHERE staged_customers.n = found.n""",
    f"""UPDATE staged_customers SET customer_id = c.id FROM staged_keys k JOIN customers c ON {_ITSELF}
       WHERE k.n = staged_customers.n AND staged_customers.customer_id IS NULL""",
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


def write(session: Session, import_id: int, at: int, actor: str, policies: Mapping[str, str]) -> None:
    """Add the new people and change the known ones as the policies say, noting both for an undo.

    Args:
        session: Holds the write lock; `match` has run in it.
        import_id: Under which the changes are noted.
        at: The moment of the import in milliseconds.
        actor: Who imports: it stands in the proofs of consent.
        policies: By field, `fill` what is empty (as where it is not named), `replace` or `keep`.
    """
    _number_the_new(session)
    given = {"import_id": import_id, "at": at}
    columns = ", ".join(TEXTS)
    session.execute(text(_SHARED_CONSENT))
    session.execute(
        text(
            f"INSERT INTO customers (id, {columns}, sort_key, search_text, birth_date, birth_month, consent_line, consent_mail, line_state, "
            "source, orders, spent_yen, cancelled_orders, sale_orders, order_months, created_at, changed_at) "
            f"SELECT customer_id, {columns}, sort_key, search_text, {_date(session)}, birth_month, "
            f"consent_line <> {OPTED_OUT}, consent_mail = 1, 'none', cart, 0, 0, 0, 0, 0, :at, :at "
            f"{_FRESH} ORDER BY customer_id"
        ),
        given,
    )
    session.execute(
        text(f"INSERT INTO import_changes SELECT :import_id, 'customer', customer_id, NULL {_FRESH}"), given
    )
    _index_the_new(session)
    proof = staged_consents.Proof(import_id, at, actor)
    staged_consents.prove_the_new(session, proof)
    _change_the_known(session, given, policies, proof)
    _add_keys(session, given)


_FRESH = "FROM staged_customers WHERE fresh = 1"
# A refusal on any row of a new person is the person's.
_SHARED_CONSENT = """UPDATE staged_customers SET
    consent_line = CASE WHEN d.consent_line > staged_customers.consent_line THEN d.consent_line ELSE staged_customers.consent_line END,
    consent_mail = CASE WHEN d.consent_mail > staged_customers.consent_mail THEN d.consent_mail ELSE staged_customers.consent_mail END
    FROM (SELECT same_as, max(consent_line) AS consent_line, max(consent_mail) AS consent_mail FROM staged_customers
          WHERE same_as IS NOT NULL AND (consent_line > 0 OR consent_mail > 0) GROUP BY same_as) d
    WHERE staged_customers.n = d.same_as"""


_CHANGED_BEFORE = "SELECT object_id FROM import_changes WHERE object = 'customer' AND before <> '{}'"


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


def _change_the_known(
    session: Session, given: dict[str, int], policies: Mapping[str, str], proof: staged_consents.Proof
) -> None:
    """Fill empty fields only, unless a policy says otherwise: what the shop wrote itself stays.

    What a file says again is noted, too, of people whom an earlier import changed: an undo of that one leaves it.
    """
    on_sqlite = session.get_bind().dialect.name == "sqlite"
    pair, record = ("json_array", "json_object") if on_sqlite else ("jsonb_build_array", "jsonb_build_object")
    as_json = "json" if on_sqlite else ""
    made = changes(policies, born=_date(session, "s."))
    brought = ", ".join(f"max({name}) AS {name}" for name in (*TEXTS, *_OTHERS))
    known = (
        "WHERE fresh = 0 AND customer_id IS NOT NULL "
        "AND customer_id NOT IN (SELECT customer_id FROM staged_customers WHERE fresh = 1)"
    )
    staged = f"(SELECT customer_id, {brought} FROM staged_customers {known} GROUP BY customer_id) s"
    news = " OR ".join(f"({one.news})" for one in made)
    said = [(one.name, one.value, f"({one.news}) OR ({one.same})") for one in made if one.name != "birth_month"]
    said.append(("changed_at", ":at", news))
    images = ", ".join(
        f"'{name}', {as_json}(CASE WHEN {noted} THEN {pair}(c.{name}, {value}) END)" for name, value, noted in said
    )
    again = f"c.id IN ({_CHANGED_BEFORE}) AND ({' OR '.join(f'({one.same})' for one in made)})"
    session.execute(
        text(
            f"INSERT INTO import_changes SELECT :import_id, 'customer', c.id, {record}({images}) "
            f"FROM customers c JOIN {staged} ON s.customer_id = c.id WHERE {news} OR {again}"
        ),
        given,
    )
    session.execute(
        text(
            f"INSERT INTO import_changes SELECT DISTINCT :import_id, 'customer', customer_id, '{{}}' FROM staged_customers {known} "
            "AND customer_id NOT IN (SELECT object_id FROM import_changes WHERE import_id = :import_id AND object = 'customer')"
        ),
        given,
    )
    staged_consents.prove_the_known(session, proof, staged)
    values = ", ".join(f"{one.name} = {one.value}" for one in made)
    changed = session.scalars(
        text(
            f"UPDATE customers AS c SET {values}, changed_at = :at FROM {staged} "
            f"WHERE s.customer_id = c.id AND ({news}) RETURNING id"
        ),
        given,
    ).all()
    for ids in portions(changed):
        sorted_by = "CASE WHEN kana_fold <> '' THEN kana_fold ELSE name_fold END"
        session.execute(text(f"UPDATE customers SET sort_key = {sorted_by} WHERE id IN ({','.join(map(str, ids))})"))
    reindex(session, changed)


def _date(session: Session, of: str = "") -> str:
    """Dates are text on SQLite."""
    return f"{of}birth_date" if session.get_bind().dialect.name == "sqlite" else f"CAST({of}birth_date AS date)"


def _add_keys(session: Session, given: dict[str, int]) -> None:
    said = " UNION ALL ".join(
        f"SELECT '{kind}' AS kind, {scope} AS scope, {value} AS value, customer_id FROM staged_customers "
        f"WHERE {value} <> '' AND customer_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM staged_keys k "
        f"WHERE k.kind = '{kind}' AND k.scope = {scope} AND k.value = {value})"
        for kind, scope, value in (("member", "member_scope", "member_id"), ("mail", "email_scope", "email"))
    )
    more = (
        "SELECT k.kind, k.scope, k.value, s.customer_id FROM staged_keys k JOIN staged_customers s ON s.n = k.n "
        f"WHERE s.customer_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM customers c WHERE c.id = s.customer_id AND {_ITSELF})"
    )
    stated = f"SELECT kind, scope, value, min(customer_id) AS customer_id FROM ({said} UNION {more}) w GROUP BY kind, scope, value"
    there = "customer_keys k WHERE k.kind = w.kind AND k.scope = w.scope AND k.value = w.value"
    noted = f"""SELECT :import_id, 'key:' || kind || ':' || scope || ':' || value,
        coalesce((SELECT k.customer_id FROM {there}), customer_id), CASE WHEN EXISTS (SELECT 1 FROM {there}) THEN '{{}}' END
        FROM ({stated}) w"""
    session.execute(text(f"INSERT INTO import_changes {noted}"), given)
    missing = f"SELECT kind, scope, value, customer_id FROM ({stated}) w WHERE NOT EXISTS (SELECT 1 FROM {there})"
    session.execute(text(f"INSERT INTO customer_keys {missing}"))
