"""What every part of the coupons works with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shopdesk.changes import Topic

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from shopdesk.changes import Changes
    from shopdesk.clock import Clock
    from shopdesk.customers import Customers
    from shopdesk.database import Database
    from shopdesk.staff import Staff


@dataclass(frozen=True)
class Office:
    """The database, the time, who acts, who is to be told, and whose coupons they are."""

    database: Database
    clock: Clock
    staff: Staff
    changes: Changes
    customers: Customers

    def now(self, session: Session) -> datetime:
        """Return the moment by which coupons begin and end: where several tills share a database, the same for all."""
        return self.database.now(session, self.clock)

    def tell(self) -> None:
        """Say that coupons have changed."""
        self.changes.tell(Topic.COUPONS)
