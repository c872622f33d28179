"""What one person has in answer to a condition on how they found the shop and which links they opened, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select

from shopdesk.friends.tables import FriendRow
from shopdesk.i18n import _n
from shopdesk.links.tables import ArrivalRow, ClickRow, LinkRow, ReceiverRow, SourceRow
from shopdesk.segments.answers import NOTHING
from shopdesk.segments.comparing import cutoff, listed

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from shopdesk.segments.rules import Condition


def source(session: Session, who: int, _condition: Condition, _now: datetime) -> str:
    """The place of the QR code."""
    came = select(SourceRow.name).join(ArrivalRow, ArrivalRow.source_id == SourceRow.id)
    mine = came.join(FriendRow, FriendRow.id == ArrivalRow.friend_id).where(FriendRow.customer_id == who)
    return session.scalar(mine) or NOTHING


def opened(session: Session, who: int, condition: Condition, now: datetime) -> str:
    """How often links to these pages were opened, in the days that are asked about."""
    friends = select(FriendRow.id).where(FriendRow.customer_id == who)
    mine = or_(ReceiverRow.customer_id == who, ReceiverRow.friend_id.in_(friends))
    counted = (
        select(func.sum(ClickRow.clicks))
        .join(ReceiverRow, ReceiverRow.id == ClickRow.receiver_id)
        .join(LinkRow, LinkRow.id == ClickRow.link_id)
        .where(mine, LinkRow.destination.in_(listed(condition)))
    )
    if condition.within_days is not None:
        counted = counted.where(ClickRow.hour >= cutoff(now, condition.within_days))
    n = int(session.scalar(counted) or 0)
    return _n("opened {n} time", "opened {n} times", n).format(n=f"{n:,}")
