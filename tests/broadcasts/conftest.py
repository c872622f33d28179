"""A shop whose LINE is a rehearsal, with friends fetched, and a sleep that does not wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from shopdesk.customers import NewCustomer
from shopdesk.messages import Draft, draft
from shopdesk.rehearsal import Rehearsal, Running, running
from shopdesk.secrets import LINE_CHANNEL_ID, LINE_CHANNEL_SECRET

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from shopdesk.clock import FixedClock
    from shopdesk.shop import Shop

FRIENDS = 30


class Naps:
    """A sleep that only notes how long it would have been."""

    def __init__(self) -> None:
        self.taken: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.taken.append(seconds)


@pytest.fixture
def naps() -> Naps:
    return Naps()


@pytest.fixture
def there(clock: FixedClock) -> Iterator[Running]:
    """The rehearsal, living by the test's own clock."""
    with running(Rehearsal(FRIENDS, clock=clock)) as found:
        yield found


@pytest.fixture(params=["sqlite", "postgresql"])
def shop(
    request: pytest.FixtureRequest,
    make_shop: Callable[..., Shop],
    there: Running,
    monkeypatch: pytest.MonkeyPatch,
) -> Shop:
    """A shop on each database that has fetched its friends."""
    url = request.getfixturevalue("fresh_postgresql") if request.param == "postgresql" else None
    return opened(make_shop, there, monkeypatch, url)


@pytest.fixture
def sqlite_shop(make_shop: Callable[..., Shop], there: Running, monkeypatch: pytest.MonkeyPatch) -> Shop:
    """The same on SQLite only, for what does not depend on the database."""
    return opened(make_shop, there, monkeypatch, None)


def opened(make_shop: Callable[..., Shop], there: Running, monkeypatch: pytest.MonkeyPatch, url: str | None) -> Shop:
    monkeypatch.setenv("SHOPDESK_LINE_HOST", there.url)
    keys = {LINE_CHANNEL_ID: there.channel_id, LINE_CHANNEL_SECRET: there.channel_secret}
    shop = make_shop(url=url, secrets=keys)
    shop.friends.sync()
    return shop


@pytest.fixture
def text() -> Callable[..., Draft]:
    """One text message."""
    return lambda said="秋の新作が入りました": draft([{"type": "text", "text": said}])


@pytest.fixture
def linked(there: Running) -> Callable[[Shop, int, str], int]:
    """Make the friend of that number a customer of that name and return the customer's id."""

    def link(shop: Shop, number: int, name: str) -> int:
        customer = shop.customers.add(NewCustomer(name=name)).id
        shop.friends.link(list(there.rehearsal.people)[number].user_id, customer)
        return customer

    return link


@pytest.fixture
def received(there: Running) -> Callable[[], list[int]]:
    """How many messages each person got, in the order of the people."""
    return lambda: [len(person.received()) for person in there.rehearsal.people]
