"""A window with the page of broadcasts on a real shop whose LINE is a rehearsal with six friends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from shopdesk.broadcasts import process
from shopdesk.clock import SystemClock
from shopdesk.customers import NewCustomer
from shopdesk.rehearsal import Rehearsal, friend_id, running
from shopdesk.secrets import LINE_CHANNEL_ID, LINE_CHANNEL_SECRET
from shopdesk.segments import AllOf, Condition

if TYPE_CHECKING:
    from collections.abc import Callable

    from shopdesk.shop import Shop

FRIENDS = 6


@pytest.fixture
def there():
    """The pretend LINE."""
    with running(Rehearsal(FRIENDS)) as found:
        yield found


@pytest.fixture
def shop(make_shop: Callable[..., Shop], there, monkeypatch) -> Shop:
    """Five people in Tokyo linked with friends, one of whom opted out, and one who is not linked."""
    monkeypatch.setenv("SHOPDESK_LINE_HOST", there.url)
    made = make_shop(
        clock=SystemClock(), secrets={LINE_CHANNEL_ID: there.channel_id, LINE_CHANNEL_SECRET: there.channel_secret}
    )
    made.settings.set("shop_name", "みほん洋菓子店")
    made.settings.set("plan", "light")
    made.friends.sync()
    for number in range(FRIENDS):
        person = made.customers.add(NewCustomer(f"見本 {number} 髙𠮷", prefecture="東京都"))
        if number < FRIENDS - 1:
            made.friends.link(friend_id(number), person.id)
        if number == 0:
            made.customers.consents.set(person.id, "line", on=False)
    made.segments.save("東京の方", AllOf((Condition("customer.prefecture", "is", ("東京都",)),)))
    return made


@pytest.fixture
def world(shop: Shop, there, open_window):
    """The window, its page and its lanes, which end before the pretend LINE does."""
    made = open_window(shop, "broadcasts")
    made.there = there
    yield made
    for child in process.STARTED:  # else one is still talking with the pretend LINE when that ends
        child.wait(30)
