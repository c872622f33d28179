"""What happens to the links and the source of a person who is merged, forgotten or disclosed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, or_, select, update

from shopdesk.clock import in_japan
from shopdesk.customers import Event
from shopdesk.database import portions
from shopdesk.friends.tables import FriendRow
from shopdesk.i18n import _
from shopdesk.links.tables import ArrivalRow, ClickRow, LinkRow, ReceiverRow, SourceRow

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session


class LinkPart:
    """Links' part in a person's life. It comes before that of the friends, whose rows it reads; what is a friend's goes with the friend."""

    name = "links"

    def move(self, session: Session, keep: int, other: int) -> list[Any]:
        """Give `keep` the addresses that `other` got as a customer; return their ids."""
        theirs = update(ReceiverRow).where(ReceiverRow.customer_id == other).values(customer_id=keep)
        return sorted(session.scalars(theirs.returning(ReceiverRow.id)))

    def move_back(self, session: Session, keep: int, other: int, moved: list[Any]) -> None:
        """Give `other` its addresses again."""
        for some in portions(moved):
            still = (ReceiverRow.id.in_(some), ReceiverRow.customer_id == keep)
            session.execute(update(ReceiverRow).where(*still).values(customer_id=other))

    def erase(self, session: Session, customer_id: int) -> None:
        """Let nobody see any more whose clicks they were; how many there were stays. By which source they came goes with the friend."""
        session.execute(update(ReceiverRow).where(_of(customer_id)).values(friend_id=None, customer_id=None))

    def disclose(self, session: Session, customer_id: int) -> dict[str, Any]:
        """Return which links the person opened, and where they found the shop."""
        opened = [
            {"link": to, "hour": in_japan(hour).isoformat(), "clicks": clicks}
            for to, hour, clicks in session.execute(_clicks(customer_id).order_by(ClickRow.hour))
        ]
        came = [{"source": name, "at": in_japan(at).isoformat()} for name, at in session.execute(_arrival(customer_id))]
        return {"link_clicks": opened, "friend_source": came}

    def timeline(self, session: Session, customer_id: int, limit: int) -> list[Event]:
        """Return where the person found the shop, and which links they opened."""
        came = [
            Event(at, "friend", _("Found the shop on LINE"), name)
            for name, at in session.execute(_arrival(customer_id))
        ]
        newest = _clicks(customer_id).order_by(ClickRow.hour.desc()).limit(limit)
        opened = [Event(hour, "link", _("Opened a link"), to) for to, hour, _many in session.execute(newest)]
        return sorted([*came, *opened], key=lambda event: event.at, reverse=True)[:limit]

    def find(self, session: Session, text: str, limit: int) -> list[int]:
        """Return nobody: no link names a person."""
        del session, text, limit
        return []


def _of(customer_id: int) -> ColumnElement[bool]:
    linked = select(FriendRow.id).where(FriendRow.customer_id == customer_id)
    return or_(ReceiverRow.customer_id == customer_id, ReceiverRow.friend_id.in_(linked))


def _clicks(customer_id: int) -> Any:
    found = select(LinkRow.destination, ClickRow.hour, func.sum(ClickRow.clicks))
    joined = found.join(LinkRow, LinkRow.id == ClickRow.link_id).join(
        ReceiverRow, ReceiverRow.id == ClickRow.receiver_id
    )
    return joined.where(_of(customer_id)).group_by(LinkRow.id, LinkRow.destination, ClickRow.hour)


def _arrival(customer_id: int) -> Any:
    found = select(SourceRow.name, ArrivalRow.at).join(ArrivalRow, ArrivalRow.source_id == SourceRow.id)
    return found.join(FriendRow, FriendRow.id == ArrivalRow.friend_id).where(FriendRow.customer_id == customer_id)
