"""Taking back what an import did to customers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, or_, select, text

from shopdesk.customers.consents import CHANNELS, COLUMN_OF, is_stopped, opted_out
from shopdesk.customers.images import as_kept, as_written
from shopdesk.customers.searching import reindex
from shopdesk.customers.tables import (
    CustomerKeyRow,
    CustomerRelationRow,
    CustomerRow,
    CustomerTagRow,
    OwnValueRow,
    StoppedCustomerRow,
)
from shopdesk.database import portions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session


def remove_untouched(session: Session, customer_ids: Sequence[int], since: datetime) -> int:
    """Delete the people who have nothing of their own since `since`, and return how many went.

    An edit, a tag, an own field, an order, a LINE friend, somebody they belong to or a stop of use keeps a person.
    """
    own = (
        CustomerTagRow.customer_id,
        OwnValueRow.customer_id,
        StoppedCustomerRow.customer_id,
        CustomerRelationRow.one_id,
        CustomerRelationRow.other_id,
    )
    gone: list[int] = []
    for ids in portions(customer_ids):
        untouched = (
            CustomerRow.id.in_(ids),
            CustomerRow.changed_at == since,
            CustomerRow.first_order_at.is_(None),
            CustomerRow.cancelled_orders == 0,
            CustomerRow.line_state == "none",
            *(CustomerRow.id.not_in(select(one).where(one.in_(ids))) for one in own),
        )
        gone += session.scalars(delete(CustomerRow).where(*untouched).returning(CustomerRow.id)).all()
    if session.get_bind().dialect.name == "sqlite":
        for one in gone:  # PostgreSQL's index rows go with their customers
            session.execute(text("DELETE FROM customer_search WHERE rowid = :id"), {"id": one})
    return len(gone)


def count(session: Session, customer_ids: Sequence[int]) -> int:
    """Return how many of these people there are."""
    found = (select(func.count()).where(CustomerRow.id.in_(ids)) for ids in portions(customer_ids))
    return sum(session.scalar(one) or 0 for one in found)


def restore(session: Session, customer_id: int, image: Mapping[str, Any]) -> None:
    """Give a person the old values back where they still are the import's.

    Args:
        session: The undo's transaction.
        customer_id: Whom.
        image: Of each field the value before and after the import.
    """
    row = session.get(CustomerRow, customer_id)
    if row is None:
        return
    changed = {name: pair for name, pair in image.items() if pair[0] != pair[1]}
    kept = {
        name
        for name, (before, after) in changed.items()
        if as_written(getattr(row, name)) != after or (before and _refused_since(session, customer_id, name))
    }
    for name in changed.keys() - kept:
        setattr(row, name, as_kept(name, changed[name][0]))
    row.birth_month = row.birth_date.month if row.birth_date else None
    row.sort_key = row.kana_fold or row.name_fold
    session.flush()
    reindex(session, [customer_id])


def _refused_since(session: Session, customer_id: int, name: str) -> bool:
    """Say whether a field is a consent with a no of the person's own, or a stop of use: no undo lifts these."""
    channel = next((one for one in CHANNELS if COLUMN_OF[one].key == name), None)
    return channel is not None and (is_stopped(session, customer_id) or opted_out(session, customer_id, channel))


def remove_key(session: Session, customer_id: int, kind: str, scope: str, value: str) -> None:
    """Forget what identifies somebody by what an import said, unless it is the mail address they still have."""
    key = CustomerKeyRow
    address = select(CustomerRow.email).where(CustomerRow.id == customer_id).scalar_subquery()
    named = (key.customer_id == customer_id, key.kind == kind, key.scope == scope, key.value == value)
    session.execute(delete(key).where(*named, or_(key.kind != "mail", key.value != address)))
