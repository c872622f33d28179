"""Who gets a follow-up: what whoever opened no link of a broadcast gets by the other way, its mail after LINE or LINE after its mail.

That is decided when it is sent: whoever opens a link before then falls out. Only links tell: what a mail program loads by itself does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased

from shopdesk.broadcasts.audience import CUSTOMER, FRIEND
from shopdesk.broadcasts.tables import BroadcastRow, RecipientRow
from shopdesk.links.tables import ClickRow, LinkRow, ReceiverRow

if TYPE_CHECKING:
    from sqlalchemy import Select

    from shopdesk.broadcasts.audience import Barred
    from shopdesk.broadcasts.office import Office


def people(office: Office, row: BroadcastRow) -> Select[Any]:
    """Return the customers to whom a follow-up goes now, reachable or not."""
    first = row.follows_id or 0
    got = on_line(first) if row.mail_only else office.mailed(first)
    return unopened(first, got)


def on_line(broadcast_id: int) -> Select[Any]:
    """Return the customers for whom LINE took a broadcast, as they are linked now."""
    known = func.coalesce(FRIEND.customer_id, RecipientRow.customer_id)
    taken = (RecipientRow.broadcast_id == broadcast_id, RecipientRow.state == "accepted", known.is_not(None))
    linked = FRIEND.user_id == RecipientRow.user_id
    return select(known).select_from(RecipientRow).outerjoin(FRIEND, linked).where(*taken)


def unopened(broadcast_id: int, got: Select[Any]) -> Select[Any]:
    """Return those of the customers `got` who opened no link of a broadcast and its mail."""
    known = func.coalesce(ReceiverRow.customer_id, FRIEND.customer_id)
    opened = (
        select(known)
        .select_from(ReceiverRow)
        .join(ClickRow, ClickRow.receiver_id == ReceiverRow.id)
        .join(LinkRow, LinkRow.id == ReceiverRow.link_id)
        .outerjoin(FRIEND, FRIEND.id == ReceiverRow.friend_id)
        .where(LinkRow.broadcast_id == broadcast_id, known.is_not(None))
    )
    return select(CUSTOMER.id).where(CUSTOMER.id.in_(got), CUSTOMER.id.not_in(opened))


def followed(row: BroadcastRow) -> list[Barred]:
    """Return the condition that somebody had another follow-up of the same broadcast: each person gets one."""
    if row.follows_id is None:
        return []
    other, person = aliased(BroadcastRow), aliased(RecipientRow)
    had = exists().where(
        person.customer_id == CUSTOMER.id,
        person.broadcast_id == other.id,
        other.follows_id == row.follows_id,
        other.id != row.id,
        person.state.in_(("waiting", "accepted", "unknown")) | (person.reason == "by_mail"),
    )
    return [(had, "followed")]
