"""What the rows of broadcasts say: sums, lists, people."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import Select, exists, func, select, union

from shopdesk.broadcasts.audience import CUSTOMER, FRIEND, NAME
from shopdesk.broadcasts.records import Recipient, Status, Why
from shopdesk.broadcasts.states import became, sentence, state
from shopdesk.broadcasts.tables import BatchRow, BroadcastRow, RecipientRow
from shopdesk.errors import NotFoundError
from shopdesk.i18n import _
from shopdesk.line import limits

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy.orm import Session

    from shopdesk.broadcasts.records import PersonState, Way

_SETTLED = ("accepted", "failed", "unknown")
# Settled without a call at that moment.
_NOT_SENT_THEN = {"too_old", "by_hand", "damaged", "cancelled"}
# An answer may take half a minute to come.
_LATE = limits.RETRY_UNTIL + timedelta(minutes=1)


def stored(session: Session, broadcast_id: int, *, locked: bool = False) -> BroadcastRow:
    """Return the row of a broadcast. Raises NotFoundError."""
    row = session.get(BroadcastRow, broadcast_id, with_for_update=locked or None)
    if row is None:
        raise NotFoundError(
            _("There is no broadcast {id}. Look in the list which ones there are.").format(id=broadcast_id)
        )
    return row


def status(session: Session, row: BroadcastRow) -> Status:
    """Count how far one broadcast is."""
    return statuses(session, [row])[0]


def statuses(session: Session, rows: Iterable[BroadcastRow]) -> list[Status]:
    """Count how far several broadcasts are."""
    rows = list(rows)
    ids = [row.id for row in rows]
    people: dict[int, Counter[str]] = {one: Counter() for one in ids}
    person = RecipientRow
    counted = select(person.broadcast_id, person.state, func.count()).where(person.broadcast_id.in_(ids))
    for broadcast_id, kind, number in session.execute(counted.group_by(person.broadcast_id, person.state)):
        people[broadcast_id][kind] = number
    sent = select(BatchRow.broadcast_id, func.count()).where(
        BatchRow.broadcast_id.in_(ids), BatchRow.state != "returned"
    )
    batches = dict(session.execute(sent.group_by(BatchRow.broadcast_id)).all())
    return [_status(row, people[row.id], batches.get(row.id, 0)) for row in rows]


def under_way(session: Session) -> list[Status]:
    """Count how far those are that wait, are being sent or are paused, the latest first."""
    person = RecipientRow
    waits = exists().where(person.broadcast_id == BroadcastRow.id, person.state == "waiting")
    chosen = select(BroadcastRow).where(BroadcastRow.control != "cancel", waits).order_by(BroadcastRow.id.desc())
    return statuses(session, session.scalars(chosen))


def _status(row: BroadcastRow, people: Mapping[str, int], batches: int) -> Status:
    remaining = people["waiting"]
    where = state(
        frozen=row.frozen_at is not None,
        started=row.started_at is not None,
        control=row.control,
        paused=bool(row.paused_reason),
        remaining=remaining,
    )
    reason = (row.paused_reason or "asked") if where == "paused" else ""
    return Status(
        id=row.id,
        name=row.name,
        state=where,
        planned=sum(people.values()) - people["excluded"],
        accepted=people["accepted"],
        failed=people["failed"],
        unknown=people["unknown"],
        remaining=remaining,
        cancelled=people["cancelled"],
        excluded=people["excluded"],
        batches=batches,
        messages_counted=people["accepted"],
        way=cast("Way", row.way),
        reason=reason,
        sentence=sentence(reason, remaining),
        created_at=row.created_at,
        scheduled_at=row.scheduled_at,
        started_at=row.started_at,
    )


def excluded(counts: Mapping[str, int]) -> tuple[Why, ...]:
    """Return the reasons for which people are left out, the most frequent first."""
    found = sorted(((number, reason) for reason, number in counts.items() if reason and number), reverse=True)
    return tuple(Why("excluded", reason, number, sentence(reason)) for number, reason in found)


def excluded_reasons(session: Session, broadcast_id: int) -> dict[str, int]:
    """Count the people left out of a frozen broadcast by reason."""
    person = RecipientRow
    chosen = select(person.reason, func.count()).where(person.broadcast_id == broadcast_id, person.state == "excluded")
    return dict(session.execute(chosen.group_by(person.reason)).all())


def reasons(session: Session, broadcast_id: int) -> list[Why]:
    """Count the people who failed, are unclear or were left out, by reason, the most frequent first."""
    person = RecipientRow
    chosen = (
        select(person.state, person.reason, BatchRow.status, BatchRow.problem, func.count())
        .outerjoin(BatchRow, BatchRow.id == person.batch_id)
        .where(person.broadcast_id == broadcast_id, person.state.in_(("failed", "unknown", "excluded", "cancelled")))
        .group_by(person.state, person.reason, BatchRow.status, BatchRow.problem)
    )
    counts: Counter[tuple[str, str, str]] = Counter()
    for kind, reason, answer, problem, number in session.execute(chosen):
        counts[kind, reason, became(kind, reason, answer, problem or "")] += number
    order = {"unknown": 0, "failed": 1, "cancelled": 2, "excluded": 3}
    found = sorted(counts.items(), key=lambda one: (order[one[0][0]], -one[1]))
    return [Why(cast("PersonState", kind), reason, n, said) for (kind, reason, said), n in found]


def people(
    session: Session, broadcast_id: int, kind: PersonState | None, after: int | None, limit: int
) -> list[Recipient]:
    """Return people of a frozen broadcast in the order of their ids, with what became of them."""
    person = RecipientRow
    chosen: Select[*tuple[Any, ...]] = (
        select(
            person.id,
            person.user_id,
            func.coalesce(person.customer_id, FRIEND.customer_id),
            NAME,
            person.state,
            person.reason,
            BatchRow.status,
            BatchRow.problem,
        )
        .outerjoin(FRIEND, FRIEND.user_id == person.user_id)
        .outerjoin(CUSTOMER, CUSTOMER.id == func.coalesce(person.customer_id, FRIEND.customer_id))
        .outerjoin(BatchRow, BatchRow.id == person.batch_id)
        .where(person.broadcast_id == broadcast_id)
        .order_by(person.id)
        .limit(limit)
    )
    if kind is not None:
        chosen = chosen.where(person.state == kind)
    if after is not None:
        chosen = chosen.where(person.id > after)
    return [
        Recipient(one, user_id, customer_id, name, kind, reason, became(kind, reason, status, problem or ""))
        for one, user_id, customer_id, name, kind, reason, status, problem in session.execute(chosen)
    ]


def broken_sums(session: Session) -> list[int]:
    """Return the broadcasts whose people and requests contradict each other (I1); none when all is sound."""
    person, batch = RecipientRow, BatchRow
    known = ("waiting", *_SETTLED, "cancelled", "excluded")
    odd = select(person.broadcast_id).where(person.state.not_in(known))
    counted = (
        select(person.batch_id, func.count().label("people"))
        .where(person.batch_id.is_not(None))
        .group_by(person.batch_id)
        .subquery()
    )
    lost = (
        select(batch.broadcast_id)
        .outerjoin(counted, counted.c.batch_id == batch.id)
        .where(batch.state != "returned", func.coalesce(counted.c.people, 0) != batch.people)
    )
    torn = (
        select(batch.broadcast_id)
        .join(person, person.batch_id == batch.id)
        .where(
            ((batch.state == "claimed") & (person.state != "waiting"))
            | (batch.state.in_(_SETTLED) & (person.state != batch.state))
            | (person.broadcast_id != batch.broadcast_id)
        )
    )
    loose = select(person.broadcast_id).where(person.batch_id.is_(None), person.state.in_(_SETTLED))
    now = select(func.count()).where(person.broadcast_id == BroadcastRow.id).scalar_subquery()
    changed = select(BroadcastRow.id).where(BroadcastRow.frozen_at.is_not(None), BroadcastRow.frozen_people != now)
    return sorted(set(session.scalars(union(odd, lost, torn, loose, changed))))


def broken_hashes(session: Session) -> list[int]:
    """Return the batches whose stored bytes do not match their hash, or whose key was used after 23 hours (I3)."""
    batch = BatchRow
    columns = (batch.id, batch.body, batch.sha256, batch.first_tried_at, batch.settled_at, batch.problem)
    chosen = select(*columns).where(batch.state.in_(("claimed", *_SETTLED))).order_by(batch.id)
    broken = []
    for one, body, sha256, first, settled, problem in session.execute(chosen.execution_options(yield_per=500)):
        # The bytes of a request to somebody who was forgotten are gone.
        changed = bool(body) and hashlib.sha256(body).hexdigest() != sha256
        used_for = settled - first if first and settled and problem not in _NOT_SENT_THEN else timedelta()
        if changed or used_for > _LATE:
            broken.append(one)
    return broken
