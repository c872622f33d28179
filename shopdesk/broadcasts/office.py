"""What every part of the broadcasts works with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shopdesk.broadcasts.reading import Moment
from shopdesk.changes import Topic

if TYPE_CHECKING:
    from datetime import datetime

    from shopdesk.changes import Changes
    from shopdesk.clock import Clock
    from shopdesk.database import Database
    from shopdesk.leases import Leases
    from shopdesk.line import Line
    from shopdesk.quarantine import Installation
    from shopdesk.segments import Segments
    from shopdesk.settings import Settings
    from shopdesk.staff import Staff

LEASE = "sender"


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

    def moment(self, now: datetime | None = None) -> Moment:
        """Return what a broadcast's status depends on besides its rows."""
        return Moment(
            now or self.clock.now(), self.leases.held(LEASE), self.settings.plan(), self.settings.quiet_hours()
        )

    def tell(self) -> None:
        """Say that broadcasts have changed."""
        self.changes.tell(Topic.BROADCASTS)
