"""The own fields of an import: what a file says stands in them, written; and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from shopdesk.customers.own_fields import put, values_of
from shopdesk.customers.tables import OwnFieldRow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

_SAID = (
    "SELECT c.customer_id, f.id AS field_id, max(s.value) AS value, max(s.latest) AS latest, max(c.fresh) AS fresh FROM staged_own s "
    "JOIN staged_customers c ON c.n = s.n JOIN own_fields f ON f.name = s.name AND f.kind IN (s.kind, 'text') "
    "WHERE c.customer_id IS NOT NULL GROUP BY c.customer_id, f.id"
)
_NEWS = {
    "fill": "(o.value IS NULL OR w.latest = 1 AND o.value <> w.value)",
    "replace": "(o.value IS NULL OR o.value <> w.value)",
    "keep": "o.value IS NULL AND w.fresh = 1",
}


# Said again of a field that an earlier import wrote: an undo of that one leaves it.
_AGAIN = (
    "o.value = w.value AND ('own:' || w.field_id, w.customer_id) IN "
    "(SELECT object, object_id FROM import_changes WHERE object LIKE 'own:%')"
)


def write(session: Session, import_id: int, policies: Mapping[str, str]) -> None:
    """Write the staged values, noting what was there for an undo; `customers.staged.write` has said who the people are.

    A field that the shop lacks is made; into one of another kind than the file's only text takes them.

    Args:
        session: Holds the write lock.
        import_id: Under which the changes are noted.
        policies: `customer.own` fills what is empty unless it is `replace`, or `keep`: then only new people get theirs. What is
            told anew each time, as points, is replaced where it would be filled.
    """
    on_sqlite = session.get_bind().dialect.name == "sqlite"
    pair, record = ("json_array", "json_object") if on_sqlite else ("jsonb_build_array", "jsonb_build_object")
    new = "FROM staged_own WHERE name NOT IN (SELECT name FROM own_fields) GROUP BY name ORDER BY name"
    session.execute(text(f"INSERT INTO own_fields (name, kind) SELECT name, min(kind) {new}"))
    policy = policies.get("customer.own", "fill")
    found = (
        f"FROM ({_SAID}) w LEFT JOIN own_values o ON o.field_id = w.field_id AND o.customer_id = w.customer_id "
        f"WHERE {_NEWS[policy]}" + (f" OR {_AGAIN}" if policy != "keep" else "")
    )
    image = f"{record}('value', {pair}(coalesce(o.value, ''), w.value))"
    noted = f"SELECT :import_id, 'own:' || w.field_id, w.customer_id, {image} {found}"
    session.execute(text(f"INSERT INTO import_changes {noted}"), {"import_id": import_id})
    written = f"INSERT INTO own_values (field_id, customer_id, value) SELECT w.field_id, w.customer_id, w.value {found}"
    session.execute(text(f"{written} ON CONFLICT (field_id, customer_id) DO UPDATE SET value = excluded.value"))


def restore(session: Session, customer_id: int, image: Mapping[str, Any], *, field_id: int) -> None:
    """Give a person back what stood in a field where the import's value still does.

    Args:
        session: The undo's transaction.
        customer_id: Whose.
        image: `value`: before the import ('' for nothing) and after it; empty where a later import said it, too.
        field_id: Of which field.
    """
    if not image or session.get(OwnFieldRow, field_id) is None:
        return
    before, after = image["value"]
    if values_of(session, field_id, [customer_id]).get(customer_id, "") == after:
        put(session, field_id, {customer_id: before})
