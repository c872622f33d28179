"""What stands on the cards of many people, for messages to them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from shopdesk.cards.book import movements
from shopdesk.cards.ledger import Ledger
from shopdesk.cards.records import Balance
from shopdesk.cards.tables import LIVE, CardRow
from shopdesk.database import portions

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session


def balances(session: Session, customers: Collection[int], *, expiring: bool = True) -> dict[int, Balance]:
    """Return what each of these customers has who has a card; how many points expire next only where that is asked for."""
    row = CardRow
    found: dict[int, Balance] = {}
    for some in portions(list(customers)):
        theirs = select(row.id, row.customer_id, row.balance, row.expires_at)
        for one in session.execute(theirs.where(row.state == LIVE, row.customer_id.in_(some))).all():
            lapsing = 0
            if expiring and one.expires_at is not None:
                lapsing = Ledger(movements(session, one.id)).lapsed(one.expires_at)
            last = None if one.expires_at is None else one.expires_at - timedelta(seconds=1)
            found[one.customer_id] = Balance(one.balance, lapsing, last)
    return found
