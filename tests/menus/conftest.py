"""A shop beside a pretend LINE with 1,200 friends, on both databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from shopdesk.clock import FixedClock
from shopdesk.rehearsal import Rehearsal, Running, running
from shopdesk.secrets import LINE_CHANNEL_ID, LINE_CHANNEL_SECRET
from shopdesk.shop import Shop


@pytest.fixture
def there(clock: FixedClock) -> Iterator[Running]:
    with running(Rehearsal(8, clock=clock)) as found:
        yield found


@pytest.fixture
def online(make_shop, there: Running, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Shop]:
    """Open a shop that has the rehearsal's keys."""
    monkeypatch.setenv("SHOPDESK_LINE_HOST", there.url)
    keys = {LINE_CHANNEL_ID: there.channel_id, LINE_CHANNEL_SECRET: there.channel_secret}

    def opened(url: str | None = None) -> Shop:
        return make_shop(url=url, secrets=keys)

    return opened


@pytest.fixture(params=["sqlite", "postgresql"])
def shop(request: pytest.FixtureRequest, online: Callable[..., Shop]) -> Shop:
    return online(request.getfixturevalue("fresh_postgresql") if request.param == "postgresql" else None)


@pytest.fixture
def sqlite_shop(online: Callable[..., Shop]) -> Shop:
    return online()
