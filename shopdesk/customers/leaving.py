"""How a customer is forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete

from shopdesk.customers import merging
from shopdesk.customers.former import note_gone
from shopdesk.customers.pairs import touching
from shopdesk.customers.searching import unindex
from shopdesk.customers.tables import (
    BulkImageRow,
    ConsentRow,
    CustomerKeyRow,
    CustomerRelationRow,
    CustomerRow,
    CustomerTagRow,
    DistinctPeopleRow,
    OwnValueRow,
    StoppedCustomerRow,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from shopdesk.customers.records import PersonPart

_OF_ONE = (CustomerKeyRow, CustomerTagRow, OwnValueRow, ConsentRow, StoppedCustomerRow, BulkImageRow)
_OF_TWO = (DistinctPeopleRow, CustomerRelationRow)


def erase(session: Session, row: CustomerRow, parts: Iterable[PersonPart], now: datetime) -> None:
    """Remove the person from every table and the index; keep only that this id is gone."""
    for part in parts:
        part.erase(session, row.id)
    note_gone(session, row, became=None, now=now)
    merging.forget(session, row.id)
    for table in _OF_ONE:
        session.execute(delete(table).where(table.customer_id == row.id))
    for pair in _OF_TWO:
        session.execute(delete(pair).where(touching(pair, row.id)))
    session.execute(delete(CustomerRow).where(CustomerRow.id == row.id))
    unindex(session, [row.id])
