"""One friend is one customer: tying the two together and apart, whoever asked for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, select

from shopdesk.customers.tables import CustomerRow
from shopdesk.errors import NotFoundError, ShopDeskError
from shopdesk.friends.tables import FriendRow
from shopdesk.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from shopdesk.customers import Customers
    from shopdesk.staff import Staff


class AlreadyLinkedError(ShopDeskError):
    """One of the two is linked already; one friend is one customer."""

    code = "already_linked"


class Knot:
    """Ties and unties in the caller's transaction, so that the customer's own row always says the same.

    `then(session, friend_id, customer_id)` does in it what else becomes the customer's with their friend.
    """

    def __init__(self, staff: Staff, customers: Customers) -> None:
        self._staff, self._customers = staff, customers
        self.then: Callable[[Session, int, int], object] = lambda _session, _friend_id, _customer_id: None

    def tie(self, session: Session, friend: FriendRow, customer_id: int) -> None:
        """Say that this friend is this customer.

        Raises:
            NotFoundError: there is no such customer.
            AlreadyLinkedError: one of them is linked with somebody else.
        """
        name = session.scalar(select(CustomerRow.name).where(CustomerRow.id == customer_id))
        if name is None:
            raise NotFoundError(_("There is no customer {id}. Search for the person first.").format(id=customer_id))
        if friend.customer_id not in {None, customer_id}:
            raise AlreadyLinkedError(
                _("{friend} is linked with customer {id} already. Unlink them first.").format(
                    friend=friend.display_name or friend.user_id, id=friend.customer_id
                )
            )
        other = session.scalar(select(FriendRow.display_name).where(_another_of(customer_id, friend.id)))
        if other is not None:
            raise AlreadyLinkedError(
                _("{customer} is linked with the LINE friend “{friend}” already. Unlink them first.").format(
                    customer=name, friend=other
                )
            )
        friend.customer_id = customer_id
        session.flush()
        self.then(session, friend.id, customer_id)
        self._customers.set_line_state(session, customer_id, "blocked" if friend.state == "blocked" else "friend")
        self._staff.record(session, "link", "friend", [friend.id, customer_id], ["customer_id"])

    def untie(self, session: Session, friend: FriendRow) -> bool:
        """Take the link away; say whether there was one."""
        before, friend.customer_id = friend.customer_id, None
        if before is None:
            return False
        session.flush()
        self._customers.set_line_state(session, before, "none")
        self._staff.record(session, "unlink", "friend", [friend.id, before], ["customer_id"])
        return True


def _another_of(customer_id: int, friend_id: int) -> ColumnElement[bool]:
    return (FriendRow.customer_id == customer_id) & (FriendRow.id != friend_id)
