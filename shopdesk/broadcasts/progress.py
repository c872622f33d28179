"""How quickly a broadcast goes and whether it has got stuck, computed from its rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from shopdesk.broadcasts.tables import BatchRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from shopdesk.broadcasts.tables import BroadcastRow

STUCK = timedelta(minutes=5)
# The pace is that of the latest requests, over half a minute at most.
_LATEST, _OVER = 500, timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Progress:
    """People a second of late, and when something last moved."""

    per_second: float
    moved_at: datetime | None

    def seconds_left(self, remaining: int) -> int | None:
        """Return how long the rest takes at this pace; None where there is none."""
        return round(remaining / self.per_second) if self.per_second else None

    def stuck(self, now: datetime, *, sender_lives: bool) -> str:
        """Return the code of what is wrong with one that is being sent; empty when nothing is."""
        if not sender_lives:
            return "no_sender"
        return "no_progress" if self.moved_at is None or now - self.moved_at > STUCK else ""


def progress(session: Session, row: BroadcastRow, now: datetime) -> Progress:
    """Look at the latest requests of a broadcast."""
    batch = BatchRow
    latest = (
        select(batch.settled_at, batch.people)
        .where(batch.broadcast_id == row.id, batch.settled_at.is_not(None))
        .order_by(batch.id.desc())
        .limit(_LATEST)
    )
    settled = [(at, people) for at, people in session.execute(latest) if at is not None and now - at <= _OVER]
    claimed = session.scalar(select(func.max(batch.claimed_at)).where(batch.broadcast_id == row.id))
    moved = max((at for at in (row.started_at, claimed, *(at for at, _people in settled)) if at), default=None)
    taken = (now - min(at for at, _people in settled)).total_seconds() if settled else 0.0
    return Progress(sum(people for _at, people in settled) / taken if taken else 0.0, moved)
