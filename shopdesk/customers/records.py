"""Customers as the rest of the program sees them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy.orm import Session

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


NOWHERE = Anchor(None, 0)


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
    anchor: Anchor = NOWHERE


@dataclass(frozen=True, slots=True)
class Tag:
    """A word the shop puts on people, and how many carry it."""

    name: str
    customers: int


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Somebody who may be the same person: the higher the score the likelier; `alike` of phone, name, kana."""

    customer: Customer
    score: int
    alike: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Former:
    """A customer id that is gone: merged into `became`, or forgotten (None).

    Numbers can be given again after a restore: id and time of creation together name one person.
    """

    customer_id: int
    created_at: datetime
    became: int | None


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a person's history."""

    at: datetime
    kind: str
    title: str
    detail: str = ""
    ids: tuple[int, ...] = field(default=())


class PersonPart(Protocol):
    """What a later feature does about a person; everything happens in the caller's transaction."""

    def move(self, session: Session, keep: int, other: int) -> None:
        """Give `keep` what `other` has: they were found to be one person, and `other` is about to go."""

    def erase(self, session: Session, customer_id: int) -> None:
        """Remove what names the person; figures may stay. Later features erase first."""

    def disclose(self, session: Session, customer_id: int) -> dict[str, Any]:
        """Return everything held about the person, JSON-able, under headings of its own."""

    def timeline(self, session: Session, customer_id: int, limit: int) -> list[Event]:
        """Return the newest events of the person, newest first."""

    def find(self, session: Session, text: str, limit: int) -> list[int]:
        """Return ids of customers whom this text names here (an order number, say)."""
