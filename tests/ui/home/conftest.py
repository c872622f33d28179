"""A window's home page on a real shop."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from shopdesk.ui.live import Live
from shopdesk.ui.notices import Notices
from shopdesk.ui.shop_page import Desk
from shopdesk.ui.tasks import Tasks


class Pages:
    """Notes which page was asked for."""

    def __init__(self):
        self.asked = []

    def show_page(self, key, **what):
        self.asked.append((key, what))


@pytest.fixture
def desk(qtbot, appearance, sqlite_shop, tmp_path):
    tasks = Tasks()
    live, notices = Live(sqlite_shop.changes, tasks, lambda: False), Notices(tmp_path / "shopdesk.log")
    tasks.default_failed = notices.error
    yield Desk(sqlite_shop, Pages(), tasks, live, notices)
    live.close()
    tasks.close()


@pytest.fixture
def open_page(qtbot, desk):
    def opened(kind, width=1280, height=760, **what):
        page = kind(desk)
        qtbot.addWidget(page)
        page.resize(width, height)
        page.show()
        desk.notices.attach(page)
        page.come_to_front(**what)
        desk.tasks.settle()
        settle = lambda: (desk.tasks.settle(), qtbot.wait(1), desk.tasks.settle())  # noqa: E731
        return SimpleNamespace(page=page, settle=settle, toast=lambda: desk.notices._toast)

    return opened
