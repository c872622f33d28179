"""What the rows of broadcasts say: sums, lists, people."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import Select, exists, func, select

from shopdesk.broadcasts.audience import CUSTOMER, FRIEND, NAME
from shopdesk.broadcasts.costs import larger_plan
from shopdesk.broadcasts.lateness import is_late
from shopdesk.broadcasts.progress import progress
from shopdesk.broadcasts.records import Recipient, Status, Taken, Variant, Why
from shopdesk.broadcasts.states import became, sentence, state
from shopdesk.broadcasts.tables import BatchRow, BroadcastRow, RecipientRow
from shopdesk.errors import NotFoundError
from shopdesk.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from shopdesk.broadcasts.progress import Progress
    from shopdesk.broadcasts.records import PersonState, State, Way
    from shopdesk.settings import Plan, QuietHours


def stored(session: Session, broadcast_id: int, *, locked: bool = False) -> BroadcastRow:
    """Return the row of a broadcast. Raises NotFoundError."""
    row = session.get(BroadcastRow, broadcast_id, with_for_update=locked or None)
    if row is None:
        raise NotFoundError(
            _("There is no broadcast {id}. Look in the list which ones there are.").format(id=broadcast_id)
        )
    return row


@dataclass(frozen=True, slots=True)
class Moment:
    """What is not in a broadcast's rows: the time, whether a sender is at work, the shop's plan and its quiet hours."""

    now: datetime
    sender_lives: bool
    plan: Plan
    quiet: QuietHours | None


def statuses(session: Session, rows: Iterable[BroadcastRow], at: Moment) -> list[Status]:
    """Count how far broadcasts are."""
    rows = list(rows)
    ids = [row.id for row in rows]
    people: dict[int, Counter[tuple[str, str]]] = {one: Counter() for one in ids}
    person = RecipientRow
    kinds = (person.broadcast_id, person.variant, person.state)
    counted = select(*kinds, func.count()).where(person.broadcast_id.in_(ids)).group_by(*kinds)
    for broadcast_id, variant, kind, number in session.execute(counted):
        people[broadcast_id][variant, kind] = number
    sent = select(BatchRow.broadcast_id, func.count()).where(
        BatchRow.broadcast_id.in_(ids), BatchRow.state != "returned"
    )
    batches = dict(session.execute(sent.group_by(BatchRow.broadcast_id)).all())
    return [_status(session, row, people[row.id], batches.get(row.id, 0), at) for row in rows]


def under_way(session: Session, at: Moment) -> list[Status]:
    """Count how far those are that wait, are being sent or are paused, the latest first."""
    person = RecipientRow
    waits = exists().where(person.broadcast_id == BroadcastRow.id, person.state == "waiting")
    chosen = select(BroadcastRow).where(BroadcastRow.control != "cancel", waits).order_by(BroadcastRow.id.desc())
    return statuses(session, session.scalars(chosen), at)


def listed() -> ColumnElement[bool]:
    """Return the condition that a broadcast stands in the list: one of an automation only while somebody has to look at it or waits."""
    person = RecipientRow
    stands = exists().where(
        person.broadcast_id == BroadcastRow.id,
        person.state.in_(("unknown", "waiting")),  # said so that the index finds them among the many who have it
        (person.state == "unknown") | (BroadcastRow.control != "cancel"),
    )
    return BroadcastRow.automation_id.is_(None) | stands


def where(row: BroadcastRow, remaining: int) -> State:
    """Return the state of a broadcast of which so many people wait."""
    return state(
        frozen=row.frozen_at is not None,
        started=row.started_at is not None,
        control=row.control,
        paused=bool(row.paused_reason),
        remaining=remaining,
    )


def remaining(session: Session, broadcast_id: int) -> int:
    """Count those who wait."""
    person = RecipientRow
    waits = select(func.count()).where(person.broadcast_id == broadcast_id, person.state == "waiting")
    return session.scalar(waits) or 0


def due(row: BroadcastRow) -> datetime | None:
    """Return when one that has not begun is to begin by itself: at its time, or when its cooling time is over."""
    return None if row.started_at or row.paused_reason else row.cooling_until or row.scheduled_at


def alone(row: BroadcastRow) -> bool:
    """Tell whether it goes by itself however late it is: somebody has let an automation say it."""
    return row.automation_id is not None


def begins(row: BroadcastRow, quiet: QuietHours | None) -> datetime | None:
    """Return when one that has not begun can begin: when it is due, or at the end of quiet hours around that."""
    at = due(row)
    return at if at is None or quiet is None else quiet.over_at(at) or at


def _status(
    session: Session, row: BroadcastRow, people: Mapping[tuple[str, str], int], batches: int, at: Moment
) -> Status:
    by_state: Counter[str] = Counter()
    for (_variant, kind), number in people.items():
        by_state[kind] += number
    waiting = by_state["waiting"]
    is_now = where(row, waiting)
    moving = progress(session, row, at.now) if is_now == "sending" else None
    reason = _reason(row, is_now, moving, at)
    return Status(
        id=row.id,
        name=row.name,
        state=is_now,
        planned=sum(by_state.values()) - by_state["excluded"],
        accepted=by_state["accepted"],
        failed=by_state["failed"],
        unknown=by_state["unknown"],
        remaining=waiting,
        cancelled=by_state["cancelled"],
        excluded=by_state["excluded"],
        batches=batches,
        messages_counted=by_state["accepted"],
        way=cast("Way", row.way),
        mail_only=row.mail_only,
        follows=row.follows_id,
        automation=row.automation_id,
        reason=reason,
        sentence=_said(reason, waiting, at.plan),
        created_at=row.created_at,
        scheduled_at=row.scheduled_at,
        started_at=row.started_at,
        cooling_until=row.cooling_until if is_now == "waiting" else None,
        per_second=round(moving.per_second, 1) if moving else 0.0,
        seconds_left=moving.seconds_left(waiting) if moving else None,
        stuck=moving is not None and bool(reason),
        unit=row.unit,
        variants=_variants(people) if row.messages_b else (),
    )


def _reason(row: BroadcastRow, is_now: State, moving: Progress | None, at: Moment) -> str:
    """The code of why it waits for somebody or something; empty when all goes its way."""
    if is_now == "paused":
        return "asked" if row.control == "pause" else row.paused_reason
    if moving is not None:
        return moving.stuck(at.now, sender_lives=at.sender_lives)
    # Also of an automation's, which goes by itself by day: where even that did not help (no messages are left), a person has to look.
    return "late" if is_now in {"draft", "waiting"} and is_late(begins(row, at.quiet), at.now) else ""


def _said(reason: str, waiting: int, plan: Plan) -> str:
    said = sentence(reason, waiting)
    return f"{said} {larger_plan(plan, waiting)}".strip() if reason == "monthly_limit" else said


def _variants(people: Mapping[tuple[str, str], int]) -> tuple[Variant, ...]:
    """How far the two texts are; who is left out belongs to neither."""
    found = []
    for name in ("a", "b"):
        by_state = {kind: number for (variant, kind), number in people.items() if variant == name}
        planned = sum(by_state.values()) - by_state.get("excluded", 0)
        kinds = ("accepted", "failed", "unknown", "waiting", "cancelled")
        found.append(Variant(name, planned, *(by_state.get(kind, 0) for kind in kinds)))
    return tuple(found)


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


def last_before(session: Session, user_id: str, at: datetime) -> Taken | None:
    """Return the last broadcast that LINE took for somebody before a moment: what they may have blocked the shop for."""
    settled = BatchRow.settled_at
    chosen = (
        select(BroadcastRow.id, BroadcastRow.name, settled)
        .join(RecipientRow, RecipientRow.broadcast_id == BroadcastRow.id)
        .join(BatchRow, BatchRow.id == RecipientRow.batch_id)
        .where(RecipientRow.user_id == user_id, RecipientRow.state == "accepted", settled <= at)
        .order_by(settled.desc())
        .limit(1)
    )
    found = session.execute(chosen).first()
    return None if found is None else Taken(found.id, found.name, found.settled_at or at)
