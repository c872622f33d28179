"""The page in a window over a real shop."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from shopdesk.ui.live import Live
from shopdesk.ui.main_window import MainWindow
from shopdesk.ui.notices import Notices
from shopdesk.ui.pages import PAGES
from shopdesk.ui.tasks import Tasks


@pytest.fixture
def open_desk(qtbot, appearance, make_shop, tmp_path):
    closing = []

    def opened(section, **more):
        shop, tasks, notices = make_shop(**more), Tasks(), Notices(tmp_path / "shopdesk.log")
        tasks.default_failed = notices.error
        live = Live(shop.changes, tasks, shop.database.changed_elsewhere)
        window = MainWindow(shop, tasks, live, notices, pages=[one for one in PAGES if one.key == "settings"])
        qtbot.addWidget(window)
        closing.append((live, tasks))
        window.show()
        window.show_page("settings", section=section)
        assert tasks.settle()
        page = window.page()
        return SimpleNamespace(
            window=window, page=page, section=page.sections[section], tasks=tasks, shop=shop, notices=notices
        )

    yield opened
    for live, tasks in closing:
        live.close()
        tasks.close()
