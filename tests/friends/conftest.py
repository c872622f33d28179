"""A shop on both databases whose LINE is a rehearsal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from shopdesk.rehearsal import Rehearsal, Running, running
from shopdesk.secrets import LINE_CHANNEL_ID, LINE_CHANNEL_SECRET

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from shopdesk.clock import FixedClock
    from shopdesk.shop import Shop


@pytest.fixture
def there(clock: FixedClock) -> Iterator[Running]:
    """The rehearsal with 12 friends, living by the test's own clock."""
    with running(Rehearsal(12, clock=clock)) as found:
        yield found


@pytest.fixture(params=["sqlite", "postgresql"])
def shop(
    request: pytest.FixtureRequest,
    make_shop: Callable[..., Shop],
    there: Running,
    monkeypatch: pytest.MonkeyPatch,
) -> Shop:
    """A new shop that knows the rehearsal's keys."""
    monkeypatch.setenv("SHOPDESK_LINE_HOST", there.url)
    keys = {LINE_CHANNEL_ID: there.channel_id, LINE_CHANNEL_SECRET: there.channel_secret}
    url = request.getfixturevalue("fresh_postgresql") if request.param == "postgresql" else None
    return make_shop(url=url, secrets=keys)
