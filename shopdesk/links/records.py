"""Tracked links, the places where people find the shop on LINE, and what is known of both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date, datetime

Way = Literal["talk", "page", "plain"]
"""What a source's QR code opens: LINE's talk with the code typed, our page first, or LINE's plain page, which nobody can count."""
How = Literal["said", "signed in"]
"""How it is known by which source somebody came: they sent its code, or signed in with LINE on its page."""

WAYS: tuple[Way, ...] = ("talk", "page", "plain")
COLOURS = ("#b0524a", "#30499b", "#4e7a4a", "#8f6029", "#7a4f86", "#3f3b36")
"""What is printed for a source can have one of these; the first is that of a new one."""


@dataclass(frozen=True, slots=True)
class Link:
    """A tracked link. `name` is where it stands, `broadcast_id` the broadcast that carries it, None for none; `mailed`: in its mail."""

    id: int
    key: str
    destination: str
    name: str
    broadcast_id: int | None
    mailed: bool
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Lead:
    """Where an address of ours leads, and what a click on it counts for; `receiver_id` is None where nobody is known."""

    destination: str
    link_id: int
    receiver_id: int | None


@dataclass(frozen=True, slots=True)
class Clicked:
    """How often links were opened, and by how many of the people who got an address of their own."""

    clicks: int
    people: int


@dataclass(frozen=True, slots=True)
class Report:
    """A link with its figures. `sent` people got an address of their own."""

    link: Link
    sent: int
    clicked: Clicked


@dataclass(frozen=True, slots=True)
class Hour:
    """How often a link was opened in the hour that began then."""

    at: datetime
    clicks: int


@dataclass(frozen=True, slots=True)
class Clicker:
    """Somebody who opened a link that was sent to them, how often, and in which hour first and last.

    `customer_id` is None of a friend who is no customer yet; `name` is '' of whoever was forgotten.
    """

    customer_id: int | None
    name: str
    clicks: int
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the shop says of a source. `colour` is one of `COLOURS`; `picture` and `logo` are kept pictures, '' for none.

    `headline`, of a few lines, and `offer`, of one, are printed and stand on the source's page; both may be ''.
    """

    name: str
    way: Way = "page"
    note: str = ""
    headline: str = ""
    offer: str = ""
    picture: str = ""
    colour: str = COLOURS[0]
    logo: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A place where people find the shop on LINE. `key` is what its QR code carries, `friends` how many came by it.

    Of these `new` became friends by it; the others had been friends before. `visits` are openings of its page.
    """

    id: int
    key: str
    wanted: Wanted
    made_at: datetime
    ended_at: datetime | None
    friends: int
    new: int
    visits: int


@dataclass(frozen=True, slots=True)
class Day:
    """What came by a source on one day of Japan."""

    day: date
    friends: int
    new: int
    visits: int


@dataclass(frozen=True, slots=True)
class Arrival:
    """A friend who came by a source; `customer_id` None, and `customer` '', where nobody knows who it is."""

    friend_id: int
    name: str
    customer_id: int | None
    customer: str
    source: str
    at: datetime
    how: How
    new: bool
