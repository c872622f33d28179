"""Who a broadcast goes to, and who is left out and why: one query, used for the preview and for the freeze."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, case, func, insert, literal, null, select

from shopdesk.broadcasts.tables import RecipientRow
from shopdesk.customers import tables as customers
from shopdesk.friends import tables as friends

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

FRIEND, CUSTOMER = friends.FriendRow, customers.CustomerRow
NAME = func.coalesce(func.nullif(CUSTOMER.name, ""), func.nullif(FRIEND.display_name, ""), "")


def of_segment(people: Select[Any]) -> Select[Any]:
    """Return (customer_id, user_id, reason, name) of everybody in a segment; the reason is empty for who gets it."""
    reason = case(
        (FRIEND.id.is_(None), "not_linked"),
        (FRIEND.state != "friend", "blocked"),
        (CUSTOMER.consent_line.is_(False), "opted_out"),
        else_="",
    )
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


def of_everyone() -> Select[Any]:
    """Return the same of every friend we know."""
    reason = case((FRIEND.state != "friend", "blocked"), (CUSTOMER.consent_line.is_(False), "opted_out"), else_="")
    return select(
        FRIEND.customer_id.label("customer_id"),
        FRIEND.user_id.label("user_id"),
        reason.label("reason"),
        NAME.label("name"),
    ).outerjoin(CUSTOMER, CUSTOMER.id == FRIEND.customer_id)


def reasons(session: Session, audience: Select[Any]) -> dict[str, int]:
    """Return how many people there are for each reason; those under the empty one get it."""
    who = audience.subquery()
    return dict(session.execute(select(who.c.reason, func.count()).group_by(who.c.reason)).all())


def some_names(session: Session, audience: Select[Any], most: int) -> list[str]:
    """Return the names of the first people who get it."""
    who = audience.subquery()
    chosen = (
        select(who.c.name).where(who.c.reason == "").order_by(who.c.customer_id.is_(None), who.c.user_id).limit(most)
    )
    return list(session.scalars(chosen))


def longest_names(session: Session, audience: Select[Any], most: int = 20) -> list[str]:
    """Return the longest names among those who get it."""
    who = audience.subquery()
    chosen = select(who.c.name).where(who.c.reason == "").order_by(func.length(who.c.name).desc()).limit(most)
    return list(session.scalars(chosen))


def freeze(session: Session, broadcast_id: int, audience: Select[Any]) -> int:
    """Write one row for each person of the audience, left out ones with their reason."""
    who = audience.order_by(None).subquery()
    rows = select(
        literal(broadcast_id),
        who.c.customer_id,
        who.c.user_id,
        null(),
        case((who.c.reason == "", "waiting"), else_="excluded"),
        who.c.reason,
    ).order_by(who.c.user_id)
    columns = ["broadcast_id", "customer_id", "user_id", "batch_id", "state", "reason"]
    session.execute(insert(RecipientRow).from_select(columns, rows))
    counted = select(func.count()).select_from(RecipientRow).where(RecipientRow.broadcast_id == broadcast_id)
    return session.scalar(counted) or 0
