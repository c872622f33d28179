"""The page in a window over a real shop, with files to put there."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from shopdesk.ui.live import Live
from shopdesk.ui.main_window import MainWindow
from shopdesk.ui.notices import Notices
from shopdesk.ui.pages import PAGES, PageEntry
from shopdesk.ui.shop_page import ShopPage
from shopdesk.ui.tasks import Tasks

CARTS = Path(__file__).resolve().parents[2] / "data" / "carts"


class Elsewhere(ShopPage):
    """Stands for every other page."""


@pytest.fixture
def desk(qtbot, appearance, sqlite_shop, tmp_path):
    tasks, notices = Tasks(), Notices(tmp_path / "shopdesk.log")
    tasks.default_failed = notices.error
    live = Live(sqlite_shop.changes, tasks, sqlite_shop.database.changed_elsewhere)
    entries = [
        e if e.key in {"imports", "settings"} else PageEntry(e.key, e.icon, e.title, e.group, Elsewhere, e.order)
        for e in PAGES
    ]
    window = MainWindow(sqlite_shop, tasks, live, notices, pages=entries)
    qtbot.addWidget(window)
    window.show()
    window.show_page("imports")
    yield SimpleNamespace(window=window, page=window.page(), tasks=tasks, shop=sqlite_shop, notices=notices)
    window.page().close_run(at_once=True) if window.current == "imports" else None
    live.close()
    tasks.close()


@pytest.fixture
def orders() -> Path:
    """An export that is recognised."""
    return CARTS / "rakuten-orders.csv"
