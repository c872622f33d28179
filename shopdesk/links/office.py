"""What both parts of the links work with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shopdesk.changes import Topic

if TYPE_CHECKING:
    from shopdesk.changes import Changes
    from shopdesk.clock import Clock
    from shopdesk.database import Database
    from shopdesk.line import Line
    from shopdesk.settings import Settings
    from shopdesk.staff import Staff


@dataclass(frozen=True)
class Office:
    """The database, the time, who acts, LINE, the settings, and who is to be told."""

    database: Database
    clock: Clock
    staff: Staff
    changes: Changes
    line: Line
    settings: Settings

    def tell(self) -> None:
        """Say that links or sources have changed."""
        self.changes.tell(Topic.LINKS)
