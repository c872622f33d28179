"""What another feature learns about a person: tags and the shop's own fields, written in its transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from sqlalchemy import insert, select

from shopdesk.customers import own_fields, tagging
from shopdesk.customers.tables import OwnFieldRow
from shopdesk.errors import InvalidInputError
from shopdesk.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy.orm import Session

    from shopdesk.customers.records import FieldKind


def mark(session: Session, customer_id: int, tags: Iterable[str], fields: Mapping[str, str]) -> list[str]:
    """Put tags on a person and write what they have in own fields, by the fields' names; return what was written, as it is recorded.

    A field that is not there any more, or of another kind than the value, is left as it is.
    """
    written = []
    names = list(dict.fromkeys(map(tagging.tag_name, tags)))
    for name in names:
        tagging.put(session, tagging.tag_id(session, name), [customer_id])
    if names:
        written.append("tags")
    row = OwnFieldRow
    for found in session.scalars(select(row).where(row.name.in_(list(fields)))):
        try:
            value = own_fields.as_kept(cast("FieldKind", found.kind), fields[found.name])
        except InvalidInputError:
            continue
        own_fields.put(session, found.id, {customer_id: value})
        written.append(f"own:{found.id}")
    return written


def require_field(session: Session, name: str, kind: FieldKind) -> int | None:
    """Be sure that there is an own field of this name and kind; return its id where it was made for that.

    Raises:
        InvalidInputError: there is one of another kind.
    """
    row = OwnFieldRow
    found = session.scalar(select(row).where(row.name == name))
    if found is None:
        return session.execute(insert(row).values(name=name, kind=kind).returning(row.id)).scalar_one()
    if found.kind not in {kind, "text"}:
        said = _("The field “{name}” does not take such an answer. Choose another field.")
        raise InvalidInputError(said.format(name=name))
    return None
