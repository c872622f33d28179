"""What every part of the cards works with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shopdesk.changes import Topic

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from shopdesk.changes import Changes
    from shopdesk.clock import Clock
    from shopdesk.coupons import Coupons
    from shopdesk.customers import Customers
    from shopdesk.database import Database
    from shopdesk.staff import Staff


@dataclass(frozen=True)
class Office:
    """The database, the time, who acts, who is to be told, the customers and what gives them coupons."""

    database: Database
    clock: Clock
    staff: Staff
    changes: Changes
    customers: Customers
    coupons: Coupons

    def now(self, session: Session) -> datetime:
        """Return the time that decides for the cards."""
        return self.database.now(session, self.clock)

    def tell(self) -> None:
        """Tell that cards have changed, and the coupons with them."""
        self.changes.tell(Topic.CARDS, Topic.COUPONS)
