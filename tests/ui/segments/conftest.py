"""A window with the page of segments on a real shop with three customers."""

from __future__ import annotations

import pytest

from shopdesk.customers import NewCustomer


@pytest.fixture
def world(open_window, sqlite_shop):
    """The window, its page and its lanes."""
    for name, place in (("見本 花子", "東京都"), ("例示 太郎", "東京都"), ("<img src=file:///x>", "大阪府")):
        sqlite_shop.customers.add(NewCustomer(name, prefecture=place))
    return open_window(sqlite_shop, "segments")
