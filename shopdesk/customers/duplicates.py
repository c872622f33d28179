"""Who may be one person, for somebody to decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from shopdesk.customers.identity import Known, likeness
from shopdesk.customers.keys import known, with_phone
from shopdesk.customers.records import Duplicate
from shopdesk.customers.searching import matches
from shopdesk.customers.tables import CustomerRow
from shopdesk.customers.views import customers

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def alike(session: Session, person: Known, limit: int) -> list[Duplicate]:
    """Return who shares a phone, name or kana with this person, the likeliest first."""
    row = CustomerRow
    near = {one.id for one in with_phone(session, person.phone)}
    if person.name_fold:
        match = matches(session, person.name_fold)
        if match.rare:
            near |= set(session.scalars(select(row.id).where(*match.collected, row.name_fold == person.name_fold)))
    if person.kana_fold:
        near |= set(session.scalars(select(row.id).where(row.sort_key == person.kana_fold).limit(limit * 10)))
    scored = {one.id: likeness(person, one) for one in known(session, sorted(near - {person.id}))}
    best = sorted((one for one in scored if scored[one][0] > 0), key=lambda one: (-scored[one][0], one))[:limit]
    return [Duplicate(one, *scored[one.id]) for one in customers(session, best)]
