"""Friends as the rest of the program sees them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date, datetime

FriendState = Literal["friend", "blocked"]
TurnKind = Literal["followed", "blocked", "returned", "found"]
"""`found`: a look at LINE's list showed somebody new; they followed some time since the look before."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing a friend did, and when."""

    kind: TurnKind
    at: datetime


@dataclass(frozen=True, slots=True)
class Friend:
    """A person on LINE; `customer_id` and `customer_name` when we know who it is.

    `since` is None of whoever was a friend before anybody noted it; `turns` is what they did, the earliest first.
    """

    id: int
    user_id: str
    name: str
    picture_url: str
    state: FriendState
    customer_id: int | None
    customer_name: str
    blocked_at: datetime | None
    since: datetime | None = None
    turns: tuple[Turn, ...] = ()

    @property
    def last_block(self) -> datetime | None:
        """When they last blocked the account, also where they came back since."""
        return next((one.at for one in reversed(self.turns) if one.kind == "blocked"), None)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many friends there are, how many block us, and of the friends how many are linked to a customer."""

    friends: int
    blocked: int
    linked: int
    unlinked: int


@dataclass(frozen=True, slots=True)
class Gauge:
    """How many friends are known here, and how many LINE counted yesterday; None where it does not say."""

    known: int
    on_line: int | None


@dataclass(frozen=True, slots=True)
class Growth:
    """How many became friends, or friends again, and how many blocked us on one day of Japan, as far as we have seen it."""

    day: date
    added: int
    blocked: int


@dataclass(frozen=True, slots=True)
class Synced:
    """What a look at LINE found: friends now, new ones, newly blocked ones, and those who came back."""

    friends: int
    new: int
    blocked: int
    returned: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A customer who may be this friend, by name."""

    customer_id: int
    name: str
    kana: str


@dataclass(frozen=True, slots=True)
class Met:
    """The friend of an event: `new` where nobody knew them before, `turned` where the event changed the state.

    `returned` is true of whoever follows again after having blocked us, as far as we or LINE know; `linking` where the event
    was about who the friend is, and is answered as such.
    """

    friend_id: int
    customer_id: int | None
    state: FriendState
    new: bool
    turned: bool
    returned: bool = False
    linking: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """A link for one customer, shown once: `url` for a QR code or a mail, `code` to send into the talk; good until `until`."""

    customer_id: int
    url: str
    code: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Ticket:
    """A code that was asked for by mail: `token` goes back with the code; `to` is '' where nothing is to be mailed."""

    token: str
    to: str
    code: str


@dataclass(frozen=True, slots=True)
class Told:
    """What a friend is to be answered after they tried to link or unlink; `linked`: they are a customer now."""

    friend_id: int
    words: str
    linked: bool = False
