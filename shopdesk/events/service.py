"""Each event has one effect, however often LINE delivers it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import OperationalError

from shopdesk.clock import japan_day, start_of_japan_day
from shopdesk.database import portions
from shopdesk.events.silence import silent_days
from shopdesk.events.tables import ErasureRow, EventRow, WaitingRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from shopdesk.clock import Clock
    from shopdesk.database import Database
    from shopdesk.inbox import Inbox, Stored
    from shopdesk.line import LineEvent

KEPT = timedelta(days=400)
"""So long the ids of events are kept; an event that is older by its own time is not applied any more."""

REMEMBERED = timedelta(days=60)
"""What is usual is taken from so many days before the last event."""


class Events:
    """The ids of the events that have had their effect."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def apply(
        self,
        events: Sequence[LineEvent],
        effect: Callable[[Session, LineEvent], int | None],
        settle: Callable[[Session, Iterable[int]], None],
    ) -> dict[str, Exception]:
        """Let events have their effect, in one transaction; what one of them holds never keeps the others from theirs.

        Args:
            events: In the order in which they came.
            effect: Writes what an event says and returns the friend whose talk it changes, None where it changes none.
            settle: Works out how the talks stand that were changed, at the end.

        Returns:
            What went wrong with single ones, by their ids: those have had no effect.
        """
        failed: dict[str, Exception] = {}
        changed: set[int | None] = set()
        with self._database.write() as session:
            for event in events:
                try:
                    with session.begin_nested():
                        if self.take(session, event):
                            changed.add(effect(session, event))
                except OperationalError:  # the database, not the event
                    raise
                except Exception as wrong:  # noqa: BLE001 - hostile input: whatever it does, the next one has its effect
                    failed[event.id] = wrong
            settle(session, sorted(one for one in changed if one is not None))
        return failed

    def take(self, session: Session, event: LineEvent) -> bool:
        """Say whether this event may have its effect, in the transaction that writes it: once, and never a very old one."""
        if event.at < self._clock.now() - KEPT:
            return False
        insert = (sqlite if self._database.on_sqlite else postgresql).insert(EventRow)
        new = insert.values(event_id=event.id, at=event.at).on_conflict_do_nothing().returning(EventRow.event_id)
        return session.execute(new).first() is not None

    def erase(self, session: Session, user_ids: Iterable[str]) -> None:
        """Note, in the transaction that forgets them, who is to be erased from the inbox."""
        for user_id in user_ids:
            session.merge(ErasureRow(user_id=user_id))

    def erase_from(self, inbox: Inbox) -> int:
        """Erase everybody who was forgotten from an inbox; return how many bodies that changed."""
        with self._database.read() as session:
            wanted = session.scalars(select(ErasureRow.user_id)).all()
        changed = sum(inbox.forget(one) for one in wanted)
        if wanted:
            with self._database.write() as session:
                session.execute(delete(ErasureRow).where(ErasureRow.user_id.in_(wanted)))
        return changed

    def lay_in(self, bodies: Sequence[Stored]) -> None:
        """Keep what waits in the inbox in the database, in the place of what lay there: for the backup that is made next."""
        with self._database.write() as session:
            session.execute(delete(WaitingRow))
            session.add_all(WaitingRow(received_at=one.received_at, body=one.body) for one in bodies)

    def give_back(self, inbox: Inbox) -> None:
        """Put into the inbox what a backup brought along; what it has seen since is worked off again, which changes nothing twice."""
        with self._database.read() as session:
            bodies = session.scalars(select(WaitingRow.body).order_by(WaitingRow.id)).all()
        inbox.again()
        inbox.put(bodies, self._clock.now())
        self.lay_in([])

    def missing(self, ids: Sequence[str]) -> list[str]:
        """Return those of some ids of events that have not had their effect."""
        with self._database.read() as session:
            return [
                one
                for some in portions(ids)
                for one in sorted(
                    set(some) - set(session.scalars(select(EventRow.event_id).where(EventRow.event_id.in_(some))))
                )
            ]

    def last_at(self) -> datetime | None:
        """Return when the latest event happened, None where there was none."""
        with self._database.read() as session:
            return session.scalar(select(func.max(EventRow.at)))

    def silent_days(self) -> int:
        """Return for how many days nothing has come, 0 where that is nothing unusual for this shop."""
        heard: list[date] = []
        latest = select(func.max(EventRow.at))
        with self._database.read() as session:
            at = session.scalar(latest)
            while at is not None and (not heard or heard[0] - japan_day(at) < REMEMBERED):  # a seek in the index each
                heard.append(japan_day(at))
                at = session.scalar(latest.where(EventRow.at < start_of_japan_day(heard[-1])))
        return silent_days(heard, japan_day(self._clock.now()))

    def prune(self) -> None:
        """Let go of ids that no event needs any more."""
        with self._database.write() as session:
            session.execute(delete(EventRow).where(EventRow.at < self._clock.now() - KEPT))
