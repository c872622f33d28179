"""Sources and who came by them, read from their rows."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, exists, func, select, type_coerce

from shopdesk.clock import japan_day, start_of_japan_day
from shopdesk.customers.tables import CustomerRow
from shopdesk.friends.tables import FriendRow, FriendTurnRow
from shopdesk.links.records import Arrival, Day, Source, Wanted
from shopdesk.links.tables import ArrivalRow, SourceRow, VisitRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

_MILLISECOND = timedelta(milliseconds=1)
_FIELDS = tuple(Wanted.__dataclass_fields__)
NEW_WITHIN = timedelta(days=1)
"""Who sends a source's word so long after they became a friend did so by it; who was one before stays an old friend."""


def columns(wanted: Wanted) -> dict[str, Any]:
    """Return what a row holds of what the shop says."""
    return {name: getattr(wanted, name) for name in _FIELDS}


def wanted(row: SourceRow) -> Wanted:
    """Return what the shop says of a source."""
    return Wanted(**{name: getattr(row, name) for name in _FIELDS})


def source(session: Session, row: SourceRow) -> Source:
    """Return a source with its figures."""
    return _sources(session, [row])[0]


def sources(session: Session) -> list[Source]:
    """Return every source with its figures."""
    return _sources(session, list(session.scalars(select(SourceRow).order_by(SourceRow.id))))


def _sources(session: Session, rows: list[SourceRow]) -> list[Source]:
    ids = [row.id for row in rows]
    counts = select(ArrivalRow.source_id, func.count(), func.count().filter(is_new()))
    came = {
        one: (friends, new)
        for one, friends, new in session.execute(
            counts.where(ArrivalRow.source_id.in_(ids)).group_by(ArrivalRow.source_id)
        )
    }
    seen = select(VisitRow.source_id, func.sum(VisitRow.visits)).where(VisitRow.source_id.in_(ids))
    visits = {one: int(many) for one, many in session.execute(seen.group_by(VisitRow.source_id))}
    return [
        Source(
            row.id, row.key, wanted(row), row.made_at, row.ended_at, *came.get(row.id, (0, 0)), visits.get(row.id, 0)
        )
        for row in rows
    ]


def is_new() -> ColumnElement[bool]:
    """Whether the friend of an arrival followed, or came back, shortly before it."""
    turn = FriendTurnRow
    followed = select(turn.id).where(
        turn.friend_id == ArrivalRow.friend_id,
        turn.kind.in_(("followed", "returned")),
        turn.at <= ArrivalRow.at,
        type_coerce(turn.at, BigInteger) >= type_coerce(ArrivalRow.at, BigInteger) - NEW_WITHIN // _MILLISECOND,
    )
    return exists(followed.correlate(ArrivalRow))


def days(session: Session, source_id: int, now: datetime, many: int) -> list[Day]:
    """Return what each of the last days in Japan brought, the oldest first."""
    first = japan_day(now) - timedelta(days=many - 1)
    start = start_of_japan_day(first)
    friends, new, visits = Counter[date](), Counter[date](), Counter[date]()
    came = select(ArrivalRow.at, is_new()).where(ArrivalRow.source_id == source_id, ArrivalRow.at >= start)
    for at, is_one in session.execute(came):
        friends[japan_day(at)] += 1
        new[japan_day(at)] += bool(is_one)
    seen = select(VisitRow.day, VisitRow.visits).where(VisitRow.source_id == source_id, VisitRow.day >= start)
    for day, number in session.execute(seen):
        visits[japan_day(day)] += number
    each = [first + timedelta(days=one) for one in range(many)]
    return [Day(day, friends[day], new[day], visits[day]) for day in each]


def arrivals(session: Session, source_id: int | None, limit: int) -> list[Arrival]:
    """Return who came by a source, or by any, the latest first."""
    row, friend, person = ArrivalRow, FriendRow, CustomerRow
    found = (
        select(
            friend.id,
            friend.display_name,
            person.id,
            func.coalesce(person.name, ""),
            SourceRow.name,
            row.at,
            row.how,
            is_new(),
        )
        .join(friend, friend.id == row.friend_id)
        .join(SourceRow, SourceRow.id == row.source_id)
        .outerjoin(person, person.id == friend.customer_id)
        .order_by(row.at.desc(), row.id.desc())
        .limit(limit)
    )
    if source_id is not None:
        found = found.where(row.source_id == source_id)
    return [Arrival(*one) for one in session.execute(found)]  # type: ignore[arg-type] # `how` is one of two words
