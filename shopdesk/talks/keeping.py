"""How long talks are kept: what is older than the shop wants is deleted, with its files and from the search index."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import ColumnElement, delete, func, select

from shopdesk.changes import Topic
from shopdesk.clock import japan_day, start_of_japan_day
from shopdesk.staff import PROGRAM, Act, Staff, needs
from shopdesk.talks.searching import INDEX
from shopdesk.talks.standing import settle, talk_of
from shopdesk.talks.tables import TalkFileRow, TalkMessageRow

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from shopdesk.changes import Changes
    from shopdesk.clock import Clock
    from shopdesk.database import Database
    from shopdesk.settings import Settings

_AT_ONCE = 200
"""In one transaction: each talk that loses something is settled in it, and nobody else writes meanwhile."""
_BATCHES = 50
"""In one go; the next minute goes on."""


class Old(NamedTuple):
    """What is older than a number of years: from before `until`."""

    messages: int
    talks: int
    files: int
    until: datetime


class Keeping:
    """Deletes what is too old, as due work does; it is the program that does it, not whoever has the window open."""

    def __init__(self, database: Database, clock: Clock, staff: Staff, changes: Changes, settings: Settings) -> None:
        self._database, self._clock, self._changes, self._settings = database, clock, changes, settings
        self._staff = staff

    @needs(Act.MANAGE)
    def old(self, years: int) -> Old:
        """Return what would be deleted now if talks were kept for so many years."""
        row, until = TalkMessageRow, self._until(years)
        figures = select(func.count(), func.count(row.friend_id.distinct()), func.count(TalkFileRow.message_id))
        counted = figures.select_from(row).outerjoin(TalkFileRow, TalkFileRow.message_id == row.id)
        with self._database.read() as session:
            messages, talks, files = session.execute(counted.where(_older(until))).one()
        return Old(messages, talks, files, until)

    def prune(self, beat: Callable[[], object] = lambda: None) -> int:
        """Delete what is older than the settings want, some thousand messages at most; return how many went.

        Args:
            beat: Called between two transactions; what it raises ends the work.
        """
        years = self._settings.talk_years()
        if years is None:
            return 0
        until, gone, some = self._until(years), 0, _AT_ONCE
        for _batch in range(_BATCHES):
            some = self._delete_some(until)
            gone += some
            if some < _AT_ONCE:
                break
            beat()
        if gone:
            self._changes.tell(Topic.TALKS)
        if gone and some < _AT_ONCE:
            INDEX.purge_all(self._database)
        return gone

    def _delete_some(self, until: datetime) -> int:
        row = TalkMessageRow
        oldest = select(row.id, row.friend_id).where(_older(until)).order_by(row.at, row.id).limit(_AT_ONCE)
        with self._database.write() as session:
            found = session.execute(oldest).all()
            if found:
                ids = [one.id for one in found]
                INDEX.take_out(session, ids)
                session.execute(delete(row).where(row.id.in_(ids)))
                for friend_id in sorted({one.friend_id for one in found}):
                    settle(session, talk_of(session, friend_id))
                with self._staff.acting(PROGRAM):
                    self._staff.record(session, "delete old", "talk message", ids)
        return len(found)

    def _until(self, years: int) -> datetime:
        """The beginning of this day in Japan so many years ago; of 29 February, the day before it."""
        today = japan_day(self._clock.now())
        last = 28 if (today.month, today.day) == (2, 29) else today.day
        return start_of_japan_day(today.replace(year=today.year - years, day=last))


def _older(until: datetime) -> ColumnElement[bool]:
    """What may go: an answer that is still on its way stays until it is known what became of it."""
    return (TalkMessageRow.at < until) & (TalkMessageRow.state != "sending")
