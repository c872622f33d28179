"""Clicks: kept a row an hour, and read again by link, by broadcast, by hour, by person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from shopdesk.customers.tables import CustomerRow
from shopdesk.database import Statement, milliseconds
from shopdesk.friends.tables import FriendRow
from shopdesk.links.records import Clicked, Clicker, Hour
from shopdesk.links.tables import ClickRow, LinkRow, ReceiverRow

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

Click = tuple[int, int | None, "datetime"]
"""A link, who opened it (a receiver, None for somebody), and the beginning of the hour."""

_ADD = Statement(
    "INSERT INTO link_clicks (link_id, receiver_id, hour, clicks) VALUES (:link, :receiver, :hour, :clicks) "
    "ON CONFLICT (link_id, coalesce(receiver_id, 0), hour) DO UPDATE SET clicks = link_clicks.clicks + excluded.clicks"
)


_FAR = 1 << 60


def hour_of(at: datetime) -> datetime:
    """Return the beginning of the hour; Japan is whole hours from UTC."""
    return at.replace(minute=0, second=0, microsecond=0)


def keep(session: Session, clicks: Mapping[Click, int]) -> None:
    """Add clicks to those of their hours, always in one order: no two writers wait for each other."""
    for link, receiver, hour in sorted(clicks, key=lambda one: (one[0], one[1] or 0, one[2])):
        many = clicks[link, receiver, hour]
        _ADD.run(session, link=link, receiver=receiver, hour=milliseconds(hour), clicks=many)


def clicked(session: Session, *where: ColumnElement[bool]) -> Clicked:
    """Return the clicks of some links together; somebody who opened two of them is one."""
    figures = select(func.coalesce(func.sum(ClickRow.clicks), 0), func.count(func.distinct(_person())))
    joined = figures.join(LinkRow, LinkRow.id == ClickRow.link_id).outerjoin(
        ReceiverRow, ReceiverRow.id == ClickRow.receiver_id
    )
    clicks, people = session.execute(joined.where(*where)).one()
    return Clicked(int(clicks), people)


def _person() -> ColumnElement[Any]:
    """Who a receiver is, over all links: a friend, else a customer (below zero), else the receiver itself, far below."""
    row = ReceiverRow
    return func.coalesce(row.friend_id, -row.customer_id, -_FAR - row.id)


def hours(session: Session, link_id: int) -> list[Hour]:
    """Return the hours in which a link was opened, the earliest first."""
    counted = select(ClickRow.hour, func.sum(ClickRow.clicks)).where(ClickRow.link_id == link_id)
    found = session.execute(counted.group_by(ClickRow.hour).order_by(ClickRow.hour))
    return [Hour(at, int(clicks)) for at, clicks in found]


def clickers(session: Session, link_id: int, limit: int) -> list[Clicker]:
    """Return who opened a link that was sent to them, the latest first."""
    row, click, friend, person = ReceiverRow, ClickRow, FriendRow, CustomerRow
    first, last = func.min(click.hour, type_=click.hour.type), func.max(click.hour, type_=click.hour.type)
    name = func.coalesce(person.name, friend.display_name, "")
    counted = (
        select(person.id, name, func.sum(click.clicks), first, last)
        .select_from(click)
        .join(row, row.id == click.receiver_id)
        .outerjoin(friend, friend.id == row.friend_id)
        .outerjoin(person, person.id == func.coalesce(friend.customer_id, row.customer_id))
        .where(click.link_id == link_id)
        .group_by(row.id, person.id, name)
        .order_by(last.desc(), row.id)
        .limit(limit)
    )
    return [Clicker(*found) for found in session.execute(counted)]
