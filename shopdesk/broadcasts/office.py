"""What every part of the broadcasts works with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shopdesk.changes import Topic

if TYPE_CHECKING:
    from shopdesk.changes import Changes
    from shopdesk.clock import Clock
    from shopdesk.database import Database
    from shopdesk.leases import Leases
    from shopdesk.line import Line
    from shopdesk.quarantine import Installation
    from shopdesk.segments import Segments
    from shopdesk.settings import Settings
    from shopdesk.staff import Staff


@dataclass(frozen=True)
class Office:
    """The database, the time, who acts, who is to be told, LINE, and what else a broadcast asks."""

    database: Database
    clock: Clock
    staff: Staff
    changes: Changes
    line: Line
    leases: Leases
    installation: Installation
    settings: Settings
    segments: Segments

    def tell(self) -> None:
        """Say that broadcasts have changed."""
        self.changes.tell(Topic.BROADCASTS)
