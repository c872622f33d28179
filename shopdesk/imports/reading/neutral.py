"""What every cart's rows become: orders, lines and people in one neutral form, and problems as values."""

from __future__ import annotations

from enum import Enum
from operator import add
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date, datetime


class Lost(Enum):
    """What a problem costs."""

    CELL = "cell"
    """Only this cell is left out; the order or person is taken without it."""
    ORDER = "order"
    """The whole order (or person, or line that belongs to none) is left out."""


class Problem(NamedTuple):
    """Something in the file that could not be taken, with its own row number as Excel shows it."""

    file: str
    row: int
    column: str
    value: str
    message: str
    lost: Lost


class NeutralLine(NamedTuple):
    """One goods line. Yen are None where the file does not say."""

    product: str
    code: str
    quantity: int
    unit_price_yen: int | None
    total_yen: int | None


class NeutralKey(NamedTuple):
    """What identifies a person, as `customers.tables.CustomerKeyRow` explains it: `kind` is member, mail or person."""

    kind: str
    scope: str
    value: str


class NeutralOwn(NamedTuple):
    """What a person has in a field of the shop's own; `value` as it is kept: digits, YYYY-MM-DD or text.

    `latest` is 1 where each file tells anew how it stands, as of points: then its value takes the place of an older one.
    """

    name: str
    kind: str
    value: str
    latest: int = 0


class NeutralCustomer(NamedTuple):
    """A person as the file has them, normalised; '' where it does not say.

    `email_scope` is '' for a real address, else the mall that made it up: it identifies within that mall only.
    `phone` is E.164, `postal` seven digits, `prefecture` its full Japanese name, `sex` male, female or ''.
    Consents are 0 where it says nothing, 1 for yes, 2 for no.
    `member_scope` is None for the file's own cart, '' for a list of no cart; `keys` is all that identifies the person, where a file
    of our own says it.
    """

    member_id: str
    name: str
    kana: str
    email: str
    email_scope: str
    phone: str
    postal: str
    prefecture: str
    address: str
    birth_date: date | None
    sex: str
    note: str
    consent_line: int = 0
    consent_mail: int = 0
    member_scope: str | None = None
    keys: tuple[NeutralKey, ...] = ()
    tags: tuple[str, ...] = ()
    own: tuple[NeutralOwn, ...] = ()


class NeutralPerson(NamedTuple):
    """One row of a customer list."""

    cart: str
    customer: NeutralCustomer
    row: int


class NeutralProduct(NamedTuple):
    """One row of a product list; '' and None where it does not say."""

    cart: str
    code: str
    name: str
    category: str
    price_yen: int | None
    row: int


class NeutralSubscription(NamedTuple):
    """A row that says how a subscription stands. `number` is '' where the file has none; `state` active, paused or stopped."""

    cart: str
    number: str
    customer: NeutralCustomer
    product: str
    state: str
    nth: int | None
    started_on: date | None
    next_on: date | None
    stopped_on: date | None
    file: str
    row: int


class NeutralOrder(NamedTuple):
    """One order with the lines found beside each other.

    `ordered_at` is UTC. `total_yen` is None where the cart has not determined it yet, or where `continued`.
    `continued`: rows of this number were seen earlier in the file, apart from these: see `joined`. `adds`: the total is
    a sum over the rows, so that the groups of an order add up.
    """

    cart: str
    number: str
    ordered_at: datetime
    total_yen: int | None
    refunded_yen: int
    discount_yen: int
    cancelled: bool
    status: str
    payment: str
    buyer: NeutralCustomer
    lines: tuple[NeutralLine, ...]
    row_first: int
    row_last: int
    continued: bool
    adds: bool = False


def joined(first: NeutralOrder, more: NeutralOrder) -> NeutralOrder:
    """Return the order whose rows lay apart in the file, from two groups: the lines of both, its own values once."""
    head, other = (more, first) if first.total_yen is None and more.total_yen is not None else (first, more)
    both = add if first.adds else max
    return head._replace(
        total_yen=(head.total_yen or 0) + (other.total_yen or 0) if head.adds else head.total_yen,
        refunded_yen=both(head.refunded_yen, other.refunded_yen),
        discount_yen=both(head.discount_yen, other.discount_yen),
        cancelled=head.cancelled or other.cancelled,
        status=head.status or other.status,
        payment=head.payment or other.payment,
        lines=first.lines + more.lines,
        row_first=min(first.row_first, more.row_first),
        row_last=max(first.row_last, more.row_last),
        continued=first.continued,
    )
