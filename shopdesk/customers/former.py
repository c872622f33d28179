"""Customer ids that are gone: whom they became, or that they were forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select, update

from shopdesk.customers.records import Former
from shopdesk.customers.tables import CustomerRow, FormerCustomerRow

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy.orm import Session


def note_gone(session: Session, row: CustomerRow, *, became: int | None, now: datetime) -> None:
    """Remember that this id is gone: `became` another customer, or forgotten (None)."""
    former = FormerCustomerRow
    session.execute(update(former).where(former.became == row.id).values(became=became))
    session.execute(insert(former).values(customer_id=row.id, created_at=row.created_at, became=became, at=now))


def today(session: Session, customer_id: int) -> int | None:
    """Return who a customer is now: themselves, whoever they were merged into, or None where they are gone."""
    former = FormerCustomerRow
    if session.scalar(select(CustomerRow.id).where(CustomerRow.id == customer_id)) is not None:
        return customer_id
    newest = select(former.became).where(former.customer_id == customer_id).order_by(former.created_at.desc())
    return session.scalar(newest.limit(1))


def forgotten(session: Session) -> list[Former]:
    """Return everybody who was erased, and every id that had been merged into them."""
    former = FormerCustomerRow
    chosen = select(former).where(former.became.is_(None)).order_by(former.at, former.customer_id)
    return [Former(row.customer_id, row.created_at, row.became) for row in session.scalars(chosen)]


def still_here(session: Session, gone: Iterable[Former]) -> list[int]:
    """Return those of the forgotten who are in the tables again, after a restore."""
    row = CustomerRow
    found = (
        session.scalar(select(row.id).where(row.id == one.customer_id, row.created_at == one.created_at))
        for one in gone
    )
    return [one for one in found if one is not None]


def remember_gone(session: Session, gone: Iterable[Former], now: datetime) -> None:
    """Note people as forgotten whom another copy of the database had forgotten."""
    former = FormerCustomerRow
    for one in gone:
        same = (former.customer_id == one.customer_id, former.created_at == one.created_at)
        if session.scalar(select(func.count()).select_from(former).where(*same)):
            session.execute(update(former).where(*same).values(became=None))
        else:
            values = {"customer_id": one.customer_id, "created_at": one.created_at, "became": None, "at": now}
            session.execute(insert(former).values(**values))
