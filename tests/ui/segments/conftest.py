"""A window with the page of segments on a real shop with three customers."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from shopdesk.customers import NewCustomer
from shopdesk.ui import pages
from shopdesk.ui.live import Live
from shopdesk.ui.main_window import MainWindow
from shopdesk.ui.notices import Notices
from shopdesk.ui.pages import PageEntry
from shopdesk.ui.segments.page import SegmentsPage
from shopdesk.ui.shop_page import ShopPage
from shopdesk.ui.tasks import Tasks

if TYPE_CHECKING:
    from shopdesk.shop import Shop


class Elsewhere(ShopPage):
    """Stands for every other page."""

    def shown(self, **what):
        self.told = what


@pytest.fixture
def world(qtbot, appearance, tmp_path, sqlite_shop: Shop):
    """The window, its page and its lanes."""
    shop = sqlite_shop
    for name, place in (("見本 花子", "東京都"), ("例示 太郎", "東京都"), ("<img src=file:///x>", "大阪府")):
        shop.customers.add(NewCustomer(name, prefecture=place))
    tasks = Tasks()
    live, notices = Live(shop.changes, tasks, shop.database.changed_elsewhere), Notices(tmp_path / "shopdesk.log")
    tasks.default_failed = notices.error
    entries = [
        PageEntry(e.key, e.icon, e.title, e.group, SegmentsPage if e.key == "segments" else Elsewhere, e.order)
        for e in pages.PAGES
    ]
    window = MainWindow(shop, tasks, live, notices, name="みほん洋菓子店", pages=entries)
    qtbot.addWidget(window)
    window.show()
    window.show_page("segments")
    tasks.settle()
    yield SimpleNamespace(window=window, page=window.page(), tasks=tasks, shop=shop, notices=notices, bot=qtbot)
    live.close()
    tasks.close()
