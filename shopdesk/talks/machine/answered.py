"""What the machine has answered lately, read from the talks: to which words, by which rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from shopdesk.customers.tables import CustomerRow
from shopdesk.friends.tables import FriendRow
from shopdesk.talks.machine.records import Answered
from shopdesk.talks.tables import TalkMessageRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def answered(session: Session, limit: int) -> list[Answered]:
    """Return the machine's newest answers; each of several bubbles is one."""
    row, before, friend = TalkMessageRow, aliased(TalkMessageRow), FriendRow
    asked = (
        select(before.words)
        .where(before.friend_id == row.friend_id, before.side == "friend", before.at <= row.at, before.id < row.id)
        .order_by(before.at.desc(), before.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    name = func.coalesce(CustomerRow.name, friend.display_name, "")
    chosen = (
        select(row.id, row.at, row.friend_id, name, func.coalesce(asked, ""), row.author, row.words, row.state)
        .join(friend, friend.id == row.friend_id)
        .outerjoin(CustomerRow, CustomerRow.id == friend.customer_id)
        .where(row.by_machine)
        .order_by(row.id.desc())
        .limit(limit)
    )
    return [Answered(*one) for one in session.execute(chosen)]
