"""The sender's transactions: outcomes in, next batches out, everything under the lease's fencing number."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from shopdesk.broadcasts import claiming
from shopdesk.broadcasts.reading import stored
from shopdesk.broadcasts.records import Batch, Outcome
from shopdesk.broadcasts.retrying import key_is_old
from shopdesk.broadcasts.tables import BatchRow, BroadcastRow, RecipientRow
from shopdesk.messages import restored

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from shopdesk.clock import Clock
    from shopdesk.database import Database
    from shopdesk.leases import Lease
    from shopdesk.messages import Draft
    from shopdesk.quarantine import Installation


class Ledger:
    """What one sender may write about one broadcast."""

    def __init__(
        self, database: Database, installation: Installation, lease: Lease, clock: Clock, broadcast_id: int
    ) -> None:
        self._database = database
        self._installation = installation
        self._lease = lease
        self._clock = clock
        self._id = broadcast_id
        self._draft: Draft | None = None

    def step(self, outcomes: Sequence[Outcome], line_date: datetime | None) -> list[Batch]:
        """Write what became of the batches in hand and claim the next, in one commit; none: there is nothing to send.

        Left-over batches of an earlier process come first, as they were stored.

        Args:
            outcomes: Of the batches given before.
            line_date: LINE's clock as last seen.

        Raises:
            LeaseLostError: another process is the sender now; nothing was written.
            QuarantinedError: the home is held back; what had happened was written before.
        """
        if outcomes:
            self._write(outcomes)
        with self._database.write() as session:
            self._lease.check(session)
            self._installation.require_free(session)
            row = stored(session, self._id, locked=True)
            if row.control == "cancel":
                settle_open(session, self._id, "cancelled", self._clock.now())
                return []
            if row.control == "pause":
                row.paused_reason = "asked"
                return []
            left_over = self._left_over(session, line_date)
            if left_over:
                return left_over
            if self._draft is None:
                self._draft = restored(row.messages)
            now = self._clock.now()
            first = now if line_date is None else min(now, line_date)
            return claiming.claim(session, row, self._draft, self._lease.fencing, first)

    def pause(self, outcomes: Sequence[Outcome], reason: str) -> None:
        """Write what became of the batches in hand, and why nothing more is sent for now."""
        self._write(outcomes, reason)

    def _write(self, outcomes: Sequence[Outcome], reason: str = "") -> None:
        with self._database.write() as session:
            self._lease.check(session)
            record(session, outcomes, self._clock.now())
            if reason:
                paused = update(BroadcastRow).where(BroadcastRow.id == self._id)
                session.execute(paused.values(paused_reason=reason))

    def _left_over(self, session: Session, line_date: datetime | None) -> list[Batch]:
        """Batches whose outcome is open; those too old or changed become unknown instead."""
        found = select(BatchRow).where(BatchRow.broadcast_id == self._id, BatchRow.state == "claimed")
        again: list[Batch] = []
        for row in session.scalars(found.order_by(BatchRow.id).limit(claiming.PUSHES)):
            first = row.first_tried_at or row.claimed_at
            if hashlib.sha256(row.body).hexdigest() != row.sha256:
                record(session, [Outcome(row.id, "unknown", 0, reason="damaged")], self._clock.now())
            elif key_is_old(first, self._clock.now(), line_date):
                record(session, [Outcome(row.id, "unknown", 0, reason="too_old")], self._clock.now())
            else:
                again.append(Batch(row.id, row.endpoint, row.retry_key, row.body, first, resumed=True))
        return again


def record(session: Session, outcomes: Iterable[Outcome], now: datetime) -> None:
    """Write what became of batches and of their people; a batch that is settled already stays as it is."""
    by_meaning: dict[tuple[str, str], list[int]] = {}
    for one in outcomes:
        changed = update(BatchRow).where(BatchRow.id == one.batch_id, BatchRow.state == "claimed")
        tries = BatchRow.tries + one.tries
        if one.kind == "open":
            session.execute(changed.values(tries=tries, status=one.status))
            continue
        values = {
            "state": one.kind,
            "tries": tries,
            "settled_at": now,
            "request_id": one.request_id,
            "status": one.status,
            "problem": one.problem or one.reason,
        }
        if session.execute(changed.values(**values)).rowcount:  # type: ignore[attr-defined]
            by_meaning.setdefault((one.kind, one.reason), []).append(one.batch_id)
    for (kind, reason), batch_ids in by_meaning.items():
        theirs = update(RecipientRow).where(RecipientRow.batch_id.in_(batch_ids), RecipientRow.state == "waiting")
        session.execute(
            theirs.values(batch_id=None) if kind == "returned" else theirs.values(state=kind, reason=reason)
        )
        _forget_bytes(session, batch_ids)


def _forget_bytes(session: Session, batch_ids: Iterable[int]) -> None:
    """Drop the bytes of settled requests that name somebody who was forgotten while they were on their way."""
    forgotten = select(RecipientRow.id).where(
        RecipientRow.batch_id == BatchRow.id, RecipientRow.user_id.is_(None), RecipientRow.customer_id.is_(None)
    )
    session.execute(update(BatchRow).where(BatchRow.id.in_(batch_ids), forgotten.exists()).values(body=b""))


def settle_open(session: Session, broadcast_id: int, reason: str, now: datetime) -> None:
    """Say of every batch whose outcome is open that it is not known."""
    found = select(BatchRow.id).where(BatchRow.broadcast_id == broadcast_id, BatchRow.state == "claimed")
    record(session, [Outcome(one, "unknown", 0, reason=reason) for one in session.scalars(found)], now)
