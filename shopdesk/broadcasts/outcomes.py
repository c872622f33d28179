"""What became of batches and of their people, written set by set."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select, update

from shopdesk.broadcasts.many import Many
from shopdesk.broadcasts.records import Outcome
from shopdesk.broadcasts.tables import BatchRow, RecipientRow
from shopdesk.database import milliseconds, portions

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

_BATCH = BatchRow.metadata.tables[BatchRow.__tablename__]
# A batch that is settled already stays as it is.
_CLAIMED = update(_BATCH).where(_BATCH.c.id == bindparam("batch"), _BATCH.c.state == "claimed")
_CALLED = _CLAIMED.values(tries=_BATCH.c.tries + bindparam("more"), status=bindparam("answer"))
_TRIED = Many(_CALLED)
_SETTLED = Many(
    _CALLED.values(
        state=bindparam("kind"),
        settled_at=bindparam("at"),
        request_id=bindparam("request"),
        accepted_request_id=bindparam("accepted"),
        problem=bindparam("why"),
    )
)


def record(session: Session, outcomes: Sequence[Outcome], now: datetime) -> None:
    """Write what became of batches and of their people; what is settled already stays as it is."""
    tried = [one for one in outcomes if one.kind == "open"]
    settled = [one for one in outcomes if one.kind != "open"]
    if tried:
        _TRIED.run(session, [_called(one) for one in tried])
    if not settled:
        return
    at = milliseconds(now)
    _SETTLED.run(session, [_called(one) | _came(one, at) for one in settled])
    by_meaning: dict[tuple[str, str], list[int]] = defaultdict(list)
    for one in settled:
        by_meaning[one.kind, one.reason].append(one.batch_id)
    for (kind, reason), batch_ids in by_meaning.items():
        for some in portions(batch_ids):
            _tell_people(session, some, kind, reason)


def settle_open(session: Session, broadcast_id: int, reason: str, now: datetime) -> None:
    """Say of every batch whose outcome is open that it is not known."""
    found = select(BatchRow.id).where(BatchRow.broadcast_id == broadcast_id, BatchRow.state == "claimed")
    record(session, [Outcome(one, "unknown", 0, reason=reason) for one in session.scalars(found)], now)


def cancel_unclaimed(session: Session, broadcast_id: int) -> None:
    """Send nothing to those who have no batch."""
    person = RecipientRow
    free = (person.broadcast_id == broadcast_id, person.state == "waiting", person.batch_id.is_(None))
    session.execute(update(person).where(*free).values(state="cancelled"))


def _called(one: Outcome) -> dict[str, object]:
    return {"batch": one.batch_id, "more": one.tries, "answer": one.status}


def _came(one: Outcome, at: int) -> dict[str, object]:
    return {
        "kind": one.kind,
        "at": at,
        "request": one.request_id,
        "accepted": one.accepted_request_id,
        "why": one.problem or one.reason,
    }


def _tell_people(session: Session, batch_ids: Sequence[int], kind: str, reason: str) -> None:
    theirs = update(RecipientRow).where(RecipientRow.batch_id.in_(batch_ids), RecipientRow.state == "waiting")
    meant = theirs.values(batch_id=None) if kind == "returned" else theirs.values(state=kind, reason=reason)
    session.execute(meant, execution_options={"synchronize_session": False})
    _forget_bytes(session, batch_ids)


def _forget_bytes(session: Session, batch_ids: Iterable[int]) -> None:
    """Drop the bytes of settled requests that name somebody who was forgotten while they were on their way."""
    forgotten = select(RecipientRow.id).where(
        RecipientRow.batch_id == BatchRow.id, RecipientRow.user_id.is_(None), RecipientRow.customer_id.is_(None)
    )
    dropped = update(BatchRow).where(BatchRow.id.in_(batch_ids), forgotten.exists()).values(body=b"")
    session.execute(dropped, execution_options={"synchronize_session": False})
