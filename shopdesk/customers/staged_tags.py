"""The tags of an import: what our own file of customers says people carry, put on them; and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

_SAID = (
    "SELECT DISTINCT c.customer_id, t.id AS tag_id FROM staged_tags s JOIN staged_customers c ON c.n = s.n "
    "JOIN tags t ON t.name = s.name WHERE c.customer_id IS NOT NULL"
)
_CARRIED = "EXISTS (SELECT 1 FROM customer_tags o WHERE o.customer_id = w.customer_id AND o.tag_id = w.tag_id)"
_OTHERS = (
    "FROM customer_tags w WHERE w.customer_id IN (SELECT c.customer_id FROM staged_tags s JOIN staged_customers c ON c.n = s.n) "
    f"AND NOT EXISTS (SELECT 1 FROM ({_SAID}) o WHERE o.customer_id = w.customer_id AND o.tag_id = w.tag_id)"
)


def write(session: Session, import_id: int, policies: Mapping[str, str]) -> None:
    """Put the staged tags on people, noting it for an undo; `customers.staged.write` has said who they are.

    Args:
        session: Holds the write lock.
        import_id: Under which the changes are noted.
        policies: `customer.tags` adds unless it is `replace`: then other tags go from whoever has tags in the file; or `keep`:
            then only new people get theirs.
    """
    policy, given = policies.get("customer.tags", "fill"), {"import_id": import_id}
    new = "SELECT DISTINCT name FROM staged_tags WHERE name NOT IN (SELECT name FROM tags) ORDER BY name"
    session.execute(text(f"INSERT INTO tags (name) {new}"))
    if policy == "replace":
        noted = f"SELECT :import_id, 'tag:' || w.tag_id, w.customer_id, '{{}}' {_OTHERS}"
        session.execute(text(f"INSERT INTO import_changes {noted}"), given)
        gone = (
            "SELECT 1 FROM import_changes i WHERE i.import_id = :import_id AND i.object_id = customer_tags.customer_id"
        )
        session.execute(
            text(f"DELETE FROM customer_tags WHERE EXISTS ({gone} AND i.object = 'tag:' || customer_tags.tag_id)"),
            given,
        )
    missing = f"FROM ({_SAID}{' AND c.fresh = 1' if policy == 'keep' else ''}) w WHERE NOT {_CARRIED}"
    noted = f"SELECT :import_id, 'tag:' || w.tag_id, w.customer_id, NULL {missing}"
    session.execute(text(f"INSERT INTO import_changes {noted}"), given)
    session.execute(text(f"INSERT INTO customer_tags (tag_id, customer_id) SELECT w.tag_id, w.customer_id {missing}"))


def undo(session: Session, import_id: int) -> None:
    """Take off what an import put on, and put back what it took off."""
    given = {"import_id": import_id}
    changed = "SELECT 1 FROM import_changes i WHERE i.import_id = :import_id AND i.before IS NULL"
    of_it = "i.object_id = customer_tags.customer_id AND i.object = 'tag:' || customer_tags.tag_id"
    session.execute(text(f"DELETE FROM customer_tags WHERE EXISTS ({changed} AND {of_it})"), given)
    taken = (
        "SELECT w.tag_id, w.customer_id FROM (SELECT t.id AS tag_id, c.id AS customer_id FROM import_changes i "
        "JOIN tags t ON i.object = 'tag:' || t.id JOIN customers c ON c.id = i.object_id "
        "WHERE i.import_id = :import_id AND i.before IS NOT NULL) w"
    )
    session.execute(text(f"INSERT INTO customer_tags (tag_id, customer_id) {taken} WHERE NOT {_CARRIED}"), given)
