"""What coupons say to the world: what they promise, who holds one, and what became of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime, time

Kind = Literal["yen_off", "percent_off", "free_item", "gift"]
State = Literal["draft", "published", "closed"]
Why = Literal["hand", "segment", "link", "follow", "birthday", "reward", "message", "survey"]
"""How somebody came by one."""
EARNED: tuple[Why, ...] = ("reward", "survey")
"""What somebody earned: the limit for one person does not count it."""
Happening = Literal["", "follow", "birthday"]
"""What gives one by itself; '' for nothing."""
Proof = Literal["code", "passing", "static"]
"""What was shown: the coupon's own code, the card's changing one, or a printed card."""
Standing = Literal["issued", "opened", "used", "expired", "lost"]
"""Where a person's coupon is; `lost` by the lottery."""

KINDS: tuple[Kind, ...] = ("yen_off", "percent_off", "free_item", "gift")
DISCOUNTS: frozenset[Kind] = frozenset({"yen_off", "percent_off"})
"""Kinds with a value, which comes off a sale."""
EVENTS: tuple[Happening, ...] = ("", "follow", "birthday")


@dataclass(frozen=True, slots=True)
class Offer:
    """What a coupon promises. `value` is yen or per cent, None of a thing; moments are aware, hours those of a clock in Japan.

    `picture` is the id of a kept picture, '' for none. `weekdays` count from 0 for Monday; none means every day. `closes` before
    `opens` reaches past midnight. `lasts_days` end it so many days after it was given, where that is earlier than `ends`. `most` is
    how often it can be used in all, `per_person` how many one person gets; None for no limit. `odds` are per cent of a lottery.
    `by_link`: whoever opens its page may take one.
    """

    name: str
    kind: Kind
    value: int | None = None
    text: str = ""
    terms: str = ""
    picture: str = ""
    starts: datetime | None = None
    ends: datetime | None = None
    lasts_days: int | None = None
    weekdays: tuple[int, ...] = ()
    opens: time | None = None
    closes: time | None = None
    per_person: int | None = 1
    most: int | None = None
    minimum_yen: int = 0
    odds: int | None = None
    by_link: bool = False
    event: Happening = ""


@dataclass(frozen=True, slots=True)
class Coupon:
    """A coupon. `page_key` is the public part of its page's address; `line_id` that of LINE's coupon made of it, '' for none.

    `line_left` is LINE's coupon from before a change, which is still to be closed there, '' for none.
    """

    id: int
    offer: Offer
    state: State
    page_key: str
    used: int
    line_id: str
    line_left: str
    line_differs: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class OnPage:
    """A coupon on the page that gives it. `gone` is the code of why it is not given any more, '' while it is."""

    coupon: Coupon
    gone: str


@dataclass(frozen=True, slots=True)
class Token:
    """A code that was given, shown only now: 42 digits for a QR code."""

    ticket_id: int
    customer_id: int | None
    code: str


@dataclass(frozen=True, slots=True)
class Issued:
    """What giving to many did: `left_out` had as many as one person may have."""

    tokens: tuple[Token, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Held:
    """A coupon somebody has, as a page or a till shows it.

    `until` is when it ends for them. `refusal` is the code and the sentence of why it cannot be used now, both '' where it can: a
    minimum purchase is only known at the till. `opened` says whether the person has seen it, of a lottery: has drawn. `used_at`,
    `till` and `staff` are those of the use that stands.
    """

    ticket_id: int
    coupon: Coupon
    customer_id: int | None
    standing: Standing
    until: datetime | None
    refusal: tuple[str, str]
    opened: bool
    used_at: datetime | None
    till: str
    staff: str


@dataclass(frozen=True, slots=True)
class Use:
    """A use. `again` where this answers a request that had been answered before, and nothing more was counted."""

    id: int
    coupon_id: int
    ticket_id: int
    customer_id: int | None
    name: str
    at: datetime
    till: str
    staff: str
    proof: Proof
    sale_yen: int | None
    off_yen: int | None
    undone_at: datetime | None = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a coupon, in people; of `expired` nobody used theirs in time, `lost` did not win. Amounts are yen."""

    issued: int
    opened: int
    redeemed: int
    expired: int
    lost: int
    sale_yen: int
    off_yen: int


@dataclass(frozen=True, slots=True)
class Holder:
    """One person's coupon and what became of it. `coupon` is its name; `name` is theirs, '' of somebody who is not known.

    Fields of the use are None without one.
    """

    ticket_id: int
    coupon: str
    customer_id: int | None
    name: str
    why: Why
    standing: Standing
    issued_at: datetime
    opened_at: datetime | None
    used_at: datetime | None
    till: str | None
    staff: str | None
    sale_yen: int | None
    off_yen: int | None
    use_id: int | None
