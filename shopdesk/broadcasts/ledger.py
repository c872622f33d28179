"""The sender's transactions: outcomes in, next batches out, everything under the lease's fencing number."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sqlalchemy import select

from shopdesk.broadcasts.capping import Capped
from shopdesk.broadcasts.claiming import HANDS, Terms, claim
from shopdesk.broadcasts.outcomes import cancel_unclaimed, record, settle_open
from shopdesk.broadcasts.personal import hindrance, said_of
from shopdesk.broadcasts.reading import stored
from shopdesk.broadcasts.records import Batch, Outcome, Step
from shopdesk.broadcasts.retrying import key_is_old
from shopdesk.broadcasts.tables import BatchRow, BroadcastRow
from shopdesk.quarantine import QuarantinedError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from shopdesk.broadcasts.office import Office
    from shopdesk.leases import Lease
    from shopdesk.messages import Draft


class Ledger:
    """What one sender may write about one broadcast. Cap and quiet hours are those of its beginning."""

    def __init__(self, office: Office, lease: Lease, broadcast_id: int) -> None:
        self._database = office.database
        self._installation = office.installation
        self._clock = office.clock
        self._lease = lease
        self._id = broadcast_id
        self._office = office
        self._cap, self._quiet = office.settings.cap(), office.settings.quiet_hours()
        self._drafts: dict[str, Draft] = {}
        self._last_left_over: int | None = 0

    def step(self, outcomes: Sequence[Outcome], line_date: datetime | None, in_hand: int, *, claiming: bool) -> Step:
        """Write what became of batches and claim the next, in one commit.

        Left-over batches of an earlier process come first, as they were stored.

        Args:
            outcomes: Of batches given before.
            line_date: LINE's clock as last seen.
            in_hand: How many batches have no outcome yet, those of `outcomes` not counted.
            claiming: Whether more are wanted at all.

        Raises:
            LeaseLostError: another process is the sender now; nothing was written.
        """
        with self._database.write() as session:
            self._lease.check(session)
            record(session, outcomes, self._clock.now())
            row = stored(session, self._id, locked=True)
            hand = HANDS[row.way]
            stop = self._stop(session, row)
            room = min(hand.at_once, hand.most - in_hand)
            if stop or not claiming or room <= 0:
                return Step((), stop, *hand)
            batches = self._left_over(session, line_date, room)
            if not batches and hindrance(session, self._office, self._said(row).values(), locked=True):
                return Step((), "coupon", *hand)
            batches = batches or self._claim(session, row, line_date, room)
            return Step(tuple(batches), "" if batches else "done", *HANDS[row.way])

    def close(self, outcomes: Sequence[Outcome], reason: str) -> None:
        """Write the last outcomes, and why nothing more is sent for now; what was cancelled is settled for good.

        Raises:
            LeaseLostError: another process is the sender now; nothing was written.
            QuarantinedError: the home is held back; what had happened was written before.
        """
        with self._database.write() as session:
            self._lease.check(session)
            record(session, outcomes, self._clock.now())
            row = stored(session, self._id, locked=True)
            if row.control == "cancel":
                settle_open(session, self._id, "cancelled", self._clock.now())
                cancel_unclaimed(session, self._id)
            elif reason not in {"", "done", "held"}:
                row.paused_reason = reason
        with self._database.read() as session:
            self._installation.require_free(session)

    def _stop(self, session: Session, row: BroadcastRow) -> str:
        """Why nothing more is claimed just now."""
        try:
            self._installation.require_free(session)
        except QuarantinedError:
            return "held"
        if row.control != "none":
            return {"cancel": "cancel", "pause": "asked"}[row.control]
        return "quiet_hours" if self._quiet and self._quiet.over_at(self._clock.now()) else ""

    def _said(self, row: BroadcastRow) -> dict[str, Draft]:
        """The messages of each variant."""
        if not self._drafts:
            self._drafts = said_of(self._office, row)
        return self._drafts

    def _claim(self, session: Session, row: BroadcastRow, line_date: datetime | None, room: int) -> list[Batch]:
        now = self._clock.now()
        first = now if line_date is None else min(now, line_date)
        capped = Capped.at(self._cap, now)
        terms = Terms(self._said(row), self._office, capped, self._lease.fencing, now, first)
        return claim(session, row, terms, room)

    def _left_over(self, session: Session, line_date: datetime | None, room: int) -> list[Batch]:
        """The next batches of an earlier process whose outcome is open; those too old or changed become unknown."""
        again: list[Batch] = []
        while not again and self._last_left_over is not None:
            found = select(BatchRow).where(
                BatchRow.broadcast_id == self._id,
                BatchRow.state == "claimed",
                BatchRow.fencing < self._lease.fencing,
                BatchRow.id > self._last_left_over,
            )
            rows = session.scalars(found.order_by(BatchRow.id).limit(room)).all()
            self._last_left_over = rows[-1].id if rows else None
            again += filter(None, [self._again(session, row, line_date) for row in rows])
        return again

    def _again(self, session: Session, row: BatchRow, line_date: datetime | None) -> Batch | None:
        first = row.first_tried_at or row.claimed_at
        if hashlib.sha256(row.body).hexdigest() != row.sha256:
            record(session, [Outcome(row.id, "unknown", 0, reason="damaged")], self._clock.now())
        elif key_is_old(first, self._clock.now(), line_date):
            record(session, [Outcome(row.id, "unknown", 0, reason="too_old")], self._clock.now())
        else:
            return Batch(row.id, row.endpoint, row.retry_key, row.body, first, resumed=True)
        return None
