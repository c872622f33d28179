"""Who gets a follow-up: what whoever opened no link of a broadcast gets by the other way, its mail after LINE or LINE after its mail.

That is decided when it is sent: whoever opens a link before then falls out. Only links tell: what a mail program loads by itself does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased

from shopdesk.broadcasts import audience
from shopdesk.broadcasts.audience import CUSTOMER, FRIEND
from shopdesk.broadcasts.tables import BroadcastRow, RecipientRow
from shopdesk.links.tables import ClickRow, LinkRow, ReceiverRow

if TYPE_CHECKING:
    from sqlalchemy import Select

    from shopdesk.broadcasts.audience import Barred
    from shopdesk.broadcasts.office import Office


def people(office: Office, row: BroadcastRow) -> Select[Any]:
    """Return the customers who got what a follow-up follows, reachable or not, those too who have opened it."""
    first = row.follows_id or 0
    return _customers(on_line(first) if row.mail_only else office.mailed(first))


def on_line(broadcast_id: int) -> Select[Any]:
    """Return the customers for whom LINE took a broadcast, as they are linked now."""
    known = func.coalesce(FRIEND.customer_id, RecipientRow.customer_id)
    taken = (RecipientRow.broadcast_id == broadcast_id, RecipientRow.state == "accepted", known.is_not(None))
    linked = FRIEND.user_id == RecipientRow.user_id
    return select(known).select_from(RecipientRow).outerjoin(FRIEND, linked).where(*taken)


def by_mail_after(broadcast_id: int, but: int | None) -> Select[Any]:
    """Return the audience of a broadcast's follow-up by mail before it is frozen; `but` is the follow-up itself, where it is kept."""
    return audience.by_mail(_customers(on_line(broadcast_id)), *barred(broadcast_id, but))


def barred(first: int | None, but: int | None) -> list[Barred]:
    """Return why people get no follow-up of broadcast `first`: they have opened it, or had another than `but`. None: it is no follow-up."""
    if first is None:
        return []
    return [(CUSTOMER.id.in_(_opened(first)), "opened"), *followed(first, but)]


def followed(first: int, but: int | None) -> list[Barred]:
    """Return the condition that somebody had another follow-up of the same broadcast: each person gets one."""
    other, person = aliased(BroadcastRow), aliased(RecipientRow)
    had = exists().where(
        person.customer_id == CUSTOMER.id,
        person.broadcast_id == other.id,
        other.follows_id == first,
        other.id != (but or 0),
        person.state.in_(("waiting", "accepted", "unknown")) | (person.reason == "by_mail"),
    )
    return [(had, "followed")]


def _customers(got: Select[Any]) -> Select[Any]:
    return select(CUSTOMER.id).where(CUSTOMER.id.in_(got))


def _opened(broadcast_id: int) -> Select[Any]:
    """The customers who opened a link of a broadcast or its mail."""
    known = func.coalesce(ReceiverRow.customer_id, FRIEND.customer_id)
    return (
        select(known)
        .select_from(ReceiverRow)
        .join(ClickRow, ClickRow.receiver_id == ReceiverRow.id)
        .join(LinkRow, LinkRow.id == ReceiverRow.link_id)
        .outerjoin(FRIEND, FRIEND.id == ReceiverRow.friend_id)
        .where(LinkRow.broadcast_id == broadcast_id, known.is_not(None))
    )
