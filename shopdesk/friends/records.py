"""Friends as the rest of the program sees them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date, datetime

FriendState = Literal["friend", "blocked"]


@dataclass(frozen=True, slots=True)
class Friend:
    """A person on LINE; `customer_id` and `customer_name` when we know who it is."""

    id: int
    user_id: str
    name: str
    picture_url: str
    state: FriendState
    customer_id: int | None
    customer_name: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Counts:
    """How many friends there are, how many block us, and of the friends how many are linked to a customer."""

    friends: int
    blocked: int
    linked: int
    unlinked: int


@dataclass(frozen=True, slots=True)
class Growth:
    """How many friends were added and how many blocked us on one day of Japan, as far as we have seen it."""

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

    `returned` is true of whoever follows again after having blocked us, as far as we or LINE know.
    """

    friend_id: int
    customer_id: int | None
    state: FriendState
    new: bool
    turned: bool
    returned: bool = False
