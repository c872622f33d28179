"""What every part of the menus works with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shopdesk.changes import Topic

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from shopdesk.changes import Changes
    from shopdesk.clock import Clock
    from shopdesk.database import Database
    from shopdesk.line import Line
    from shopdesk.segments import Segments
    from shopdesk.staff import Staff


@dataclass(frozen=True)
class Office:
    """The database, the time, who acts and who is to be told, LINE, and the segments."""

    database: Database
    clock: Clock
    staff: Staff
    changes: Changes
    line: Line
    segments: Segments

    def now(self, session: Session) -> datetime:
        """Return the moment by which menus begin and end, the same for every computer that shares the data."""
        return self.database.now(session, self.clock)

    def tell(self) -> None:
        """Say that menus have changed."""
        self.changes.tell(Topic.MENUS)
