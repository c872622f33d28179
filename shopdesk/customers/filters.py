"""Which customers a list shows, in which order, and what one of its lines holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date, datetime

    from shopdesk.customers.records import LineState

Is = Literal["contains", "equal", "at_least", "at_most", "since", "before", "blank", "filled"]
Said = str | int | bool


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition on a column of the list.

    `value` is text, a number or a yes; a day of Japan (`since`, `before`) is written YYYY-MM-DD. `blank` and `filled`
    need none. What each column takes is in `shopdesk.customers.columns`.
    """

    column: str
    verb: Is
    value: Said = ""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which customers a list shows, in which order.

    `text` is searched in names, kana, phone, mail and member ids; every one of `conditions` narrows further.
    `sort` is the key of a column that can be sorted by.
    """

    text: str = ""
    conditions: tuple[Condition, ...] = ()
    sort: str = "last_order_at"
    descending: bool = True


@dataclass(frozen=True, slots=True)
class Anchor:
    """The place between two rows from which a list reads on (keyset paging): the sort value and id of the row before.

    None stands for people without a value to sort by, who come last.
    """

    value: str | int | None
    id: int


NOWHERE = Anchor(None, 0)


@dataclass(frozen=True, slots=True)
class CustomerRowView:
    """What one line of the customer list can show; `own` by the field's id."""

    id: int
    name: str
    kana: str
    email: str
    phone: str
    postal: str
    prefecture: str
    address: str
    birth_date: date | None
    birth_month: int | None
    sex: str
    source: str
    line: LineState
    consent_line: bool
    consent_mail: bool
    orders: int
    spent_yen: int
    cancelled_orders: int
    first_order_at: datetime | None
    last_order_at: datetime | None
    created_at: datetime
    tags: tuple[str, ...] = ()
    own: tuple[tuple[int, str], ...] = ()
    anchor: Anchor = NOWHERE
