"""Which member of a site is which friend: written by the rules that hold for linking everywhere, and never over what is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, exists, insert, or_, select

from shopdesk.customers.tables import CustomerKeyRow, StoppedCustomerRow
from shopdesk.errors import NotFoundError
from shopdesk.friends import AlreadyLinkedError
from shopdesk.friends.tables import FriendRow
from shopdesk.member_sites.tables import MemberLinkRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from shopdesk.customers import Customers
    from shopdesk.friends import Friends, Met
    from shopdesk.line import SignedIn
    from shopdesk.member_sites.tables import MemberSiteRow
    from shopdesk.staff import Staff


class Linking:
    """Links in the caller's transaction."""

    def __init__(self, staff: Staff, customers: Customers, friends: Friends) -> None:
        self._staff, self._customers, self._friends = staff, customers, friends

    def known(self, session: Session, site: MemberSiteRow, user_id: str) -> str:
        """Return as which member somebody on LINE has signed in on a site, '' for none.

        What staff linked by hand, or a card at the counter did, lets nobody into an account; and what was linked once counts only
        while it holds.
        """
        row = MemberLinkRow
        found = session.execute(
            select(row.member, FriendRow.customer_id)
            .join(FriendRow, FriendRow.id == row.friend_id)
            .where(row.site_id == site.id, FriendRow.user_id == user_id)
        ).first()
        owner = self._customers.member(session, site.cart, found.member) if found else None
        if found is None or owner is None or owner != found.customer_id or _is_stopped(session, owner):
            return ""
        return str(found.member)

    def link(self, session: Session, site: MemberSiteRow, member: str, who: SignedIn, at: datetime) -> tuple[bool, Met]:
        """Link a member with whoever signed in; say whether it is so now. What contradicts it stays, and nothing is written."""
        friend = self._friends.signed_in(session, who, at)
        owner = self._customers.member(session, site.cart, member)
        customer = friend.customer_id if owner is None else owner
        if customer is not None and (_is_stopped(session, customer) or not self._fits(session, site, owner, friend)):
            return False, friend
        if customer is None:
            customer = self._customers.enter(session, who.name)
            self._staff.record(session, "add", "customer", [customer])
        if owner is None:
            self._customers.note_member(session, customer, site.cart, member)
        if friend.customer_id is None:
            try:
                self._friends.tie(session, friend.friend_id, customer)
            except (AlreadyLinkedError, NotFoundError):
                return False, friend
        row = MemberLinkRow
        stale = or_(row.member == member, row.friend_id == friend.friend_id)
        session.execute(delete(row).where(row.site_id == site.id, stale))
        values = {"site_id": site.id, "member": member, "friend_id": friend.friend_id, "at": at}
        session.execute(insert(row).values(**values))
        self._staff.record(session, "link", "member site", [site.id, friend.friend_id, customer])
        return True, friend

    @staticmethod
    def _fits(session: Session, site: MemberSiteRow, owner: int | None, friend: Met) -> bool:
        """Say whether the friend may be the member: they are nobody yet or the same, or have no number of this cart."""
        if owner is not None:
            return friend.customer_id in {None, owner}
        key = CustomerKeyRow
        another = exists().where(key.customer_id == friend.customer_id, key.kind == "member", key.scope == site.cart)
        return session.scalar(select(~another)) is True


def _is_stopped(session: Session, customer_id: int) -> bool:
    return session.get(StoppedCustomerRow, customer_id) is not None
