"""How a customer goes: merged into another, or forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, select, update

from shopdesk.customers.records import Former
from shopdesk.customers.searching import reindex, unindex
from shopdesk.customers.tables import CustomerKeyRow, CustomerRow, CustomerTagRow, FormerCustomerRow
from shopdesk.customers.typed import EDITED

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from shopdesk.customers.records import PersonPart


def merge(session: Session, keep: CustomerRow, other: CustomerRow, parts: Iterable[PersonPart], now: datetime) -> None:
    """Give `keep` all that `other` has, and remove `other`. What `keep` says stays; its blanks are filled."""
    for part in parts:
        part.move(session, keep.id, other.id)
    # The other's row goes first: two rows may not own one key or one tag.
    session.execute(update(CustomerKeyRow).where(CustomerKeyRow.customer_id == other.id).values(customer_id=keep.id))
    carried = select(CustomerTagRow.tag_id).where(CustomerTagRow.customer_id == keep.id)
    of_other = CustomerTagRow.customer_id == other.id
    session.execute(delete(CustomerTagRow).where(of_other, CustomerTagRow.tag_id.in_(carried)))
    session.execute(update(CustomerTagRow).where(of_other).values(customer_id=keep.id))
    session.execute(update(CustomerRow).where(CustomerRow.id == keep.id).values(**_filled(keep, other), changed_at=now))
    _note(session, other, became=keep.id, now=now)
    session.execute(delete(CustomerRow).where(CustomerRow.id == other.id))
    reindex(session, [keep.id, other.id])


def _filled(keep: CustomerRow, other: CustomerRow) -> dict[str, Any]:
    """The blanks of `keep` from `other`; both notes; an opt-out of either holds for both."""
    filled = {name: getattr(other, name) for name in EDITED if not getattr(keep, name)}
    for name, folded in (("name", "name_fold"), ("kana", "kana_fold"), ("birth_date", "birth_month")):
        if name in filled:
            filled[folded] = getattr(other, folded)
    filled["sort_key"] = filled.get("kana_fold", keep.kana_fold) or filled.get("name_fold", keep.name_fold)
    if keep.note and other.note and other.note != keep.note:
        filled["note"] = f"{keep.note}\n{other.note}"
    return filled | {
        "consent_line": keep.consent_line and other.consent_line,
        "consent_mail": keep.consent_mail and other.consent_mail,
    }


def erase(session: Session, row: CustomerRow, parts: Iterable[PersonPart], now: datetime) -> None:
    """Remove the person from every table and the index; keep only that this id is gone."""
    for part in parts:
        part.erase(session, row.id)
    _note(session, row, became=None, now=now)
    session.execute(delete(CustomerKeyRow).where(CustomerKeyRow.customer_id == row.id))
    session.execute(delete(CustomerTagRow).where(CustomerTagRow.customer_id == row.id))
    session.execute(delete(CustomerRow).where(CustomerRow.id == row.id))
    unindex(session, [row.id])


def _note(session: Session, row: CustomerRow, *, became: int | None, now: datetime) -> None:
    former = FormerCustomerRow
    session.execute(update(former).where(former.became == row.id).values(became=became))
    session.execute(insert(former).values(customer_id=row.id, created_at=row.created_at, became=became, at=now))


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
