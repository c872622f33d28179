"""What must be true of links at rest: each leads to a page that a link may lead to, and its clicks are its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from shopdesk.links.destinations import UnsafeAddressError, sound
from shopdesk.links.tables import ClickRow, LinkRow, ReceiverRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def broken(session: Session) -> list[int]:
    """Return the ids of links that are not as they must be."""
    rows = session.execute(select(LinkRow.id, LinkRow.destination).execution_options(yield_per=1000))
    wrong = {link for link, destination in rows if not _is_sound(destination)}
    another = select(ClickRow.link_id).outerjoin(ReceiverRow, ReceiverRow.id == ClickRow.receiver_id)
    strange = or_(ClickRow.clicks < 1, ReceiverRow.link_id != ClickRow.link_id)
    return sorted(wrong | set(session.scalars(another.where(strange).distinct())))


def _is_sound(destination: str) -> bool:
    try:
        return sound(destination) == destination
    except UnsafeAddressError:
        return False
