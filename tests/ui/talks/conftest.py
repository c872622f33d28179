"""The page of talks over a shop whose LINE is a rehearsal living by the test's own clock."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from shopdesk.line import read_webhook
from shopdesk.rehearsal import Rehearsal, friend_id, running
from shopdesk.secrets import LINE_CHANNEL_ID, LINE_CHANNEL_SECRET

if TYPE_CHECKING:
    from collections.abc import Callable

    from shopdesk.shop import Shop

FRIENDS = 6
_numbers = iter(range(1, 1_000_000))


@pytest.fixture
def there(clock):
    """The pretend LINE."""
    with running(Rehearsal(FRIENDS, clock=clock)) as found:
        yield found


@pytest.fixture
def sqlite_shop(make_shop: Callable[..., Shop], there, monkeypatch) -> Shop:
    """A shop that is connected, with LINE's friends."""
    monkeypatch.setenv("SHOPDESK_LINE_HOST", there.url)
    made = make_shop(secrets={LINE_CHANNEL_ID: there.channel_id, LINE_CHANNEL_SECRET: there.channel_secret})
    made.friends.sync()
    return made


@pytest.fixture
def wrote(sqlite_shop):
    """Let a friend write, as LINE's webhook would tell it; returns the friend's number and the message's id."""

    def write(said: str | dict[str, Any] = "", friend: int = 0, minutes: float = 0, **more: Any) -> tuple[int, str]:
        number = f"7{next(_numbers):017d}"
        message = {"type": "text", "text": said} if isinstance(said, str) else said
        tell(sqlite_shop, friend, minutes, type="message", message={"id": number, **message}, **more)
        return sqlite_shop.talks.find(friend_id(friend)), number

    return write


def tell(shop: Shop, friend: int, minutes: float = 0, **own: Any) -> None:
    """Let LINE tell an event of a friend."""
    at = int((shop.clock.now() - timedelta(minutes=minutes)).timestamp() * 1000)
    event = {
        "webhookEventId": f"01EVENT{next(_numbers):019d}",
        "timestamp": at,
        "mode": "active",
        "source": {"type": "user", "userId": friend_id(friend)},
        **own,
    }
    failed = shop.apply(read_webhook(json.dumps({"destination": "", "events": [event]}).encode()).events)
    assert failed == {}
