"""What the pages hold of a person who is merged, forgotten or disclosed: all of it is their friend's on LINE, who moves with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, delete, false, or_, select

from shopdesk.clock import in_japan
from shopdesk.customers import Event
from shopdesk.customers.tables import CustomerRow
from shopdesk.friends.tables import FriendRow
from shopdesk.i18n import _
from shopdesk.site.tables import CommentRow, LikeRow, PageRow, ReservationRow, VisitorRow

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Session


class SitePart:
    """The pages' part in a person's life."""

    name = "site"

    def move(self, _session: Session, _keep: int, _other: int) -> list[Any]:
        """Move nothing: the friend moves."""
        return []

    def move_back(self, _session: Session, _keep: int, _other: int, _moved: list[Any]) -> None:
        """Move nothing back."""

    def erase(self, session: Session, customer_id: int) -> None:
        """Erase what they wrote and asked for; also requests without LINE that name their phone or mail."""
        friend = _friend(customer_id)
        session.execute(delete(ReservationRow).where(_theirs(session, customer_id)))
        for row in (CommentRow, LikeRow, VisitorRow):
            session.execute(delete(row).where(row.friend_id.in_(friend)))

    def disclose(self, session: Session, customer_id: int) -> dict[str, Any]:
        """Return what they wrote, liked and asked for."""
        friend, row = _friend(customer_id), ReservationRow
        comments = select(CommentRow).where(CommentRow.friend_id.in_(friend)).order_by(CommentRow.id)
        liked = select(PageRow.title, LikeRow.at).join(LikeRow, LikeRow.page_id == PageRow.id)
        asked = select(row).where(_theirs(session, customer_id)).order_by(row.id)
        return {
            "comments": [
                {"at": in_japan(one.at).isoformat(), "name": one.name, "text": one.text, "state": one.state}
                for one in session.scalars(comments)
            ],
            "likes": [
                {"at": in_japan(at).isoformat(), "page": title}
                for title, at in session.execute(liked.where(LikeRow.friend_id.in_(friend)).order_by(LikeRow.id))
            ],
            "reservations": [
                {
                    "made_at": in_japan(one.made_at).isoformat(),
                    "for": in_japan(one.at).isoformat(),
                    "people": one.people,
                    "name": one.name,
                    "phone": one.phone,
                    "mail": one.mail,
                    "note": one.note,
                    "state": one.state,
                }
                for one in session.scalars(asked)
            ],
        }

    def timeline(self, session: Session, customer_id: int, limit: int) -> list[Event]:
        """Return their comments; requests stand in the talk."""
        mine = select(CommentRow).where(CommentRow.friend_id.in_(_friend(customer_id)))
        found = session.scalars(mine.order_by(CommentRow.id.desc()).limit(limit))
        return [Event(one.at, "comment", _("Comment on the pages"), one.text) for one in found]

    def find(self, _session: Session, _text: str, _limit: int) -> list[int]:
        """Return nobody: nothing here names a person better than the customers do."""
        return []


def _friend(customer_id: int) -> Select[Any]:
    return select(FriendRow.id).where(FriendRow.customer_id == customer_id)


def _theirs(session: Session, customer_id: int) -> ColumnElement[bool]:
    row, own = ReservationRow, CustomerRow
    phone, mail = session.execute(select(own.phone, own.email).where(own.id == customer_id)).one()
    named = [column == said for column, said in ((row.phone, phone), (row.mail, mail)) if said]
    return or_(row.friend_id.in_(_friend(customer_id)), and_(row.friend_id.is_(None), or_(false(), *named)))
