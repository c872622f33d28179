"""Broadcasts of the last days that say nearly the same to some of the same people."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, func, select

from shopdesk.broadcasts.likeness import ALIKE, likeness
from shopdesk.broadcasts.records import LookAlike
from shopdesk.broadcasts.tables import BroadcastRow, RecipientRow
from shopdesk.messages import readable, restored

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy.orm import Session

WITHIN = timedelta(days=14)


def look_alikes(session: Session, row: BroadcastRow, who: Select[Any], now: datetime) -> list[LookAlike]:
    """Return those begun within 14 days whose text is nearly that of `row` and that went to people of `who`, latest first."""
    earlier = (
        select(BroadcastRow)
        .where(BroadcastRow.id != row.id, BroadcastRow.started_at > now - WITHIN)
        .order_by(BroadcastRow.started_at.desc())
    )
    found = []
    for one in session.scalars(earlier):
        if one.started_at is None or not _alike(_texts(row), _texts(one)):
            continue
        people = _people_of_both(session, one.id, who)
        if people:
            found.append(LookAlike(one.id, one.name, one.started_at, people))
    return found


def _texts(row: BroadcastRow) -> list[str]:
    """What people read, for each of the two; where there is nothing to read, the messages themselves."""
    return ["\n".join(readable(restored(one).messages)).strip() or one for one in (row.messages, row.messages_b) if one]


def _alike(ours: Iterable[str], theirs: Iterable[str]) -> bool:
    theirs = list(theirs)
    return any(likeness(one, other) >= ALIKE for one in ours for other in theirs)


def _people_of_both(session: Session, broadcast_id: int, who: Select[Any]) -> int:
    audience = who.subquery()
    person = RecipientRow
    got = select(func.count()).where(
        person.broadcast_id == broadcast_id,
        person.state.in_(("accepted", "unknown", "waiting")),
        person.batch_id.is_not(None),
        person.user_id.in_(select(audience.c.user_id).where(audience.c.reason == "")),
    )
    return session.scalar(got) or 0
