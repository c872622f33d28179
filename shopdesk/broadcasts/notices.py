"""Whom a broadcast tells that points of their shop card expire soon (`telling` makes it)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import false, select

from shopdesk.broadcasts.tables import RecipientRow
from shopdesk.cards import to_tell, told
from shopdesk.customers.tables import CustomerRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

AUDIENCE = "notice"


def people(session: Session, now: datetime) -> Select[Any]:
    """Return the customers who are to be told now; nobody where that was turned off meanwhile."""
    found = to_tell(session, now)
    return select(CustomerRow.id).where(false()) if found is None else found


def note(session: Session, broadcast_id: int) -> None:
    """Note, in the transaction of the freeze, that those who get it are told."""
    person = RecipientRow
    told(session, select(person.customer_id).where(person.broadcast_id == broadcast_id, person.state == "waiting"))
