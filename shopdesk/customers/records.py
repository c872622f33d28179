"""Customers as the rest of the program sees them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date, datetime

LineState = Literal["none", "friend", "blocked"]
Channel = Literal["line", "mail"]
SortKey = Literal["name", "orders", "spent_yen", "last_order_at"]


@dataclass(frozen=True, slots=True)
class Customer:
    """A person the shop knows. `phone` is E.164, `postal` seven digits, sums leave out cancelled orders and refunds."""

    id: int
    name: str
    kana: str
    email: str
    phone: str
    postal: str
    prefecture: str
    address: str
    birth_date: date | None
    sex: str
    note: str
    consent_line: bool
    consent_mail: bool
    line: LineState
    orders: int
    spent_yen: int
    first_order_at: datetime | None
    last_order_at: datetime | None
    tags: tuple[str, ...] = ()
    member_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NewCustomer:
    """What is typed in to add or correct a customer by hand."""

    name: str
    kana: str = ""
    email: str = ""
    phone: str = ""
    postal: str = ""
    prefecture: str = ""
    address: str = ""
    birth_date: date | None = None
    sex: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which customers a list shows, in which order.

    `text` is searched in names, kana, phone, mail and member ids. `tag` and `line` narrow further.
    """

    text: str = ""
    tag: str = ""
    line: LineState | Literal[""] = ""
    bought_twice: bool = False
    ordered_since: datetime | None = None
    sort: SortKey = "last_order_at"
    descending: bool = True


@dataclass(frozen=True, slots=True)
class Anchor:
    """The place between two rows from which a list reads on (keyset paging): the sort value and id of the row before."""

    value: str | int | None
    id: int


@dataclass(frozen=True, slots=True)
class CustomerRowView:
    """What one line of the customer list shows."""

    id: int
    name: str
    kana: str
    line: LineState
    orders: int
    spent_yen: int
    last_order_at: datetime | None


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a person's history."""

    at: datetime
    kind: str
    title: str
    detail: str = ""
    ids: tuple[int, ...] = field(default=())
