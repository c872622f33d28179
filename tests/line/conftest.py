"""A rehearsal beside the test, and a LINE that talks to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from shopdesk.line import Line
from shopdesk.rehearsal import Rehearsal, Running, running
from shopdesk.secrets import LINE_CHANNEL_ID, LINE_CHANNEL_SECRET, Secrets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopdesk.clock import FixedClock
    from shopdesk.shop import Shop


@pytest.fixture
def there(clock: FixedClock) -> Iterator[Running]:
    """The rehearsal with 25 friends, living by the test's own clock."""
    with running(Rehearsal(25, clock=clock)) as found:
        yield found


@pytest.fixture
def line(there: Running, sqlite_shop: Shop, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Line]:
    """LINE, with the rehearsal's keys."""
    monkeypatch.setenv("SHOPDESK_LINE_HOST", there.url)
    keys = {LINE_CHANNEL_ID: there.channel_id, LINE_CHANNEL_SECRET: there.channel_secret}
    made = Line(Secrets("test", keys), sqlite_shop.installation, clock)
    yield made
    made.close()
