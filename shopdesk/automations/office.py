"""What every part of the automations works with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shopdesk.changes import Topic

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from shopdesk.broadcasts import Steps
    from shopdesk.changes import Changes
    from shopdesk.clock import Clock
    from shopdesk.database import Database
    from shopdesk.staff import Staff


@dataclass(frozen=True)
class Office:
    """The database, the time, who acts and who is to be told, and what makes their broadcasts."""

    database: Database
    clock: Clock
    staff: Staff
    changes: Changes
    steps: Steps

    def now(self, session: Session) -> datetime:
        """Return the moment by which answers count, the same for every computer that shares the data."""
        return self.database.now(session, self.clock)

    def tell(self) -> None:
        """Say that automations have changed, and their broadcasts with them."""
        self.changes.tell(Topic.AUTOMATIONS, Topic.BROADCASTS)
