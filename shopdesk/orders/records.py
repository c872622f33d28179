"""Orders as the rest of the program sees them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Order:
    """One order. `total_yen` is None while the cart has not determined it."""

    id: int
    cart: str
    number: str
    customer_id: int | None
    buyer_name: str
    ordered_at: datetime
    total_yen: int | None
    refunded_yen: int
    cancelled: bool
    status: str
    payment: str


@dataclass(frozen=True, slots=True)
class Line:
    """One product in an order, `position` counting from what the cart's file had."""

    position: int
    product_id: int
    code: str
    name: str
    quantity: int
    unit_price_yen: int | None
    total_yen: int | None


@dataclass(frozen=True, slots=True)
class Product:
    """A product as one cart names it."""

    id: int
    cart: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Subscription:
    """A product that comes to a person again and again; `state` is active, paused or stopped, `nth` the last delivery's count."""

    id: int
    cart: str
    number: str
    product: str
    state: str
    nth: int | None
    started_on: date | None
    next_on: date | None
    stopped_on: date | None


@dataclass(frozen=True, slots=True)
class Favourite:
    """A product a person ordered, in how many orders and pieces."""

    name: str
    orders: int
    pieces: int


@dataclass(frozen=True, slots=True)
class Figure:
    """How many orders in a time and their yen: not cancelled, less refunds."""

    orders: int
    yen: int


@dataclass(frozen=True, slots=True)
class Day:
    """What was ordered on one day of Japan."""

    day: date
    figure: Figure


@dataclass(frozen=True, slots=True)
class Totals:
    """What the home page shows; days and months are Japan's."""

    today: Figure
    yesterday: Figure
    month: Figure
    ever: Figure
    cancelled: int
