"""Everything the page shows of an open talk, read in one go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shopdesk.staff import Act
from shopdesk.ui.loyalty.having import card_of

if TYPE_CHECKING:
    from shopdesk.broadcasts import Taken
    from shopdesk.cards import Card
    from shopdesk.coupons import Held
    from shopdesk.customers import Customer
    from shopdesk.friends import Friend, Suggestion
    from shopdesk.orders import Line, Order
    from shopdesk.shop import Shop
    from shopdesk.talks import Said, Talk, Way

ORDERS = 3


@dataclass(frozen=True)
class Opened:
    """An open talk: `more` says that there are older messages, `suggestions` who an unlinked friend may be.

    `before_block` is the last broadcast that somebody got who then blocked the account; `coupons` are those that the customer could use.
    Whoever may answer talks and not see people gets the talk alone: no `friend`, and nothing of the customer.
    """

    talk: Talk
    messages: tuple[Said, ...]
    more: bool
    way: Way
    friend: Friend | None
    customer: Customer | None
    orders: tuple[tuple[Order, tuple[Line, ...]], ...]
    suggestions: tuple[Suggestion, ...]
    before_block: Taken | None = None
    card: Card | None = None
    coupons: tuple[Held, ...] = ()


def read_open(shop: Shop, friend_id: int, most: int) -> Opened | None:
    """Read a talk with its newest messages, `most` of them; None where there is no such talk any more."""
    talk = shop.talks.get(friend_id)
    if talk is None:
        return None
    messages = shop.talks.messages(friend_id, limit=most + 1)
    sees = shop.staff.may(Act.SEE_PEOPLE)
    customer = shop.customers.get(talk.customer_id) if sees and talk.customer_id is not None else None
    orders = shop.orders.of_customer(customer.id, None, ORDERS) if customer is not None else ()
    friend = shop.friends.get(talk.user_id) if sees else None
    return Opened(
        talk,
        tuple(messages[-most:]),
        len(messages) > most,
        shop.talks.way(friend_id),
        friend,
        customer,
        tuple((one, tuple(shop.orders.lines(one.id))) for one in orders),
        tuple(shop.friends.suggestions(talk.user_id)) if sees and customer is None else (),
        shop.broadcasts.last_before(friend.user_id, friend.blocked_at) if friend and friend.blocked_at else None,
        card_of(shop, customer.id) if customer is not None else None,
        tuple(shop.coupons.held_by(customer.id)) if customer is not None else (),
    )
