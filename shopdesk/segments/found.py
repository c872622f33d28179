"""Conditions on how people found the shop, and on links that they opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, or_, select

from shopdesk.customers.tables import CustomerRow
from shopdesk.friends.tables import FriendRow
from shopdesk.links.tables import ArrivalRow, ClickRow, LinkRow, ReceiverRow, SourceRow
from shopdesk.segments.comparing import cutoff, listed
from shopdesk.segments.forms import Among

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, Select

    from shopdesk.segments.rules import Condition


def source(condition: Condition, _now: datetime) -> Among:
    """Whether the person's friend came by one of these QR codes."""
    found = (
        select(FriendRow.customer_id)
        .join(ArrivalRow, ArrivalRow.friend_id == FriendRow.id)
        .join(SourceRow, SourceRow.id == ArrivalRow.source_id)
        .where(FriendRow.customer_id.is_not(None), SourceRow.name.in_(listed(condition)))
    )
    test = exists(found.where(FriendRow.customer_id == CustomerRow.id).correlate(CustomerRow))
    return Among((found,), test, (found,), negated=condition.comparison == "is_not")


def opened(condition: Condition, now: datetime) -> Among:
    """Whether the person opened a link that was sent to them and leads to one of these pages."""
    wanted: list[ColumnElement[bool]] = [LinkRow.destination.in_(listed(condition))]
    if condition.within_days is not None:
        wanted.append(ClickRow.hour >= cutoff(now, condition.within_days))
    as_friend = _clicked(FriendRow.customer_id).join(FriendRow, FriendRow.id == ReceiverRow.friend_id)
    found = tuple(one.where(*wanted) for one in (as_friend, _clicked(ReceiverRow.customer_id)))
    ids = tuple(one.where(_whose(one).is_not(None)) for one in found)
    tests = [exists(one.where(_whose(one) == CustomerRow.id).correlate(CustomerRow)) for one in found]
    return Among(ids, or_(*tests), ids, negated=condition.comparison == "is_not")


def source_names() -> Select[Any]:
    """Return the query for the names of the places of QR codes."""
    return select(SourceRow.name)


def pages() -> Select[Any]:
    """Return the query for the pages that links lead to."""
    return select(LinkRow.destination).distinct()


def _clicked(whose: Any) -> Select[Any]:
    joined = select(whose).select_from(ClickRow).join(ReceiverRow, ReceiverRow.id == ClickRow.receiver_id)
    return joined.join(LinkRow, LinkRow.id == ClickRow.link_id)


def _whose(found: Select[Any]) -> Any:
    return found.selected_columns[0]
