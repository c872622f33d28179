"""The people of the rehearsal: who is a friend, who has blocked, what came to each and what each said."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from shopdesk.rehearsal.names import display_name, friend_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from shopdesk.rehearsal.measures import Measure

USER_ID = re.compile(r"U[0-9a-f]{32}")

Message = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Delivery:
    """What one request brought: when, by which endpoint, which message objects, and where it is measured."""

    at: datetime
    endpoint: str
    messages: Sequence[Message]
    measure: Measure | None = None


@dataclass(slots=True)
class Said:
    """Something a person did that their phone shows: a message, or what a button says for them."""

    at: datetime
    message: Message
    read: bool = False
    unsent: bool = False


@dataclass(slots=True)
class Person:
    """Somebody with LINE who is, or was, a friend of the account."""

    user_id: str
    display_name: str
    blocked: bool = False
    deliveries: list[Delivery] = field(default_factory=list)
    said: dict[str, Said] = field(default_factory=dict)
    looked_at: int = 0
    typing_until: datetime | None = None
    rich_menu: str | None = None
    member_since: datetime | None = None

    def look(self) -> None:
        """Let the person see everything that came; what is measured counts them once."""
        for delivery in self.deliveries[self.looked_at :]:
            if delivery.measure:
                delivery.measure.seen.add(self.user_id)
        self.looked_at = len(self.deliveries)

    def received(self) -> list[Message]:
        """Return every message object that came, in order, each as often as it came."""
        return [message for delivery in list(self.deliveries) for message in delivery.messages]


class People:
    """All friends, in the order in which they came; ids are LINE user ids."""

    def __init__(self, generated: int, named: Iterable[tuple[str, str]] = ()) -> None:
        self._by_id: dict[str, Person] = {}
        for user_id, name in named:
            self._by_id[user_id] = Person(user_id, name)
        for number in range(generated):
            self.meet(friend_id(number))

    def __iter__(self) -> Iterator[Person]:
        return iter(list(self._by_id.values()))

    def __len__(self) -> int:
        return len(self._by_id)

    def get(self, user_id: str) -> Person | None:
        """Return the person of that id, blocked or not, or None."""
        return self._by_id.get(user_id)

    def meet(self, user_id: str) -> Person:
        """Return the person of that id, a new friend where nobody had it."""
        person = self._by_id.get(user_id)
        if person is None:
            person = self._by_id[user_id] = Person(user_id, display_name(user_id))
        return person

    def reachable(self, user_ids: Iterable[str]) -> list[Person]:
        """Return the unblocked friends among these ids, as often as they are named (LINE passes over the others)."""
        found = (self._by_id.get(user_id) for user_id in user_ids)
        return [person for person in found if person is not None and not person.blocked]

    def all_reachable(self) -> list[Person]:
        """Return every friend who has not blocked the account."""
        return [person for person in self._by_id.values() if not person.blocked]
