"""What friends call themselves on LINE and how they look: asked for when they are new, and again now and then."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from shopdesk.changes import Changes, Topic
from shopdesk.friends.tables import FriendRow
from shopdesk.japanese import clean
from shopdesk.line import LineError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shopdesk.clock import Clock
    from shopdesk.database import Database
    from shopdesk.line import Line, Profile

OLD = timedelta(days=30)
"""A profile that was seen so long ago is asked for again."""
ROUND, IN_A_ROUND = timedelta(seconds=20), 20
"""One a second in the mean, so that it is lost among what a shop asks of LINE anyway (2,000 a second are allowed)."""
MOST_A_DAY = 1_000
"""So each of 30,000 friends is asked for once a month; of more, each somewhat less often, the longest ago first."""
AFTER_REFUSAL = timedelta(hours=1)
"""LINE asks to go slower, or is out of reach: nothing about profiles is worth pressing for."""
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class Profiles:
    """The profiles of one shop's friends. Names are read from here wherever they are shown or searched."""

    def __init__(self, database: Database, clock: Clock, changes: Changes, line: Line) -> None:
        self._database, self._clock, self._changes, self._line = database, clock, changes, line
        self._rested_at, self._rest = _NEVER, ROUND

    def name_new(self, most: int = 50) -> int:
        """Ask for the names of friends whom only an event told of; return how many were asked for. Raises LineError."""
        row = FriendRow
        unnamed = select(row.user_id).where(row.refreshed_at.is_(None), row.state == "friend")
        with self._database.read() as session:
            wanted = session.scalars(unnamed.order_by(row.id.desc()).limit(most)).all()
        if wanted:
            self._ask(wanted)
        return len(wanted)

    def renew(self) -> int:
        """Ask for some profiles that have become old, slowly and for some of them a day; call it as often as you like.

        Returns how many were asked for. Raises LineError: then it rests for an hour.
        """
        now = self._clock.now()
        if abs(now - self._rested_at) < self._rest:  # also after a clock was turned back it goes on
            return 0
        self._rested_at, self._rest = now, ROUND
        row = FriendRow
        old = select(row.user_id).where(row.refreshed_at < now - OLD, row.state == "friend")
        with self._database.read() as session:
            lately = session.scalar(select(func.count()).where(row.refreshed_at > now - timedelta(days=1))) or 0
            some = max(0, min(IN_A_ROUND, MOST_A_DAY - lately))
            wanted = session.scalars(old.order_by(row.refreshed_at, row.id).limit(some)).all()
        if wanted:
            try:
                self._ask(wanted)
            except LineError:
                self._rest = AFTER_REFUSAL
                raise
        return len(wanted)

    def note(self, found: Sequence[tuple[str, Profile | None]]) -> bool:
        """Keep profiles as LINE gave them, None for whom it does not show; say whether any friend is called or looks otherwise."""
        now, changed = self._clock.now(), False
        with self._database.write() as session:
            rows = session.scalars(select(FriendRow).where(FriendRow.user_id.in_([user_id for user_id, _ in found])))
            by_id = {row.user_id: row for row in rows}
            for user_id, profile in found:
                row = by_id.get(user_id)
                if row is None:
                    continue
                row.refreshed_at = now
                if profile is not None:
                    fresh = (clean(profile.name), profile.picture_url)
                    changed = changed or fresh != (row.display_name, row.picture_url)
                    row.display_name, row.picture_url = fresh
        return changed

    def _ask(self, user_ids: Iterable[str]) -> None:
        """Ask for profiles; those that came before LINE refused one are kept."""
        found: list[tuple[str, Profile | None]] = []
        try:
            found.extend(self._line.profiles(user_ids))
        finally:
            if found and self.note(found):
                self._changes.tell(Topic.FRIENDS, Topic.TALKS)
