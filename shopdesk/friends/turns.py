"""What a friend did: followed, blocked, came back – each with its time, kept as long as the friend."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, delete, func, select, type_coerce

from shopdesk.clock import japan_day, start_of_japan_day
from shopdesk.database import milliseconds, portions
from shopdesk.friends.records import Growth, Turn, TurnKind
from shopdesk.friends.tables import FriendTurnRow

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

_DAY_MS = 86_400_000  # Japan has no summer time: every day is as long
FOLLOWS: tuple[TurnKind, ...] = ("followed", "returned", "found")


def note_turn(session: Session, friend_id: int, kind: TurnKind, at: datetime, event: str = "") -> None:
    """Keep what a friend did; `event` is LINE's, '' where a look at LINE's list found it.

    A look comes later than what it finds: an event that tells the true time takes the place of what a look noted next.
    """
    row = FriendTurnRow
    if event:
        after = select(row.id, row.kind, row.event).where(row.friend_id == friend_id, row.at >= at)
        later = session.execute(after.order_by(row.at, row.id).limit(1)).first()
        if later is not None and not later.event and (later.kind in FOLLOWS) == (kind in FOLLOWS):
            session.execute(delete(row).where(row.id == later.id))
    session.add(row(friend_id=friend_id, kind=kind, at=at, event=event))


def turns_of(session: Session, friends: Sequence[int]) -> Mapping[int, tuple[Turn, ...]]:
    """Return what each of these friends did, the earliest first. A follow after a block is a return, whatever LINE calls it."""
    row, found = FriendTurnRow, defaultdict[int, list[Turn]](list)
    for some in portions(friends):
        chosen = select(row.friend_id, row.kind, row.at).where(row.friend_id.in_(some))
        for friend_id, said, at in session.execute(chosen.order_by(row.at, row.event, row.id)):
            kind: TurnKind = "returned" if found[friend_id] and said in FOLLOWS else said  # type: ignore[assignment]
            found[friend_id].append(Turn(kind, at))
    return {friend_id: tuple(turns) for friend_id, turns in found.items()}


def since(turns: Sequence[Turn]) -> datetime | None:
    """Return when somebody became a friend; None where the first that is known is a block or a return."""
    return turns[0].at if turns and turns[0].kind in {"followed", "found"} else None


def growth(session: Session, now: datetime, days: int) -> list[Growth]:
    """Return what each of the last `days` days in Japan brought, the oldest first, today last."""
    first = japan_day(now) - timedelta(days=days - 1)
    start = start_of_japan_day(first)
    added, blocked = _by_day(session, start, FOLLOWS), _by_day(session, start, ("blocked",))
    return [Growth(first + timedelta(days=one), added[one], blocked[one]) for one in range(days)]


def _by_day(session: Session, start: datetime, kinds: Sequence[TurnKind]) -> Counter[int]:
    row = FriendTurnRow
    number = (type_coerce(row.at, BigInteger) - milliseconds(start)) // _DAY_MS
    counted = select(number, func.count()).where(row.at >= start, row.kind.in_(kinds))
    return Counter({int(day): many for day, many in session.execute(counted.group_by(number))})
