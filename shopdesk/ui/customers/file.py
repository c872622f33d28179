"""Everything the pane shows of one person, read in one go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import timedelta

    from shopdesk.customers import Customer, Event
    from shopdesk.friends import Friend
    from shopdesk.orders import Line, Order
    from shopdesk.shop import Shop

EVENTS, ORDERS = 50, 20
RHYTHM_FROM = 3


@dataclass(frozen=True)
class Bought:
    """An order with what was in it."""

    order: Order
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class PersonFile:
    """One person: data, LINE friend, the newest events and orders; `more`: there are older orders."""

    customer: Customer
    friend: Friend | None
    events: tuple[Event, ...]
    orders: tuple[Bought, ...]
    more: bool
    tags: tuple[str, ...]


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
    )


def read_orders(shop: Shop, customer_id: int, before: Order | None = None) -> tuple[tuple[Bought, ...], bool]:
    """Read the next orders, newest first, and whether there are older ones."""
    found = shop.orders.of_customer(customer_id, before, ORDERS + 1)
    return tuple(Bought(one, tuple(shop.orders.lines(one.id))) for one in found[:ORDERS]), len(found) > ORDERS


def rhythm(customer: Customer) -> timedelta | None:
    """Return the mean time between a person's orders, None while there are too few to say."""
    first, last = customer.first_order_at, customer.last_order_at
    if customer.orders < RHYTHM_FROM or first is None or last is None or last <= first:
        return None
    return (last - first) / (customer.orders - 1)
