"""Everything the pane shows of one person, read in one go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shopdesk.ui.loyalty.having import card_of

if TYPE_CHECKING:
    from shopdesk.cards import Card
    from shopdesk.coupons import Held
    from shopdesk.customers import Customer, Event, OwnField, Quintiles, Relation
    from shopdesk.friends import Friend
    from shopdesk.orders import Favourite, Line, Order
    from shopdesk.shop import Shop

EVENTS, ORDERS = 50, 20


@dataclass(frozen=True)
class Bought:
    """An order with what was in it."""

    order: Order
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class PersonFile:
    """One person: data, LINE friend, the newest events and orders; `more`: there are older orders.

    `coupons` are what they could use; `fields` are the shop's own, whether filled in or not; `quintiles` are its buyers' bounds,
    `merges` those that can be taken back.
    """

    customer: Customer
    friend: Friend | None
    events: tuple[Event, ...]
    orders: tuple[Bought, ...]
    more: bool
    tags: tuple[str, ...]
    fields: tuple[OwnField, ...]
    relations: tuple[Relation, ...]
    favourites: tuple[Favourite, ...]
    quintiles: Quintiles
    merges: frozenset[int]
    card: Card | None = None
    coupons: tuple[Held, ...] = ()


def read_file(shop: Shop, customer_id: int) -> PersonFile:
    """Read a person. Raises NotFoundError."""
    orders, more = read_orders(shop, customer_id)
    return PersonFile(
        shop.customers.get(customer_id),
        shop.friends.of_customer(customer_id),
        tuple(shop.customers.timeline(customer_id, EVENTS)),
        orders,
        more,
        tuple(tag.name for tag in shop.customers.tags()),
        tuple(shop.customers.fields.all()),
        tuple(shop.customers.pairs.relations(customer_id)),
        tuple(shop.orders.favourites(customer_id)),
        shop.customers.quintiles(),
        frozenset(
            one.id
            for one in shop.customers.merges.latest(customer_id)
            if one.keep_id == customer_id and one.undone_at is None
        ),
        card_of(shop, customer_id),
        tuple(shop.coupons.held_by(customer_id)),
    )


def read_orders(shop: Shop, customer_id: int, before: Order | None = None) -> tuple[tuple[Bought, ...], bool]:
    """Read the next orders, newest first, and whether there are older ones."""
    found = shop.orders.of_customer(customer_id, before, ORDERS + 1)
    return tuple(Bought(one, tuple(shop.orders.lines(one.id))) for one in found[:ORDERS]), len(found) > ORDERS
