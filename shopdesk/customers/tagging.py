"""Tags on many people at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select

from shopdesk import japanese
from shopdesk.customers.records import Tag
from shopdesk.customers.tables import CustomerRow, CustomerTagRow, TagRow
from shopdesk.customers.views import stored
from shopdesk.errors import InvalidInputError
from shopdesk.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

LONGEST = 50
"""Characters of a tag's name: it is drawn on one line beside others."""


def tag_name(typed: str) -> str:
    """Return a tag's name as it is kept. Raises InvalidInputError where there is none, or a whole text."""
    name = japanese.tidy(typed)
    if not name:
        raise InvalidInputError(_("Write a name for the tag."))
    if len(name) > LONGEST:
        raise InvalidInputError(_("A tag's name has {most} characters at most.").format(most=LONGEST))
    return name


def tag_id(session: Session, name: str) -> int:
    """Return the id of a tag; a new name makes a new tag."""
    found = session.scalar(select(TagRow.id).where(TagRow.name == name))
    return found or session.execute(insert(TagRow).values(name=name).returning(TagRow.id)).scalar_one()


def counted(session: Session) -> list[Tag]:
    """Return every tag with the number of people who carry it, by name."""
    carried = func.count(CustomerTagRow.customer_id)
    chosen = select(TagRow.name, carried).outerjoin(CustomerTagRow, CustomerTagRow.tag_id == TagRow.id)
    found = (Tag(*row) for row in session.execute(chosen.group_by(TagRow.name)))
    return sorted(found, key=lambda tag: tag.name)


def put(session: Session, tag: int, ids: Sequence[int]) -> list[int]:
    """Put a tag on these few hundred and return those who did not carry it; raise NotFoundError where one is gone."""
    wanted = list(dict.fromkeys(ids))
    here = set(session.scalars(select(CustomerRow.id).where(CustomerRow.id.in_(wanted))))
    for one in wanted:
        if one not in here:
            stored(session, one)
    row = CustomerTagRow
    carrying = set(session.scalars(select(row.customer_id).where(row.tag_id == tag, row.customer_id.in_(wanted))))
    fresh = [one for one in wanted if one not in carrying]
    if fresh:
        session.execute(insert(row), [{"tag_id": tag, "customer_id": one} for one in fresh])
    return fresh


def take(session: Session, name: str, ids: Sequence[int]) -> list[int]:
    """Take a tag off these few hundred and return those who carried it."""
    row, tagged = CustomerTagRow, select(TagRow.id).where(TagRow.name == name)
    gone = delete(row).where(row.tag_id.in_(tagged), row.customer_id.in_(ids)).returning(row.customer_id)
    return list(session.scalars(gone))
