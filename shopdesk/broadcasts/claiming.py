"""The claim: who is still to be written to, checked again, becomes batches with key, bytes and hash."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import aliased

from shopdesk.broadcasts.audience import CUSTOMER, FRIEND, NAME
from shopdesk.broadcasts.records import Batch
from shopdesk.broadcasts.tables import BatchRow, BroadcastRow, RecipientRow
from shopdesk.database import portions
from shopdesk.line import body, limits
from shopdesk.messages import Draft, for_person

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

# So many batches are in hand at once: what a pause still finishes, and what one commit carries.
PUSHES, MULTICASTS = 200, 8


@dataclass(frozen=True, slots=True)
class _Person:
    id: int
    user_id: str
    name: str
    why_not: str


def claim(session: Session, row: BroadcastRow, draft: Draft, fencing: int, now: datetime) -> list[Batch]:
    """Bind the next people to batches and return these; none when nobody is left. The caller commits, then sends."""
    if row.way == "broadcast" and not _still_everybody(session, row.id):
        row.way = "multicast"
    most = {"push": PUSHES, "multicast": MULTICASTS * limits.MULTICAST_PEOPLE}.get(row.way)
    while True:
        people = _waiting(session, row.id, most)
        _leave_out(session, [person for person in people if person.why_not])
        ready = [person for person in people if not person.why_not]
        if ready or not people:
            break
    if not ready:
        return []
    if row.started_at is None:
        row.started_at = now
    groups = _groups(row.way, ready)
    made = [_row(row, draft, group, fencing, now) for group in groups]
    ids = list(session.scalars(insert(BatchRow).returning(BatchRow.id, sort_by_parameter_order=True), made))
    _bind(session, row, list(zip(ids, groups, strict=True)))
    return [
        Batch(batch_id, one["endpoint"], one["retry_key"], one["body"], now, resumed=False)
        for batch_id, one in zip(ids, made, strict=True)
    ]


def _groups(way: str, ready: Sequence[_Person]) -> list[Sequence[_Person]]:
    if way == "broadcast":
        return [ready]
    size = 1 if way == "push" else limits.MULTICAST_PEOPLE
    return list(portions(ready, size))


def _bind(session: Session, row: BroadcastRow, bound: Sequence[tuple[int, Sequence[_Person]]]) -> None:
    if row.way == "push":
        session.execute(update(RecipientRow), [{"id": group[0].id, "batch_id": batch} for batch, group in bound])
        return
    for batch, group in bound:
        theirs = update(RecipientRow).where(RecipientRow.broadcast_id == row.id, RecipientRow.state == "waiting")
        if row.way == "multicast":
            theirs = theirs.where(RecipientRow.id.in_([person.id for person in group]))
        session.execute(theirs.values(batch_id=batch))


def _row(row: BroadcastRow, draft: Draft, group: Sequence[_Person], fencing: int, now: datetime) -> dict[str, Any]:
    """The batch as it is committed; the life of its key is counted from here, before the first call."""
    ids = [person.user_id for person in group]
    to: str | list[str] = ids[0] if row.way == "push" else ids
    content = body(row.way, to, for_person(draft, group[0].name if row.way == "push" else ""))
    return {
        "broadcast_id": row.id,
        "endpoint": row.way,
        "retry_key": str(uuid.uuid4()),
        "body": content,
        "sha256": hashlib.sha256(content).hexdigest(),
        "people": len(group),
        "state": "claimed",
        "tries": 0,
        "fencing": fencing,
        "claimed_at": now,
        "first_tried_at": now,
        "settled_at": None,
        "request_id": "",
        "status": None,
        "problem": "",
    }


def _waiting(session: Session, broadcast_id: int, most: int | None) -> list[_Person]:
    """The next people without a batch, each with why they must not get it any more."""
    at_freeze = aliased(CUSTOMER)
    chosen = (
        select(
            RecipientRow.id,
            RecipientRow.user_id,
            RecipientRow.customer_id,
            FRIEND.state,
            FRIEND.customer_id,
            CUSTOMER.consent_line,
            at_freeze.consent_line,
            NAME,
        )
        .outerjoin(FRIEND, FRIEND.user_id == RecipientRow.user_id)
        .outerjoin(CUSTOMER, CUSTOMER.id == FRIEND.customer_id)
        .outerjoin(at_freeze, at_freeze.id == RecipientRow.customer_id)
        .where(
            RecipientRow.broadcast_id == broadcast_id,
            RecipientRow.state == "waiting",
            RecipientRow.batch_id.is_(None),
        )
        .order_by(RecipientRow.id)
        .limit(most)
        .with_for_update(of=RecipientRow)
    )
    return [
        _Person(found, user_id or "", name, _why_not(customer_id, state, linked_to, (now, then)))
        for found, user_id, customer_id, state, linked_to, now, then, name in session.execute(chosen)
    ]


def _why_not(
    customer_id: int | None, state: str | None, linked_to: int | None, consents: tuple[bool | None, bool | None]
) -> str:
    if state is None:
        return "gone"
    if state != "friend":
        return "blocked"
    if False in consents:
        return "opted_out"
    if customer_id is not None and linked_to != customer_id:
        return "not_linked"
    return ""


def _leave_out(session: Session, people: Iterable[_Person]) -> None:
    late = [{"id": person.id, "state": "excluded", "reason": person.why_not} for person in people]
    if late:
        session.execute(update(RecipientRow), late)


def _still_everybody(session: Session, broadcast_id: int) -> bool:
    """Whether LINE's own broadcast may be used: no friend has opted out since the freeze."""
    refusing = (
        select(FRIEND.id)
        .join(CUSTOMER, CUSTOMER.id == FRIEND.customer_id)
        .where(CUSTOMER.consent_line.is_(False), FRIEND.state == "friend")
    )
    attempted = select(BatchRow.id).where(BatchRow.broadcast_id == broadcast_id, BatchRow.state != "returned")
    return session.scalar(refusing.limit(1)) is None or session.scalar(attempted.limit(1)) is not None
