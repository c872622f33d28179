"""The shop's own pages as the rest of the program sees them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

Kind = Literal["shop", "privacy", "announcement", "news"]
State = Literal["draft", "published", "hidden", "follows"]
"""`follows`: news that is there once the broadcast whose words it has begins to go out."""
PartKind = Literal["heading", "text", "picture", "link"]
CommentState = Literal["waiting", "shown", "hidden"]
ReservationState = Literal["open", "offered", "accepted", "declined", "called_off"]

KINDS: tuple[Kind, ...] = ("shop", "privacy", "announcement", "news")
SINGLE: frozenset[Kind] = frozenset({"shop", "privacy"})
"""Of these there is one."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a page. Of a picture `target` is the id of a kept one and `text` says what it shows; of a link `target` is its address."""

    kind: PartKind
    text: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """What a page says. `menu` is the address of the shop's menu, '' for none; `reserves`: it takes requests for reservations.

    Both are the shop page's. `answers`: people can like it and comment on it; that is of news.
    """

    title: str
    parts: tuple[Part, ...] = ()
    menu: str = ""
    reserves: bool = False
    answers: bool = True


@dataclass(frozen=True, slots=True)
class Page:
    """A page. `key` stands in its address; `at` is since when it is to be seen, None where it is not. `seen` counts openings.

    Sums of comments: `comments` are shown, `waiting` wait for the owner. `broadcast_id`: the broadcast it was posted with.
    """

    id: int
    kind: Kind
    content: Content
    state: State
    key: str
    at: datetime | None
    changed_at: datetime
    broadcast_id: int | None = None
    seen: int = 0
    likes: int = 0
    comments: int = 0
    waiting: int = 0

    @property
    def picture(self) -> str:
        """The first picture on it, '' where there is none."""
        return next((one.target for one in self.content.parts if one.kind == "picture"), "")

    @property
    def live(self) -> bool:
        """Whether everybody can see it."""
        return self.at is not None


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody wrote below news. `friend_id` is None of who is not known; `page` is the title of the news."""

    id: int
    page_id: int
    page: str
    friend_id: int | None
    name: str
    text: str
    state: CommentState
    at: datetime


@dataclass(frozen=True, slots=True)
class Guest:
    """Who looks at the pages: a friend on LINE whom their own address tells, or anybody."""

    friend_id: int | None = None
    name: str = ""


NOBODY = Guest()


@dataclass(frozen=True, slots=True)
class Article:
    """News as one guest sees it: with what was said of it, and whether they like it already."""

    page: Page
    comments: Sequence[Comment]
    liked: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """A reservation that somebody asks for: an aware moment, how many people, how to answer them, and what else they say."""

    at: datetime
    people: int
    name: str = ""
    phone: str = ""
    mail: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reservation:
    """A request and what became of it. `offered_at` is the other time that the shop offered; `friend_id` None: not through LINE."""

    id: int
    wanted: Wanted
    state: ReservationState
    friend_id: int | None
    offered_at: datetime | None
    made_at: datetime
    decided_at: datetime | None
    decided_by: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much waits for the owner."""

    comments: int
    reservations: int
