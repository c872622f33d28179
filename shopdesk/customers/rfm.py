"""How a person buys: how lately, how often and for how much (RFM) beside the shop's others, and when again."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, func, select, type_coerce

from shopdesk.customers.tables import CustomerRow
from shopdesk.database import milliseconds

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from shopdesk.customers.records import Customer

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


def quintiles(session: Session) -> Quintiles:
    """Return the bounds of the shop's own fifths, over everybody with an order; read from the indexes."""
    row = CustomerRow
    buyers = session.scalar(select(func.count()).where(row.last_order_at.is_not(None))) or 0
    places = [buyers * fifth // FIFTHS for fifth in range(1, FIFTHS)] if buyers else []

    def bounds(value: ColumnElement[Any], has: ColumnElement[bool]) -> tuple[int, ...]:
        chosen = select(value).where(has).order_by(value).limit(1)
        found = (session.scalar(chosen.offset(place)) for place in places)
        return tuple(int(one) for one in found if one is not None)

    last = type_coerce(row.last_order_at, BigInteger)
    ordered = row.orders > 0
    return Quintiles(
        bounds(last, last.is_not(None)),
        bounds(type_coerce(row.orders, BigInteger), ordered),
        bounds(type_coerce(row.spent_yen, BigInteger), row.spent_yen > 0),
    )


def score(customer: Customer, shop: Quintiles) -> Rfm | None:
    """Return how a person stands among the shop's buyers; None for somebody who never bought."""
    if customer.last_order_at is None:
        return None
    return Rfm(
        1 + bisect_right(shop.last, milliseconds(customer.last_order_at)),
        1 + bisect_right(shop.orders, customer.orders),
        1 + bisect_right(shop.yen, customer.spent_yen),
    )


def rhythm(customer: Customer) -> timedelta | None:
    """Return the mean time between a person's orders, None while there are too few to say."""
    first, last = customer.first_order_at, customer.last_order_at
    if customer.orders < RHYTHM_FROM or first is None or last is None or last <= first:
        return None
    return (last - first) / (customer.orders - 1)


def expected_next(customer: Customer) -> datetime | None:
    """Return when the next order is to be expected after the person's own rhythm."""
    between = rhythm(customer)
    return None if between is None or customer.last_order_at is None else customer.last_order_at + between
