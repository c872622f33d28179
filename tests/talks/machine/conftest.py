"""The answering machine over a real gateway and a rehearsal: rules to begin with, and what came of them."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from shopdesk.messages import draft, text
from shopdesk.talks import NewRule
from tests.gateway.conftest import keys, line, shop, sqlite_line, sqlite_shop, there

if TYPE_CHECKING:
    from shopdesk.clock import FixedClock
    from shopdesk.rehearsal import Running
    from shopdesk.talks import Said
    from tests.gateway.conftest import Caller

__all__ = ["keys", "line", "shop", "sqlite_line", "sqlite_shop", "there"]


def rule(name: str, match: str, *words: str, says: str = "", during: str = "always") -> NewRule:
    """Return a rule that answers one text."""
    return NewRule(name, match, words, draft([text(says or f"{name}です")]), during)


class Friend:
    """A friend with a phone in the rehearsal, who writes to the shop; a second passes before each thing they do."""

    def __init__(self, caller: Caller, there: Running, clock: FixedClock) -> None:
        self._caller, self._there, self._clock = caller, there, clock
        self.user_id = next(iter(there.rehearsal.people)).user_id

    def does(self, **what: Any) -> list[str]:
        """Do something and return the texts that came of it, once all that is to be said was said."""
        person = self._there.rehearsal.people.get(self.user_id)
        before = len(person.received()) if person else 0
        self._clock.move(timedelta(seconds=1))
        self._caller.says(self._there, self.user_id, what)
        settled(self._caller)
        return [str(one.get("text")) for one in self.received()[before:]]

    def says(self, words: str) -> list[str]:
        """Write a text."""
        return self.does(text=words)

    def received(self) -> list[dict[str, Any]]:
        """Return every message on the phone."""
        person = self._there.rehearsal.people.get(self.user_id)
        return list(person.received()) if person else []

    @property
    def id(self) -> int:
        """Our number of the friend."""
        return self._caller.shop.talks.find(self.user_id)

    def talk(self) -> list[Said]:
        """Return what stands in the talk."""
        return self._caller.shop.talks.messages(self.id)


def settled(caller: Caller) -> None:
    """Wait until no answer is on its way."""
    until = time.monotonic() + 20
    talks = caller.shop.talks
    while any(said.state == "sending" for one in talks.page() for said in talks.messages(one.friend_id)):
        assert time.monotonic() < until, "an answer is not sent"
        time.sleep(0.005)


@pytest.fixture
def friend(line: Caller, there: Running, clock: FixedClock) -> Friend:
    """Somebody who is a friend on both databases."""
    return Friend(line, there, clock)


@pytest.fixture
def sqlite_friend(sqlite_line: Caller, there: Running, clock: FixedClock) -> Friend:
    """The same on SQLite only."""
    return Friend(sqlite_line, there, clock)
