"""Who a broadcast goes to, and who is left out and why: one query, used for the preview and for the freeze."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from sqlalchemy import Select, case, func, insert, literal, null, select, update

from shopdesk.broadcasts import splitting
from shopdesk.broadcasts.tables import RecipientRow
from shopdesk.customers import tables as customers
from shopdesk.friends import tables as friends

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from shopdesk.broadcasts.tables import BroadcastRow

FRIEND, CUSTOMER = friends.FriendRow, customers.CustomerRow
STEP = "step"
Barred: TypeAlias = "tuple[ColumnElement[bool], str]"
NAME = func.coalesce(func.nullif(CUSTOMER.name, ""), func.nullif(FRIEND.display_name, ""), "")


def of_segment(people: Select[Any], *barred: Barred, before: Sequence[Barred] = ()) -> Select[Any]:
    """Return (customer_id, user_id, reason, name) of everybody in a segment; the reason is empty for who gets it.

    `barred`: further conditions that leave people out, each with its reason; `before`: those that count before all others.
    """
    reason = case(
        *before,
        (FRIEND.id.is_(None), "not_linked"),
        (FRIEND.state != "friend", "blocked"),
        (CUSTOMER.consent_line.is_(False), "opted_out"),
        *barred,
        else_="",
    )
    return _with(reason, people)


def by_mail(people: Select[Any], *barred: Barred) -> Select[Any]:
    """Return the same of people who get nothing on LINE, for all of it goes by mail; which of them agreed to mail that one knows."""
    reason = case(*barred, else_="by_mail") if barred else literal("by_mail")
    return _with(reason, people)


def _with(reason: ColumnElement[Any], people: Select[Any]) -> Select[Any]:
    return (
        select(
            CUSTOMER.id.label("customer_id"),
            FRIEND.user_id.label("user_id"),
            reason.label("reason"),
            NAME.label("name"),
        )
        .outerjoin(FRIEND, FRIEND.customer_id == CUSTOMER.id)
        .where(CUSTOMER.id.in_(people))
    )


def of_everyone(*barred: Barred) -> Select[Any]:
    """Return the same of every friend we know."""
    reason = case(
        (FRIEND.state != "friend", "blocked"),
        (CUSTOMER.consent_line.is_(False), "opted_out"),
        *barred,
        else_="",
    )
    return select(
        FRIEND.customer_id.label("customer_id"),
        FRIEND.user_id.label("user_id"),
        reason.label("reason"),
        NAME.label("name"),
    ).outerjoin(CUSTOMER, CUSTOMER.id == FRIEND.customer_id)


def of_friends(friends: Select[Any], *barred: Barred) -> Select[Any]:
    """Return the same of friends who are nobody's customer."""
    return of_everyone(*barred).where(FRIEND.id.in_(friends), FRIEND.customer_id.is_(None))


def reasons(session: Session, audience: Select[Any]) -> dict[str, int]:
    """Return how many people there are for each reason; those under the empty one get it."""
    who = audience.subquery()
    return dict(session.execute(select(who.c.reason, func.count()).group_by(who.c.reason)).all())


def longest_names(session: Session, audience: Select[Any], most: int = 20) -> list[str]:
    """Return the longest names among those who get it."""
    who = audience.subquery()
    chosen = select(who.c.name).where(who.c.reason == "").order_by(func.length(who.c.name).desc()).limit(most)
    return list(session.scalars(chosen))


def readers(session: Session, audience: Select[Any], most: int | None = None) -> Iterator[tuple[str, str, int | None]]:
    """Yield LINE user id, name and customer of those who get it, customers first; at most so many. A forgotten person has no id."""
    who = audience.subquery()
    chosen = select(func.coalesce(who.c.user_id, ""), who.c.name, who.c.customer_id).where(who.c.reason == "")
    ordered = chosen.order_by(who.c.customer_id.is_(None), who.c.user_id).limit(most)
    yield from session.execute(ordered.execution_options(yield_per=5_000))


def write(session: Session, broadcast_id: int, audience: Select[Any]) -> int:
    """Write one row for each person of the audience, left out ones with their reason; return how many there are."""
    who = audience.order_by(None).subquery()
    rows = select(
        literal(broadcast_id),
        who.c.customer_id,
        who.c.user_id,
        null(),
        case((who.c.reason == "", "waiting"), else_="excluded"),
        who.c.reason,
        literal("a"),
    ).order_by(who.c.user_id)
    columns = ["broadcast_id", "customer_id", "user_id", "batch_id", "state", "reason", "variant"]
    session.execute(insert(RecipientRow).from_select(columns, rows))
    counted = select(func.count()).select_from(RecipientRow).where(RecipientRow.broadcast_id == broadcast_id)
    return session.scalar(counted) or 0


def divide(session: Session, row: BroadcastRow) -> None:
    """Leave the holdout out and give the others their variant, by the seed of the broadcast."""
    if not row.holdout and not row.split:
        return
    person = RecipientRow
    chosen = select(person.id, func.coalesce(person.user_id, "")).where(
        person.broadcast_id == row.id, person.state == "waiting"
    )
    held: list[dict[str, Any]] = []
    others: list[dict[str, Any]] = []
    for one, user_id in session.execute(chosen):
        if splitting.left_out(row.seed, user_id, row.holdout):
            held.append({"id": one, "state": "excluded", "reason": "holdout"})
        elif splitting.variant(row.seed, user_id, row.split) == "b":
            others.append({"id": one, "variant": "b"})
    for changes in (held, others):
        if changes:
            session.execute(update(person), changes)
