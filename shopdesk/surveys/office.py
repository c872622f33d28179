"""What every part of the surveys works with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shopdesk.changes import Topic

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from shopdesk.cards import Cards
    from shopdesk.changes import Changes
    from shopdesk.clock import Clock
    from shopdesk.coupons import Coupons
    from shopdesk.customers import Customers
    from shopdesk.database import Database
    from shopdesk.staff import Staff


@dataclass(frozen=True)
class Office:
    """The database, the time, who acts, who is to be told, and what answers lead to."""

    database: Database
    clock: Clock
    staff: Staff
    changes: Changes
    customers: Customers
    coupons: Coupons
    cards: Cards

    def now(self, session: Session) -> datetime:
        """Return the moment by which surveys open and close: where computers share a database, the same for all."""
        return self.database.now(session, self.clock)

    def tell(self, *, gave: bool = False) -> None:
        """Say that surveys have changed; with `gave` also what a finished one gives: tags, fields, coupons, points."""
        others = (Topic.CUSTOMERS, Topic.COUPONS, Topic.CARDS) if gave else ()
        self.changes.tell(Topic.SURVEYS, *others)
