"""What must be true of every broadcast's rows at rest."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select, union

from shopdesk.broadcasts.tables import BatchRow, BroadcastRow, RecipientRow
from shopdesk.line import limits

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_SETTLED = ("accepted", "failed", "unknown")
# Settled without a call at that moment.
_NOT_SENT_THEN = {"too_old", "by_hand", "damaged", "cancelled"}
# An answer may take half a minute to come.
_LATE = limits.RETRY_UNTIL + timedelta(minutes=1)


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
    mixed = (
        select(batch.broadcast_id)
        .join(person, person.batch_id == batch.id)
        .group_by(batch.broadcast_id, batch.id)
        .having(func.count(person.variant.distinct()) > 1)
    )
    held_out = select(person.broadcast_id).where(person.reason == "holdout", person.batch_id.is_not(None))
    now = select(func.count()).where(person.broadcast_id == BroadcastRow.id).scalar_subquery()
    changed = select(BroadcastRow.id).where(BroadcastRow.frozen_at.is_not(None), BroadcastRow.frozen_people != now)
    return sorted(set(session.scalars(union(odd, lost, torn, loose, mixed, held_out, changed))))


def broken_hashes(session: Session) -> list[int]:
    """Return the batches whose stored bytes do not match their hash, or whose key was used after 23 hours (I3)."""
    batch = BatchRow
    columns = (batch.id, batch.body, batch.sha256, batch.claimed_at, batch.settled_at, batch.problem)
    chosen = select(*columns).where(batch.state.in_(("claimed", *_SETTLED))).order_by(batch.id)
    broken = []
    for one, body, sha256, claimed, settled, problem in session.execute(chosen.execution_options(yield_per=500)):
        # The bytes of a request to somebody who was forgotten are gone.
        changed = bool(body) and hashlib.sha256(body).hexdigest() != sha256
        # Both by our own clock, so that a constant error of it does not matter.
        used_for = settled - claimed if settled and problem not in _NOT_SENT_THEN else timedelta()
        if changed or used_for > _LATE:
            broken.append(one)
    return broken
