"""What an export tells about itself, and what stands for one row of it before it is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from shopdesk.i18n import _, _n

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path

    from shopdesk.coupons import Holder
    from shopdesk.exports.timing import Timing
    from shopdesk.spreadsheets import LostCharacter

What = Literal["customers", "orders", "subscriptions", "coupons", "cards"]
OWN = "shopdesk"
"""The name of our own layouts."""
WHAT: tuple[What, ...] = ("customers", "orders", "subscriptions", "coupons", "cards")


class Unheld(NamedTuple):
    """A field that the layout has no place for, and how many orders have something in it."""

    word: str
    title: str
    orders: int


@dataclass(frozen=True, slots=True)
class ExportReport:
    """A file that was written: its rows below the header, the characters its encoding could not hold, what the layout could not.

    `cancelled_left_out` counts the cancelled orders that are not in the file because the layout cannot say that they are; `files`
    the pictures and files beside a table of talks.
    """

    file: Path
    rows: int
    lost: tuple[LostCharacter, ...] = ()
    unheld: tuple[Unheld, ...] = ()
    cancelled_left_out: int = 0
    files: int = 0

    @property
    def not_fitting(self) -> tuple[str, ...]:
        """Say in sentences what of the orders the layout could not hold; none where everything is in the file."""
        said = []
        if self.cancelled_left_out:
            n = self.cancelled_left_out
            sentence = _n(
                "{n} cancelled order is not in the file: this layout cannot say that it was cancelled.",
                "{n} cancelled orders are not in the file: this layout cannot say that they were cancelled.",
                n,
            )
            said.append(sentence.format(n=f"{n:,}"))
        if self.unheld:
            named = _(", ").join(
                _("{field} ({orders})").format(field=one.title, orders=f"{one.orders:,}") for one in self.unheld
            )
            said.append(_("This layout has no place for: {fields}.").format(fields=named))
        return tuple(said)


@dataclass(frozen=True, slots=True)
class NewSchedule:
    """A regular export as a person describes it. `kind` is xlsx or csv; `encoding` '' is the layout's own."""

    name: str
    what: What
    folder: str
    timing: Timing
    segment: str = ""
    layout: str = OWN
    kind: str = "xlsx"
    encoding: str = ""


@dataclass(frozen=True, slots=True)
class ExportRun:
    """How one run went; `message` is '' when it went well."""

    schedule_id: int
    at: datetime
    file: Path
    rows: int
    lost: int
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule(NewSchedule):
    """A regular export that is kept: when it is due next, and how it went last."""

    id: int
    next_at: datetime
    last: ExportRun | None = None


class Person(NamedTuple):
    """A customer with all that is exported of one; `own` is what stands in the shop's own fields, by their number."""

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
    line_state: str
    orders: int
    spent_yen: int
    first_order_at: datetime | None
    last_order_at: datetime | None
    created_at: datetime | None
    keys: tuple[tuple[str, str, str], ...] = ()
    tags: tuple[str, ...] = ()
    own: tuple[tuple[int, str], ...] = ()


NOBODY = Person(0, "", "", "", "", "", "", "", None, "", "", False, False, "none", 0, 0, None, None, None)


class Bought(NamedTuple):
    """An order's own values."""

    id: int
    cart: str
    number: str
    customer_id: int | None
    buyer_name: str
    ordered_at: datetime
    total_yen: int | None
    refunded_yen: int
    discount_yen: int
    cancelled: bool
    status: str
    payment: str


class Goods(NamedTuple):
    """One goods line of an order; `position` counts from 1, 0 for an order without any."""

    order_id: int
    position: int
    product: str
    code: str
    quantity: int | None
    unit_price_yen: int | None
    total_yen: int | None


class Delivered(NamedTuple):
    """A subscription."""

    id: int
    cart: str
    number: str
    customer_id: int | None
    product: str
    state: str
    nth: int | None
    started_on: date | None
    next_on: date | None
    stopped_on: date | None


class Stamped(NamedTuple):
    """A shop card; `nickname` is what its customer chose to be called."""

    number: int
    customer_id: int
    nickname: str
    balance: int
    expires_at: datetime | None
    last_visit_at: datetime | None
    issued_at: datetime


class Entry(NamedTuple):
    """One row to write: whatever of these it is about. `lines` are all goods lines of the order, `goods` this row's."""

    person: Person
    order: Bought | None = None
    goods: Goods | None = None
    subscription: Delivered | None = None
    coupon: Holder | None = None
    lines: tuple[Goods, ...] = ()
    card: Stamped | None = None
