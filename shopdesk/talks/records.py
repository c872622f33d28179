"""Talks as the rest of the program sees them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

Side = Literal["friend", "shop", "note"]
State = Literal["received", "unsent", "sending", "accepted", "refused", "unknown"]
Which = Literal["all", "unread", "waiting", "mine", "done"]

REPLY_TOKEN_LASTS = timedelta(seconds=50)
"""LINE: a reply token must be used within a minute of the webhook; ten seconds are for the way."""


def token_lives(at: datetime, now: datetime) -> bool:
    """Say whether the reply token of an event of that moment can still be used."""
    return now - at < REPLY_TOKEN_LASTS


@dataclass(frozen=True, slots=True)
class Talk:
    """The talk with one friend. `last_kind` and `last_words` are of the newest message, '' where there is none.

    `failed` is how many answers LINE did not take, or may not have taken, since somebody said that the talk is done.
    """

    friend_id: int
    user_id: str
    name: str
    picture_url: str
    blocked: bool
    customer_id: int | None
    last_at: datetime
    last_side: Side
    last_kind: str
    last_words: str
    unread: int
    waiting_since: datetime | None
    failed: int
    assigned_to: str
    silenced: bool
    typing_by: str
    typing_at: datetime | None
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """One message of a talk, or a note. `body` is LINE's message object; `reason` says why it was refused."""

    id: int
    friend_id: int
    side: Side
    author: str
    by_machine: bool
    kind: str
    body: Mapping[str, Any]
    words: str
    at: datetime
    state: State
    reason: str
    way: str
    file_state: str


@dataclass(frozen=True, slots=True)
class File:
    """A file that a friend sent."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Way:
    """How an answer would go: for free while a reply token lives, `seconds` more; else it is counted as one message."""

    free: bool
    seconds: int = 0


@dataclass(frozen=True, slots=True)
class News:
    """The last thing that a friend who waits for an answer has said; `words` are '' where it has none."""

    friend_id: int
    name: str
    message_id: int
    words: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How many talks there are of each kind."""

    unread: int
    waiting: int
