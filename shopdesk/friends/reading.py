"""Friends read from their rows, with the customers who they are and what they did: follow, block, come back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, func, or_, select

from shopdesk.customers.tables import CustomerRow
from shopdesk.friends.records import Counts, Friend, Suggestion
from shopdesk.friends.tables import FriendRow
from shopdesk.friends.turns import since, turns_of
from shopdesk.japanese import fold

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from shopdesk.friends.records import FriendState


def friend(session: Session, which: ColumnElement[bool]) -> Friend | None:
    """Return the one friend of whom something holds, None where there is none."""
    found = _read(session, _views().where(which))
    return found[0] if found else None


def page(
    session: Session, *, state: FriendState | None, linked: bool | None, text: str, after: int | None, limit: int
) -> list[Friend]:
    """Return friends, the latest first; see `Friends.page`."""
    chosen = _views().order_by(FriendRow.id.desc()).limit(limit)
    if state:
        chosen = chosen.where(FriendRow.state == state)
    if linked is not None:
        chosen = chosen.where(FriendRow.customer_id.is_not(None) if linked else FriendRow.customer_id.is_(None))
    if text:
        named = (FriendRow.display_name, CustomerRow.name)
        chosen = chosen.where(or_(*(one.icontains(text, autoescape=True) for one in named)))
    if after is not None:
        chosen = chosen.where(FriendRow.id < after)
    return _read(session, chosen)


def counts(session: Session) -> Counts:
    """Return how many friends there are of each kind."""
    linked = func.count(FriendRow.customer_id)
    rows = session.execute(select(FriendRow.state, func.count(), linked).group_by(FriendRow.state))
    by_state = {state: (number, with_customer) for state, number, with_customer in rows}
    friends, known = by_state.get("friend", (0, 0))
    return Counts(friends, by_state.get("blocked", (0, 0))[0], known, friends - known)


def alike(session: Session, name: str, limit: int) -> list[Suggestion]:
    """Return customers without a friend whose name or kana reads like a name."""
    named = fold(name)
    if not named:
        return []
    row = CustomerRow
    taken = select(FriendRow.customer_id).where(FriendRow.customer_id == row.id).exists()
    chosen = (
        select(row.id, row.name, row.kana)
        .where(or_(row.name_fold == named, row.kana_fold == named), ~taken)
        .order_by(row.last_order_at.desc(), row.id)
        .limit(limit)
    )
    return [Suggestion(*found) for found in session.execute(chosen)]


def _views() -> Select[*tuple[Any, ...]]:
    row, person = FriendRow, CustomerRow
    columns = (row.id, row.user_id, row.display_name, row.picture_url, row.state, row.customer_id)
    return select(*columns, func.coalesce(person.name, ""), row.blocked_at).outerjoin(
        person, person.id == row.customer_id
    )


def _read(session: Session, chosen: Select[*tuple[Any, ...]]) -> list[Friend]:
    found = [Friend(*row) for row in session.execute(chosen)]
    turns = turns_of(session, [one.id for one in found])
    return [replace(one, since=since(turns[one.id]), turns=turns[one.id]) if one.id in turns else one for one in found]
