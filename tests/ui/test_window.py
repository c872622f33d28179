"""The window: its pages, its keys, what is let go on it, and the one place for errors."""

from __future__ import annotations

import logging
import subprocess
import sys
from dataclasses import replace
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFocusFrame

from shopdesk.changes import Changes, Topic
from shopdesk.errors import InvalidInputError
from shopdesk.ui import pages, widgets as w
from shopdesk.ui.editor import editor_head
from shopdesk.ui.live import Live
from shopdesk.ui.main_window import MainWindow
from shopdesk.ui.notices import Notices
from shopdesk.ui.shop_page import ShopPage
from shopdesk.ui.tasks import Tasks


class Plain(ShopPage):
    topics = frozenset({Topic.CUSTOMERS})

    def __init__(self, desk):
        super().__init__(desk)
        self.told, self.reloads, self.backs, self.files = [], 0, 0, []
        self.field = w.Search("さがす")
        self.setLayout(w.vbox(w.Frame(w.Header("顧客", "一覧です。"), self.field, ...)))

    def shown(self, **what):
        self.told.append(what)

    def reload(self):
        self.reloads += 1

    def back(self):
        self.backs += 1
        return True

    def dropped(self, files):
        self.files = files


@pytest.fixture
def world(qtbot, appearance, tmp_path):
    tasks, changes = Tasks(), Changes()
    live, notices = Live(changes, tasks, lambda: False), Notices(tmp_path / "shopdesk.log")
    tasks.default_failed = notices.error
    entries = [replace(e, factory=Plain) for e in pages.PAGES]
    window = MainWindow(SimpleNamespace(), tasks, live, notices, name="みほん洋菓子店", pages=entries)
    qtbot.addWidget(window)
    window.show()
    window.show_page("home")
    yield SimpleNamespace(window=window, tasks=tasks, changes=changes, notices=notices)
    live.close()
    tasks.close()


def test_a_page_is_made_when_it_is_first_shown_and_kept(world):
    window = world.window
    assert list(window._pages) == ["home"]
    window.show_page("customers", customer=7)
    first = window.page()
    window.show_page("home")
    window.show_page("customers")
    assert window.page() is first
    assert first.told == [{"customer": 7}, {}]
    assert window.sidebar.items["customers"].isChecked()


def test_the_keys_work_everywhere(qtbot, world):
    window = world.window
    with qtbot.waitActive(window):
        window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert window.current == "customers"
    page = window.page()
    qtbot.keyClick(window, Qt.Key.Key_F5)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert (page.reloads, page.backs) == (1, 1)
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.focusWidget() is page.field


def test_esc_clears_the_search_before_it_leaves_anything(qtbot, world):
    with qtbot.waitActive(world.window):
        world.window.activateWindow()
    page = world.window.page()
    page.search()
    page.field.setText("みほん")
    qtbot.keyClick(page.field, Qt.Key.Key_Escape)
    assert (page.field.text(), page.backs) == ("", 0)
    qtbot.keyClick(page.field, Qt.Key.Key_Escape)
    assert page.backs == 1


def test_a_hidden_page_reads_again_when_it_comes_back(qtbot, world):
    window = world.window
    window.show_page("customers")
    page = window.page()
    world.changes.tell(Topic.CUSTOMERS)
    qtbot.waitUntil(lambda: page.reloads == 1)
    world.changes.tell(Topic.SETTINGS)
    window.show_page("segments")
    world.changes.tell(Topic.CUSTOMERS)
    qtbot.waitUntil(lambda: page._stale)
    assert page.reloads == 1
    window.show_page("customers")
    assert page.reloads == 2


def test_files_let_go_anywhere_go_to_the_import(world, tmp_path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.csv"))])
    no = Qt.KeyboardModifier.NoModifier
    world.window.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, no))
    assert world.window.current == "imports"
    assert [path.name for path in world.window.page().files] == ["a.csv"]


def test_a_narrow_window_has_a_narrow_sidebar(world):
    world.window.resize(1280, 800)
    assert world.window.sidebar.width() == 212
    world.window.resize(1000, 720)
    assert world.window.sidebar.width() == 60
    assert "Customers" in world.window.sidebar.items["customers"].toolTip()


def toast(window):
    return [one for one in window.findChildren(w.Toast) if not one.isHidden()]


def test_a_failed_task_shows_its_sentence(world):
    def work():
        raise InvalidInputError("このファイルにはパスワードがかかっています。")

    world.tasks.run(world.window, work)
    world.tasks.settle()
    [shown] = toast(world.window)
    assert shown.accessibleName() == "このファイルにはパスワードがかかっています。"


def test_an_error_nobody_expected_names_the_log_and_is_logged(world, caplog):
    with caplog.at_level(logging.ERROR):
        world.notices.catch_all()
        try:
            sys.excepthook(KeyError, KeyError("x"), None)
        finally:
            sys.excepthook = sys.__excepthook__
    [shown] = toast(world.window)
    assert "shopdesk.log" in shown.accessibleName()
    assert caplog.records[0].exc_info


def test_what_is_said_before_there_is_a_window_waits_for_it(qtbot, appearance, tmp_path):
    notices = Notices(tmp_path / "shopdesk.log")
    notices.done("終わりました。")
    host = w.holder(w.vbox())
    qtbot.addWidget(host)
    host.resize(600, 300)
    host.show()
    notices.attach(host)
    assert [one.accessibleName() for one in toast(host)] == ["終わりました。"]


def test_the_window_starts_with_nothing_but_qt():
    """P11: what is not needed for the first paint is not imported for it."""
    heavy = ("pyqtgraph", "numpy", "linebot", "aiohttp", "sqlalchemy", "python_calamine", "openpyxl", "starlette")
    code = (
        f"import sys, shopdesk.ui.main_window, shopdesk.ui.appearance; print([m for m in {heavy} if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_what_is_said_stays_above_a_page_that_comes_up(world):
    world.notices.done("できました")
    world.window.show_page("settings")
    children = world.window._stack.children()
    assert children.index(world.notices._toast) > children.index(world.window.page())


def test_a_page_below_another_has_no_line_and_marks_that_one(world):
    world.window.show_page("answers")
    assert "answers" not in world.window.sidebar.items
    assert world.window.sidebar.items["talks"].isChecked()


def test_news_stand_below_the_head_of_a_page_and_of_an_editor(world, qtbot):
    world.window.resize(1280, 860)
    page = world.window.page()
    world.notices.news("見本 花子: 予約したいです", lambda: None)
    toast = world.notices._toast
    head = editor_head("リッチメニュー", lambda: None, w.label("／"), w.TitleField("名前"), w.Button("反映する"))
    page.layout().insertWidget(0, head)
    qtbot.wait(1)
    for one in (page.findChild(w.Header), head):
        assert toast.y() >= one.sizeHint().height()


def test_the_ring_is_round_controls_and_never_round_the_ground_of_a_page(world, qtbot):
    window, page = world.window, world.window.page()
    frame = page.findChild(w.Frame)
    window.activateWindow()
    for one, ringed in ((page.field, True), (frame, False), (page.field, True), (page, False)):
        one.setFocus()
        qtbot.wait(1)
        assert [ring.widget() for ring in window.findChildren(QFocusFrame) if ring.isVisible()] == [one] * ringed
