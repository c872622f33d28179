"""What begins or goes on by itself: at its time, after its cooling time, after quiet hours, after a sender that died."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from sqlalchemy import Select, or_, select, update

from shopdesk.broadcasts import freezing, reading
from shopdesk.broadcasts.lateness import judge
from shopdesk.broadcasts.progress import progress
from shopdesk.broadcasts.refusals import StateError, cancelled, require_future
from shopdesk.broadcasts.tables import BroadcastRow, RecipientRow
from shopdesk.i18n import _

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from shopdesk.broadcasts.office import Office
    from shopdesk.broadcasts.reading import Moment
    from shopdesk.broadcasts.records import Status

# What the setting allows at most.
LONGEST_COOLING = timedelta(minutes=120)
_LOOKS_EVERY_S = 0.5


def schedule(office: Office, broadcast_id: int, at: datetime | None) -> None:
    """Begin at this time (aware, in the future) instead, or with None only when somebody says so.

    Raises:
        NotFoundError: there is no such broadcast.
        InvalidInputError: the time is over.
        StateError: it has begun, or it was cancelled.
        NeedsOwnerError, NeedsSecondError: they are so many that somebody else has to confirm it.
    """
    require_future(at, office.clock.now())
    if at is not None:
        with office.database.read() as session:
            row = reading.stored(session, broadcast_id)
        freezing.require_size(office, row)
    with office.database.write() as session:
        row = _not_begun(session, broadcast_id)
        row.scheduled_at, row.cooling_until = at, None
        office.staff.record(session, "schedule" if at else "unschedule", "broadcast", [broadcast_id])
    office.tell()


def cool(office: Office, broadcast_id: int, for_: timedelta) -> None:
    """Begin after so long, so that it can still be stopped. Raises NotFoundError, StateError."""
    with office.database.write() as session:
        row = _not_begun(session, broadcast_id)
        row.cooling_until = office.clock.now() + for_
        office.staff.record(session, "start", "broadcast", [broadcast_id])
    office.tell()


def go_on_cooling(office: Office, broadcast_id: int) -> datetime | None:
    """Take back the pause of one that has not begun, and return until when it can still be stopped."""
    with office.database.write() as session:
        row = reading.stored(session, broadcast_id, locked=True)
        until = row.cooling_until
        if row.control != "pause":
            return until
        row.control = "none"
        office.staff.record(session, "resume", "broadcast", [broadcast_id])
    office.tell()
    return until


def _not_begun(session: Session, broadcast_id: int) -> BroadcastRow:
    row = reading.stored(session, broadcast_id, locked=True)
    if row.control == "cancel":
        raise cancelled()
    if row.started_at is not None:
        raise StateError(_("This broadcast has begun already. Pause or cancel it instead."))
    return row


@dataclass(frozen=True, slots=True)
class Due:
    """One that is to begin or go on by itself. `asks`: too late for that, so a person decides."""

    status: Status
    asks: bool


def due(office: Office, until: datetime) -> list[Due]:
    """Return what is to begin or go on by itself at `until`, the oldest first.

    Each begins once: what has begun is never due for its time again.
    """
    _mend_cooling(office)
    at = office.moment(until)
    with office.database.read() as session:
        found = []
        for row in session.scalars(_open()).all():
            wanted = _wanted(session, row, at)
            if wanted is not None:
                found.append(Due(reading.statuses(session, [row], at)[0], asks=wanted == "ask"))
    return found


def _wanted(session: Session, row: BroadcastRow, at: Moment) -> Literal["go", "ask"] | None:
    if at.quiet and at.quiet.over_at(at.now) is not None:
        return None
    if row.paused_reason:
        return "go" if row.paused_reason == "quiet_hours" else None
    if row.started_at is None:
        begins = reading.begins(row, at.quiet)
        if begins is None or begins > at.now:
            return None
        since: datetime | None = begins
    elif at.sender_lives:
        return None
    else:
        since = progress(session, row, at.now).moved_at
    found = judge(since, at.now, by_itself=reading.alone(row))
    return None if found == "wait" else found


def _open() -> Select[BroadcastRow]:
    """Those that nobody paused or cancelled and in which somebody waits, or nobody is chosen yet."""
    waits = select(RecipientRow.id).where(RecipientRow.broadcast_id == BroadcastRow.id, RecipientRow.state == "waiting")
    open_ = (BroadcastRow.control == "none", or_(BroadcastRow.frozen_at.is_(None), waits.exists()))
    return select(BroadcastRow).where(*open_).order_by(BroadcastRow.id)


def _mend_cooling(office: Office) -> None:
    """Where the clock was turned back, begin the cooling time again rather than wait for the old hour."""
    longest = office.settings.cooling() or LONGEST_COOLING
    latest = office.clock.now() + longest
    with office.database.write() as session:
        beyond = update(BroadcastRow).where(BroadcastRow.cooling_until > latest, BroadcastRow.started_at.is_(None))
        session.execute(beyond.values(cooling_until=latest))


def wait_for_cooling(office: Office, broadcast_id: int, sleep: Callable[[float], Awaitable[None]]) -> bool:
    """Wait until the cooling time is over; return False where somebody stopped or put it off meanwhile."""
    while True:
        with office.database.read() as session:
            row = reading.stored(session, broadcast_id)
        if row.control != "none":
            return False
        if row.started_at is not None or row.cooling_until is None:
            return row.started_at is not None
        left = (row.cooling_until - office.clock.now()).total_seconds()
        if left <= 0:
            return True
        asyncio.run(_awaited(sleep, min(left, _LOOKS_EVERY_S)))


async def _awaited(sleep: Callable[[float], Awaitable[None]], seconds: float) -> None:
    await sleep(seconds)
