"""Each event has one effect, however often LINE delivers it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from shopdesk.events.tables import EventRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from shopdesk.clock import Clock
    from shopdesk.database import Database
    from shopdesk.line import LineEvent

KEPT = timedelta(days=400)
"""So long the ids of events are kept; an event that is older by its own time is not applied any more."""


class Events:
    """The ids of the events that have had their effect."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def take(self, session: Session, event: LineEvent) -> bool:
        """Say whether this event may have its effect, in the transaction that writes it: once, and never a very old one."""
        if event.at < self._clock.now() - KEPT:
            return False
        insert = (sqlite if self._database.on_sqlite else postgresql).insert(EventRow)
        taken = session.execute(insert.values(id=event.id, at=event.at).on_conflict_do_nothing().returning(EventRow.id))
        return taken.first() is not None

    def last_at(self) -> datetime | None:
        """Return when the latest event happened, None where there was none."""
        with self._database.read() as session:
            return session.scalar(select(func.max(EventRow.at)))

    def prune(self) -> None:
        """Let go of ids that no event needs any more."""
        with self._database.write() as session:
            session.execute(delete(EventRow).where(EventRow.at < self._clock.now() - KEPT))
