"""What every part of the customers works with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shopdesk.changes import Changes
    from shopdesk.clock import Clock
    from shopdesk.database import Database
    from shopdesk.staff import Staff


@dataclass(frozen=True)
class Office:
    """The database, who acts, who is to be told, and the time."""

    database: Database
    staff: Staff
    changes: Changes
    clock: Clock
