"""What every part of the pages works with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shopdesk.changes import Topic

if TYPE_CHECKING:
    from shopdesk.changes import Changes
    from shopdesk.clock import Clock
    from shopdesk.database import Database
    from shopdesk.settings import Settings
    from shopdesk.staff import Staff


@dataclass(frozen=True)
class Office:
    """The database, the time, who acts, who is to be told, and how the shop is set."""

    database: Database
    clock: Clock
    staff: Staff
    changes: Changes
    settings: Settings

    def tell(self) -> None:
        """Say that something on the pages has changed."""
        self.changes.tell(Topic.SITE)
