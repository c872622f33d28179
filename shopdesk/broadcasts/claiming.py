"""The claim: who is still to be written to, checked again, becomes batches with key, bytes and hash."""

from __future__ import annotations

import hashlib
import uuid
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import bindparam, insert, literal, select, update
from sqlalchemy.orm import aliased

from shopdesk.broadcasts.audience import CUSTOMER, FRIEND, NAME
from shopdesk.broadcasts.many import Many
from shopdesk.broadcasts.personal import Reader, owned
from shopdesk.broadcasts.records import Batch
from shopdesk.broadcasts.tables import BatchRow, BroadcastRow, RecipientRow
from shopdesk.database import milliseconds, portions, reserve_ids
from shopdesk.line import body, limits
from shopdesk.messages import Draft, for_person

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from shopdesk.broadcasts.capping import Capped
    from shopdesk.broadcasts.office import Office
    from shopdesk.messages import Own

_BATCHES, _PEOPLE = (
    BatchRow.metadata.tables[BatchRow.__tablename__],
    BatchRow.metadata.tables[RecipientRow.__tablename__],
)
_INSERT = Many(insert(_BATCHES))
_BIND = Many(update(_PEOPLE).where(_PEOPLE.c.id == bindparam("person")).values(batch_id=bindparam("batch")))


class Hand(NamedTuple):
    """How many batches one commit claims or settles, and how many are in hand at most: what a pause still finishes."""

    at_once: int
    most: int


HANDS = {"push": Hand(300, 800), "multicast": Hand(8, 24), "broadcast": Hand(1, 1)}


@dataclass(frozen=True, slots=True)
class Terms:
    """What a claim goes by: the messages of each variant, what gives their coupons and links, the cap, the sender's fencing number, and the time.

    `first_tried_at` begins the keys' life: the earlier of our clock and LINE's.
    """

    drafts: Mapping[str, Draft]
    office: Office
    capped: Capped | None
    fencing: int
    now: datetime
    first_tried_at: datetime


@dataclass(frozen=True, slots=True)
class _Person:
    id: int
    user_id: str
    variant: str
    name: str
    customer_id: int | None
    why_not: str


@dataclass(frozen=True, slots=True)
class _Group:
    """Those who go into one request, and its bytes."""

    people: Sequence[_Person]
    content: bytes


def claim(session: Session, row: BroadcastRow, terms: Terms, room: int) -> list[Batch]:
    """Bind the next people to at most `room` batches; none when nobody is left. The caller commits, then sends."""
    if row.way == "broadcast" and not _still_everybody(session, row.id, terms.capped):
        row.way, room = "multicast", HANDS["multicast"].at_once
    most = {"push": room, "multicast": room * limits.MULTICAST_PEOPLE}.get(row.way)
    while True:
        people = _waiting(session, row.id, terms.capped, most)
        readers = [
            Reader(person.id, person.customer_id, person.variant, person.user_id)
            for person in people
            if not person.why_not
        ]
        own = owned(session, terms.office, row.id, terms.drafts, readers)
        _leave_out(session, [person for person in people if person.id not in own])
        ready = [person for person in people if person.id in own]
        if ready or not people:
            break
    if not ready:
        return []
    if row.started_at is None:
        row.started_at = terms.now
    return _bound(session, row, terms, list(_groups(row, terms, ready, own)))


def _groups(row: BroadcastRow, terms: Terms, ready: Sequence[_Person], own: Mapping[int, Own]) -> Iterator[_Group]:
    """Who goes together: one by one, all, or up to 500 who read the same."""
    if row.way == "push":
        for person in ready:
            said = for_person(terms.drafts[person.variant], person.name, own[person.id])
            yield _Group([person], body(row.way, person.user_id, said, row.unit and f"{row.unit}_{person.variant}"))
        return
    alike: dict[str, list[_Person]] = defaultdict(list)
    for person in ready:
        alike[person.variant].append(person)
    for variant, people in alike.items():
        said = for_person(terms.drafts[variant], "")
        size = limits.MULTICAST_PEOPLE if row.way == "multicast" else len(people)
        for some in portions(people, size):
            ids = [person.user_id for person in some]
            yield _Group(some, body(row.way, ids, said, row.unit and f"{row.unit}_{variant}"))


def _bound(session: Session, row: BroadcastRow, terms: Terms, groups: Sequence[_Group]) -> list[Batch]:
    first = reserve_ids(session, BatchRow.__tablename__, len(groups))
    made = [_row(row, terms, group, first + number) for number, group in enumerate(groups)]
    _INSERT.run(session, made)
    pairs = [
        {"person": person.id, "batch": one["id"]}
        for one, group in zip(made, groups, strict=True)
        for person in group.people
    ]
    _BIND.run(session, pairs)
    at = terms.first_tried_at
    return [Batch(one["id"], row.way, one["retry_key"], one["body"], at, resumed=False) for one in made]


def _row(row: BroadcastRow, terms: Terms, group: _Group, batch_id: int) -> dict[str, Any]:
    """The batch as it is committed; the life of its key is counted from here, before the first call."""
    return {
        "id": batch_id,
        "broadcast_id": row.id,
        "endpoint": row.way,
        "retry_key": str(uuid.uuid4()),
        "body": group.content,
        "sha256": hashlib.sha256(group.content).hexdigest(),
        "people": len(group.people),
        "state": "claimed",
        "tries": 0,
        "fencing": terms.fencing,
        "claimed_at": milliseconds(terms.now),
        "first_tried_at": milliseconds(terms.first_tried_at),
        "settled_at": None,
        "request_id": "",
        "accepted_request_id": "",
        "status": None,
        "problem": "",
    }


def _waiting(session: Session, broadcast_id: int, capped: Capped | None, most: int | None) -> list[_Person]:
    """The next people without a batch, each with why they must not get it any more."""
    at_freeze = aliased(CUSTOMER)
    enough = capped.reached_by(RecipientRow.user_id, broadcast_id) if capped else literal(value=False)
    chosen = (
        select(
            RecipientRow.id,
            RecipientRow.user_id,
            RecipientRow.customer_id,
            RecipientRow.variant,
            FRIEND.state,
            FRIEND.customer_id,
            CUSTOMER.consent_line,
            at_freeze.consent_line,
            enough,
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
        _Person(
            found,
            user_id or "",
            variant,
            name,
            linked_to,
            _why_not(customer_id, state, linked_to, (now, then), capped=bool(had)),
        )
        for found, user_id, customer_id, variant, state, linked_to, now, then, had, name in session.execute(chosen)
    ]


def _why_not(
    customer_id: int | None,
    state: str | None,
    linked_to: int | None,
    consents: tuple[bool | None, bool | None],
    *,
    capped: bool,
) -> str:
    if state is None:
        return "gone"
    if state != "friend":
        return "blocked"
    if False in consents:
        return "opted_out"
    if customer_id is not None and linked_to != customer_id:
        return "not_linked"
    return "capped" if capped else ""


def _leave_out(session: Session, people: Iterable[_Person]) -> None:
    late = [{"id": person.id, "state": "excluded", "reason": person.why_not or "had_coupon"} for person in people]
    if late:
        session.execute(update(RecipientRow), late)


def _still_everybody(session: Session, broadcast_id: int, capped: Capped | None) -> bool:
    """Whether LINE's own broadcast may be used: no friend has opted out or had enough since the freeze."""
    attempted = select(BatchRow.id).where(BatchRow.broadcast_id == broadcast_id, BatchRow.state != "returned")
    if session.scalar(attempted.limit(1)) is not None:
        return True
    refusing = (
        select(FRIEND.id)
        .join(CUSTOMER, CUSTOMER.id == FRIEND.customer_id)
        .where(CUSTOMER.consent_line.is_(False), FRIEND.state == "friend")
    )
    if session.scalar(refusing.limit(1)) is not None:
        return False
    if capped is None:
        return True
    had_enough = select(FRIEND.id).where(FRIEND.state == "friend", capped.reached_by(FRIEND.user_id, broadcast_id))
    return session.scalar(had_enough.limit(1)) is None
