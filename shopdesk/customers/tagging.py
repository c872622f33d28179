"""Putting a tag on many people at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from shopdesk.customers.tables import CustomerRow, CustomerTagRow
from shopdesk.customers.views import stored

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session


def put(session: Session, tag_id: int, ids: Sequence[int]) -> list[int]:
    """Put a tag on these few hundred and return those who did not carry it; raise NotFoundError where one is gone."""
    wanted = list(dict.fromkeys(ids))
    here = set(session.scalars(select(CustomerRow.id).where(CustomerRow.id.in_(wanted))))
    for one in wanted:
        if one not in here:
            stored(session, one)
    row = CustomerTagRow
    carrying = set(session.scalars(select(row.customer_id).where(row.tag_id == tag_id, row.customer_id.in_(wanted))))
    fresh = [one for one in wanted if one not in carrying]
    if fresh:
        session.execute(insert(row), [{"tag_id": tag_id, "customer_id": one} for one in fresh])
    return fresh
