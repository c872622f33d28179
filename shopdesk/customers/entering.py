"""A new customer's row, and the sign that somebody has something of their own."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert

from shopdesk import japanese
from shopdesk.customers.identity import folds
from shopdesk.customers.searching import reindex
from shopdesk.customers.tables import CustomerRow
from shopdesk.customers.typed import EDITED

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

BY_HAND = "shop"
"""The `cart` of what staff typed in: member ids and masked mails of it belong to the shop itself."""


def put(session: Session, values: dict[str, Any], now: datetime) -> int:
    """Store a customer who was added by hand: what is written about them, and nothing bought yet. Return their id."""
    blank = {
        "search_text": "",
        "consent_line": True,
        "consent_mail": False,
        "line_state": "none",
        "source": BY_HAND,
        **dict.fromkeys(("orders", "spent_yen", "cancelled_orders", "sale_orders", "order_months"), 0),
        "created_at": now,
        "changed_at": now,
    }
    return session.execute(insert(CustomerRow).values(**values, **blank).returning(CustomerRow.id)).scalar_one()


def named(session: Session, name: str, now: datetime) -> int:
    """Store somebody of whom no more is known than a name, or nothing; return their id."""
    said = japanese.name(name)
    values = dict.fromkeys(EDITED, "") | {"birth_date": None, "birth_month": None}
    made = put(session, {**values, "name": said, **folds(said, "")._asdict()}, now)
    reindex(session, [made])
    return made


def touch(row: CustomerRow, now: datetime) -> None:
    """Give a row a time of change that it did not have: undoing an import looks at that."""
    row.changed_at = max(now, row.changed_at + timedelta(milliseconds=1))
