"""What happens to the sign-ins of a person who is merged, forgotten or disclosed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, delete, exists, or_, select

from shopdesk.clock import in_japan
from shopdesk.customers import Event
from shopdesk.customers.tables import CustomerKeyRow
from shopdesk.friends.tables import FriendRow
from shopdesk.i18n import _
from shopdesk.member_sites.tables import MemberLinkRow, MemberSignInRow, MemberSiteRow

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session


class MemberSitePart:
    """The sites' part in a person's life. It comes before that of the friends, whose rows it reads; friend and member number move themselves."""

    name = "member sites"

    def move(self, _session: Session, _keep: int, _other: int) -> list[Any]:
        """Move nothing: the friend moves, and the member number."""
        return []

    def move_back(self, _session: Session, _keep: int, _other: int, _moved: list[Any]) -> None:
        """Move nothing back."""

    def erase(self, session: Session, customer_id: int) -> None:
        """Remove what names their friend or their member number."""
        for row in (MemberLinkRow, MemberSignInRow):
            session.execute(delete(row).where(_of(row, customer_id)))

    def disclose(self, session: Session, customer_id: int) -> dict[str, Any]:
        """Return as which member of which site the person signed in."""
        held = [
            {"site": name, "member": member, "at": in_japan(at).isoformat()}
            for name, member, at in _links(session, customer_id)
        ]
        return {"member_sites": held}

    def timeline(self, session: Session, customer_id: int, limit: int) -> list[Event]:
        """Return when the person signed in on a site for the first time."""
        found = [
            Event(at, "friend", _("Signed in with LINE"), name) for name, _member, at in _links(session, customer_id)
        ]
        return sorted(found, key=lambda event: event.at, reverse=True)[:limit]

    def find(self, _session: Session, _text: str, _limit: int) -> list[int]:
        """Return nobody: the customers' own keys name their member numbers."""
        return []


def _of(row: type[MemberLinkRow | MemberSignInRow], customer_id: int) -> ColumnElement[bool]:
    key = CustomerKeyRow
    theirs = select(MemberSiteRow.id).where(
        MemberSiteRow.id == row.site_id,
        key.customer_id == customer_id,
        key.kind == "member",
        key.scope == MemberSiteRow.cart,
        key.value == row.member,
    )
    friend = select(FriendRow.id).where(FriendRow.customer_id == customer_id)
    return or_(row.friend_id.in_(friend), and_(row.member != "", exists(theirs.correlate(row))))


def _links(session: Session, customer_id: int) -> list[tuple[str, str, Any]]:
    row = MemberLinkRow
    chosen = select(MemberSiteRow.name, row.member, row.at).join(MemberSiteRow, MemberSiteRow.id == row.site_id)
    return [
        (name, member, at) for name, member, at in session.execute(chosen.where(_of(row, customer_id)).order_by(row.id))
    ]
