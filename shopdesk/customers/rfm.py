"""How a person buys: how lately, how often and for how much (RFM) beside the shop's others, and when again."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from sqlalchemy import func, select, type_coerce

from shopdesk.customers.tables import CustomerRow
from shopdesk.database import BigId, milliseconds

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

FIFTHS = 5
RHYTHM_FROM = 3
"""Orders from which on a mean time between them says something."""


@dataclass(frozen=True, slots=True)
class Quintiles:
    """The four bounds between the fifths of the shop's buyers: last order (ms), orders, yen; rising."""

    last: tuple[int, ...]
    orders: tuple[int, ...]
    yen: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Rfm:
    """1 (the lowest fifth of the shop's buyers) to 5 (the highest), for each of recency, frequency, money."""

    recency: int
    frequency: int
    money: int


class Buyer(Protocol):
    """Of whom it is known how they buy."""

    @property
    def last_order_at(self) -> datetime | None:
        """When the last order was."""

    @property
    def first_order_at(self) -> datetime | None:
        """When the first order was."""

    @property
    def orders(self) -> int:
        """How many orders there are."""

    @property
    def spent_yen(self) -> int:
        """What they come to."""


def fifth(column: Any, number: int) -> Select[int]:
    """Return the query for the bound above a fifth of the shop's buyers: what the first of the next fifth has.

    Args:
        column: `last_order_at` (read as milliseconds), `orders` or `spent_yen`; it walks that column's index.
        number: Which fifth, 1 (the lowest) to 4.
    """
    has = column.is_not(None) if column is CustomerRow.last_order_at else column > 0
    value, buyers = type_coerce(column, BigId), select(func.count()).where(CustomerRow.last_order_at.is_not(None))
    place = type_coerce(buyers.scalar_subquery(), BigId) * number // FIFTHS
    return select(value).where(has).order_by(value).limit(1).offset(place)


def quintiles(session: Session) -> Quintiles:
    """Return the bounds of the shop's own fifths, over everybody with an order."""

    def bounds(column: Any) -> tuple[int, ...]:
        found = (session.scalar(fifth(column, number)) for number in range(1, FIFTHS))
        return tuple(one for one in found if one is not None)

    row = CustomerRow
    return Quintiles(bounds(row.last_order_at), bounds(row.orders), bounds(row.spent_yen))


def score(customer: Buyer, shop: Quintiles) -> Rfm | None:
    """Return how a person stands among the shop's buyers; None for somebody who never bought."""
    if customer.last_order_at is None:
        return None
    return Rfm(
        1 + bisect_right(shop.last, milliseconds(customer.last_order_at)),
        1 + bisect_right(shop.orders, customer.orders),
        1 + bisect_right(shop.yen, customer.spent_yen),
    )


def rhythm(customer: Buyer) -> timedelta | None:
    """Return the mean time between a person's orders, None while there are too few to say."""
    first, last = customer.first_order_at, customer.last_order_at
    if customer.orders < RHYTHM_FROM or first is None or last is None or last <= first:
        return None
    return (last - first) / (customer.orders - 1)


def expected_next(customer: Buyer) -> datetime | None:
    """Return when the next order is to be expected after the person's own rhythm."""
    between = rhythm(customer)
    return None if between is None or customer.last_order_at is None else customer.last_order_at + between
