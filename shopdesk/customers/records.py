"""Customers as the rest of the program sees them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy.orm import Session

LineState = Literal["none", "friend", "blocked"]
Channel = Literal["line", "mail"]
FieldKind = Literal["text", "number", "date"]
RelationKind = Literal["family", "company"]


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
    source: str
    orders: int
    spent_yen: int
    cancelled_orders: int
    first_order_at: datetime | None
    last_order_at: datetime | None
    tags: tuple[str, ...] = ()
    member_ids: tuple[str, ...] = ()
    own: tuple[OwnValue, ...] = ()
    stopped_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OwnField:
    """A field the shop made for itself, and how many people have something in it."""

    id: int
    name: str
    kind: FieldKind
    people: int


@dataclass(frozen=True, slots=True)
class OwnValue:
    """What a person has in one of the shop's own fields: text, a number in digits, or a day as YYYY-MM-DD."""

    field: str
    kind: FieldKind
    value: str


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
class Tag:
    """A word the shop puts on people, and how many carry it."""

    name: str
    customers: int


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Somebody who may be the same person: the higher the score the likelier; `alike` as `likeness` says it."""

    customer: Customer
    score: int
    alike: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entries that may be one person: the higher the score the likelier; `alike` as in `Duplicate`."""

    one: Customer
    other: Customer
    score: int
    alike: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Merge:
    """Two entries that were made one: `other_id` went into `keep_id`."""

    id: int
    keep_id: int
    other_id: int
    at: datetime
    actor: str
    undone_at: datetime | None


@dataclass(frozen=True, slots=True)
class Consent:
    """Proof of one yes or no. `how`: shop, line, import, page, merge, stop-use; `wording` is what was agreed to."""

    channel: Channel
    given: bool
    at: datetime
    how: str
    wording: str
    actor: str


@dataclass(frozen=True, slots=True)
class Relation:
    """Somebody who belongs to the same family or company."""

    customer_id: int
    name: str
    kind: RelationKind


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

    name: str
    """Under this word a merge remembers what the part moved."""

    def move(self, session: Session, keep: int, other: int) -> list[Any]:
        """Give `keep` what `other` has, who is about to go; return, JSON-able, what `move_back` needs."""

    def move_back(self, session: Session, keep: int, other: int, moved: list[Any]) -> None:
        """Give `other`, who is here again, what `move` took and `keep` still has. Runs after the row is back."""

    def erase(self, session: Session, customer_id: int) -> None:
        """Remove what names the person; figures may stay. Later features erase first."""

    def disclose(self, session: Session, customer_id: int) -> dict[str, Any]:
        """Return everything held about the person, JSON-able, under headings of its own."""

    def timeline(self, session: Session, customer_id: int, limit: int) -> list[Event]:
        """Return the newest events of the person, newest first."""

    def find(self, session: Session, text: str, limit: int) -> list[int]:
        """Return ids of customers whom this text names here (an order number, say)."""
