"""One application and one appearance for all tests of the window; a desk, a page or a whole window over a real shop."""

from __future__ import annotations

import gc
from dataclasses import replace
from itertools import count
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from shopdesk.supervisor import Supervisor
from shopdesk.ui.appearance import Appearance
from shopdesk.ui.live import Live
from shopdesk.ui.main_window import MainWindow
from shopdesk.ui.notices import Notices
from shopdesk.ui.pages import PAGES
from shopdesk.ui.shop_page import Desk, ShopPage
from shopdesk.ui.tasks import Tasks

_kept: list[Appearance] = []
_turns = count(1)
_TURNS_BETWEEN = 8


@pytest.fixture(autouse=True)
def _collected_between_tests():
    """Collect what is left of windows between tests, when none of their threads works: a collection amid one once never ended."""
    gc.disable()
    yield
    if next(_turns) % _TURNS_BETWEEN == 0:
        gc.collect()
    gc.enable()


@pytest.fixture
def appearance(qapp):
    """The standard light theme; whatever a test switches is switched back. No widget outlives its test."""
    if not _kept:
        _kept.append(Appearance(qapp, "light"))
    yield _kept[0]
    for widget in qapp.topLevelWidgets():
        widget.close()
        widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if (_kept[0].choice, _kept[0].scale) != ("light", "standard"):
        _kept[0].apply("light", "standard")


class Pages:
    """Notes which page was asked for."""

    def __init__(self):
        self.asked = []

    def show_page(self, key, **what):
        self.asked.append((key, what))


class Elsewhere(ShopPage):
    """Stands for every other page; `told` is what it was asked for."""

    def shown(self, **what):
        self.told = what


@pytest.fixture
def desk_of(appearance, make_shop, tmp_path):
    """Make what pages over a shop work with; its lanes end with the test, before the shop is closed."""
    made = []

    def desk(shop):
        tasks, notices = Tasks(), Notices(tmp_path / "shopdesk.log")
        tasks.default_failed = notices.error
        live = Live(shop.changes, tasks, shop.database.changed_elsewhere)
        made.append(Desk(shop, Pages(), tasks, live, notices, Supervisor(shop)))
        return made[-1]

    yield desk
    for one in made:
        one.live.close()
        one.tasks.close()
        one.supervisor.close()


@pytest.fixture
def desk(desk_of, sqlite_shop):
    """What a page over an empty shop works with."""
    return desk_of(sqlite_shop)


@pytest.fixture
def open_page(qtbot, desk):
    """Show one page by itself."""

    def opened(kind, width=1280, height=760, **what):
        page = kind(desk)
        qtbot.addWidget(page)
        page.resize(width, height)
        page.show()
        desk.notices.attach(page)
        page.come_to_front(**what)
        desk.tasks.settle()
        QCoreApplication.processEvents()  # what the last answer made is laid out and shown
        settle = lambda: (desk.tasks.settle(), qtbot.wait(1), desk.tasks.settle())  # noqa: E731
        return SimpleNamespace(page=page, settle=settle, toast=lambda: desk.notices._toast)

    return opened


@pytest.fixture
def open_window(qtbot, desk_of):
    """Show the window over a shop with one page at the front; of the others only those in `also` are real."""

    def opened(shop, key, also=(), **what):
        desk = desk_of(shop)
        entries = [one if one.key in {key, *also} else replace(one, factory=Elsewhere) for one in PAGES]
        window = MainWindow(shop, desk.tasks, desk.live, desk.notices, pages=entries)
        qtbot.addWidget(window)
        window.show()
        window.show_page(key, **what)
        assert desk.tasks.settle()
        return SimpleNamespace(
            window=window, page=window.page(), tasks=desk.tasks, shop=shop, notices=desk.notices, bot=qtbot
        )

    return opened
