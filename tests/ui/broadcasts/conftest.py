"""A window with the page of broadcasts on a real shop whose LINE is a rehearsal with six friends."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from shopdesk.broadcasts import process
from shopdesk.clock import SystemClock
from shopdesk.customers import NewCustomer
from shopdesk.rehearsal import Rehearsal, friend_id, running
from shopdesk.secrets import LINE_CHANNEL_ID, LINE_CHANNEL_SECRET
from shopdesk.segments import AllOf, Condition
from shopdesk.ui import pages
from shopdesk.ui.broadcasts.page import BroadcastsPage
from shopdesk.ui.live import Live
from shopdesk.ui.main_window import MainWindow
from shopdesk.ui.notices import Notices
from shopdesk.ui.pages import PageEntry
from shopdesk.ui.shop_page import ShopPage
from shopdesk.ui.tasks import Tasks

if TYPE_CHECKING:
    from collections.abc import Callable

    from shopdesk.shop import Shop

FRIENDS = 6


class Elsewhere(ShopPage):
    """Stands for every other page."""

    def shown(self, **what):
        self.told = what


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
            made.customers.consent(person.id, "line", on=False)
    made.segments.save("東京の方", AllOf((Condition("customer.prefecture", "is", ("東京都",)),)))
    return made


@pytest.fixture
def world(qtbot, appearance, tmp_path, shop: Shop, there):
    """The window, its page and its lanes."""
    tasks = Tasks()
    live, notices = Live(shop.changes, tasks, shop.database.changed_elsewhere), Notices(tmp_path / "shopdesk.log")
    tasks.default_failed = notices.error
    entries = [
        PageEntry(e.key, e.icon, e.title, e.group, BroadcastsPage if e.key == "broadcasts" else Elsewhere, e.order)
        for e in pages.PAGES
    ]
    window = MainWindow(shop, tasks, live, notices, name="みほん洋菓子店", pages=entries)
    qtbot.addWidget(window)
    window.show()
    window.show_page("broadcasts")
    tasks.settle()
    yield SimpleNamespace(
        window=window, page=window.page(), tasks=tasks, shop=shop, there=there, notices=notices, bot=qtbot
    )
    live.close()
    tasks.close()
    for child in process.STARTED:  # a sender outlives its window; the next test has none
        child.wait(20)
