"""What LINE's list of friends changes in ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shopdesk.line import USER_ID

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Known:
    """What we hold of a friend before the look."""

    state: str
    since: datetime
    refreshed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Found:
    """What the look means: user ids of each kind; `to_ask` are those whose profile is wanted."""

    friends: tuple[str, ...]
    new: frozenset[str]
    returned: frozenset[str]
    blocked: frozenset[str]
    to_ask: tuple[str, ...]


def compare(followers: Iterable[str], known: Mapping[str, Known], started: datetime, stale_before: datetime) -> Found:
    """Compare LINE's list with ours.

    Args:
        followers: User ids as LINE lists them; what is no user id is passed over.
        known: Our friends by user id.
        started: When the list was asked for: who came after that is not missing.
        stale_before: Profiles seen before this are asked for again.
    """
    friends = tuple(dict.fromkeys(one for one in followers if USER_ID.fullmatch(one)))
    there = set(friends)
    new = frozenset(there - known.keys())
    returned = frozenset(one for one in there & known.keys() if known[one].state == "blocked")
    blocked = frozenset(
        one for one, row in known.items() if one not in there and row.state == "friend" and row.since <= started
    )

    def wanted(one: str) -> bool:
        seen = known[one].refreshed_at if one in known else None
        return one in returned or seen is None or seen < stale_before

    return Found(friends, new, returned, blocked, tuple(one for one in friends if wanted(one)))
