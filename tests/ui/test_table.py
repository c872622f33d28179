"""A list of a million rows: only what is seen is read, by key, and nothing waits for it."""

from __future__ import annotations

import threading
from time import perf_counter, sleep

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from sqlalchemy import text

from shopdesk.database import InterruptedReadError
from shopdesk.ui import widgets as w
from shopdesk.ui.tasks import Tasks
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets.listing import PAGE

MILLION = 1_000_000


@pytest.fixture
def tasks(qapp):
    made = Tasks()
    yield made
    made.close()


class Numbers:
    """Rows 0 … count-1 by their own number, and what was asked for."""

    def __init__(self, count=MILLION):
        self.size, self.asked, self.step = count, [], 1
        self.gate = threading.Event()
        self.gate.set()

    def listing(self):
        return w.Listing(lambda: self.size, lambda step: range(step - 1, self.size, step), self.fetch)

    def fetch(self, after, limit):
        self.gate.wait(5)
        self.asked.append(after)
        start = 0 if after is None else after + 1
        return list(range(start, min(start + limit, self.size)))


def card(tasks, **more):
    columns = [
        w.Column("お名前", lambda n: w.Cell(f"見本 {n}", bold=True, second="みほん")),
        w.Column("LINE", lambda n: w.Cell(badge=w.Mark("友だち", dot=True)), 104),
        w.Column("合計", lambda n: f"{n:,} 円", 140, w.RIGHT),
    ]
    empty = w.EmptyState("users", "お客さまはまだいません")
    made = w.ListCard(columns, lambda n: n, tasks, empty=empty, sentence=str, checks=True, **more)
    made.resize(700, 520)
    made.show()
    return made


def shown(made, row):
    return made.model.data(made.model.index(row, 1))


def test_lines_and_the_chosen_ground_reach_the_cards_edge_under_the_scroll_bar(appearance, tasks):
    numbers, made = Numbers(), card(tasks)
    made.show_listing(numbers.listing())
    tasks.settle()
    table, edge = made.table, made.table.verticalScrollBar()
    assert edge.isVisible()
    table.setCurrentIndex(made.model.index(5, 1))
    QApplication.processEvents()
    drawn, t = made.grab().toImage(), theme()
    beyond = edge.mapTo(made, QPoint(edge.width() - 1, 0)).x()
    head = table.viewport().mapTo(made, QPoint(0, 0)).y()

    def under(row):
        y = head + table.rowViewportPosition(row)
        return drawn.pixelColor(beyond, y + 9).name(), drawn.pixelColor(beyond, y + table.rowHeight(row) - 1).name()

    assert under(4) == (t["surface"].name(), t["line"].name())
    assert under(5) == (t["accent_soft"].name(), t["line"].name())
    assert drawn.pixelColor(beyond, head - 9).name() == t["sunken"].name()
    assert drawn.pixelColor(beyond, head - 1).name() == t["line"].name()


def test_the_first_page_shows_before_count_and_anchors_are_known(appearance, tasks):
    numbers, made = Numbers(), card(tasks)
    counted = threading.Event()
    listing = w.Listing(lambda: counted.wait(5) and MILLION, lambda _step: counted.wait(5) and [], numbers.fetch)
    made.show_listing(listing)
    while not made.model.rowCount():
        QApplication.processEvents()
    assert made.model.rowCount() == PAGE
    assert shown(made, 3) == "見本 3 みほん"
    counted.set()
    tasks.settle()
    assert made.model.rowCount() == MILLION


def test_a_jump_reads_the_pages_that_are_seen_and_no_others(appearance, tasks):
    numbers, made = Numbers(), card(tasks)
    made.show_listing(numbers.listing())
    tasks.settle()
    numbers.asked.clear()
    bar = made.table.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    made.grab()
    tasks.settle()
    row = made.table.rowAt(10)
    assert 400_000 < row < 600_000
    assert made.model.rows.known(row) == row
    assert len(numbers.asked) <= 2
    assert made.table.verticalScrollBar().maximum() > 43_000_000


def test_the_screen_never_waits_for_the_rows(appearance, tasks):
    numbers, made = Numbers(), card(tasks)
    made.show_listing(numbers.listing())
    tasks.settle()
    numbers.gate.clear()
    bar = made.table.verticalScrollBar()
    started = perf_counter()
    for part in range(1, 21):
        bar.setValue(bar.maximum() * part // 21)
        made.grab()
    assert perf_counter() - started < 2
    assert shown(made, made.table.rowAt(10)) is None  # on its way: drawn grey
    numbers.gate.set()
    tasks.settle()
    made.grab()
    tasks.settle()
    row = made.table.rowAt(10)
    assert shown(made, row) == f"見本 {row} みほん"
    assert len(numbers.asked) < 20  # what was only scrolled past was never read


def test_a_refresh_keeps_the_place_and_the_rows_until_newer_ones_come(appearance, tasks):
    numbers, made = Numbers(5000), card(tasks)
    made.show_listing(numbers.listing())
    tasks.settle()
    made.table.scrollTo(made.model.index(3000, 0))
    made.grab()
    tasks.settle()
    place = made.table.verticalScrollBar().value()
    numbers.size = 5001
    numbers.gate.clear()
    made.refresh()
    QApplication.processEvents()
    row = made.table.rowAt(10)
    assert shown(made, row) == f"見本 {row} みほん"
    numbers.gate.set()
    tasks.settle()
    assert made.table.verticalScrollBar().value() == place
    assert made.model.rowCount() == 5001


def test_a_newer_list_wins_over_an_older_one_that_is_late(appearance, tasks):
    old, new, made = Numbers(1000), Numbers(10), card(tasks)
    old.gate.clear()
    made.show_listing(old.listing())
    made.show_listing(new.listing())
    old.gate.set()
    tasks.settle()
    assert made.model.rowCount() == 10


def test_nothing_and_errors_have_their_own_faces(appearance, tasks):
    made = card(tasks)
    made.show_listing(w.fixed([]))
    tasks.settle()
    assert made.empty.isVisible()

    def broken(_after, _limit):
        raise OSError("ほかのパソコンが書きこみ中のようです。")

    made.show_listing(w.Listing(lambda: 0, lambda _step: [], broken))
    tasks.settle()
    error = made.findChild(w.ErrorState)
    assert error.isVisible()
    made.show_listing(w.fixed([1, 2]))
    tasks.settle()
    assert made.table.isVisible()
    assert made.model.rowCount() == 2


def test_checks_are_kept_by_identity_and_all_means_the_rows_not_here_too(qtbot, appearance, tasks):
    numbers, made = Numbers(), card(tasks)
    made.show_listing(numbers.listing())
    tasks.settle()
    qtbot.mouseClick(made.table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    assert made.checked().keys == {0}
    header = made.table.horizontalHeader().viewport()
    qtbot.mouseClick(header, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    assert made.model.checked_count() == 0
    qtbot.mouseClick(header, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    assert made.model.checked_count() == MILLION
    made.model.toggle(7)
    assert made.model.checked_count() == MILLION - 1
    assert 7 not in made.checked()
    assert 8 in made.checked()


def test_the_keyboard_does_what_the_mouse_does(qtbot, appearance, tasks):
    made = card(tasks)
    made.show_listing(Numbers(100).listing())
    tasks.settle()
    picked, opened = [], []
    made.table.picked.connect(picked.append)
    made.table.opened.connect(opened.append)
    made.table.setCurrentIndex(made.model.index(0, 0))
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_End):
        qtbot.keyClick(made.table, key)
    assert picked[-2:] == [1, 99]
    assert made.checked().keys == {1}
    assert opened == [1]
    assert made.table.current() == 99


def test_wheel_scrolling_shows_rows_while_the_anchors_are_on_their_way(appearance, tasks):
    numbers, made = Numbers(), card(tasks)
    gate = threading.Event()
    made.show_listing(w.Listing(lambda: MILLION, lambda _step: gate.wait(10) and [], numbers.fetch, lambda row: row))
    until(lambda: made.model.rowCount() == MILLION)
    bar = made.table.verticalScrollBar()
    while made.table.rowAt(0) < 3 * PAGE:
        bar.setValue(bar.value() + made.table.viewport().height())
        made.grab()
        top = made.table.rowAt(0)
        until(lambda top=top: made.model.rows.row(top) == top)
    bar.setValue(bar.maximum())
    made.grab()
    assert shown(made, made.table.rowAt(10)) is None  # nobody knows yet where this begins
    assert numbers.asked == [None, 255, 511, 767]
    gate.set()


def until(so):
    begun = perf_counter()
    while not so():
        assert perf_counter() - begun < 5
        QApplication.processEvents()


def test_another_list_ends_the_count_and_the_anchors_of_the_last_one(appearance, sqlite_shop):
    begun, ended = threading.Barrier(3), []

    def endless(*_step):
        try:
            with sqlite_shop.database.read() as session:
                begun.wait(5)
                session.execute(
                    text("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n")
                )
        except InterruptedReadError as error:
            ended.append(error.code)
            raise

    tasks = Tasks(interrupt=sqlite_shop.database.interrupt)
    made = card(tasks)
    failed = []
    made.model.rows.failed.connect(failed.append)
    made.show_listing(w.Listing(endless, endless, Numbers().fetch))
    until(lambda: made.model.rowCount() == PAGE)
    begun.wait(5)
    sleep(0.1)  # both have sent their statement
    made.show_listing(Numbers(10).listing())
    tasks.settle()
    assert ended == ["interrupted", "interrupted"]
    assert made.model.rowCount() == 10
    assert failed == []
    tasks.close()


def test_in_a_row_of_two_lines_a_long_name_leaves_what_stands_below_it(appearance, tasks):
    def drawn(row: str, second: str):
        columns = [w.Column("Name", lambda _one: w.Cell("とても長い題名" * 9, bold=True, second=second))]
        card = w.ListCard(columns, lambda one: one, tasks, empty=w.EmptyState("tag", "", ""), sentence=str, row=row)
        card.resize(400, 200)
        card.show_listing(w.fixed([1]))
        card.show()
        tasks.settle()
        QApplication.processEvents()
        return card.table.viewport().grab().toImage()

    assert drawn("row_two", "お知らせ") != drawn("row_two", "案内ページ")
    assert drawn("row", "お知らせ") == drawn("row", "案内ページ")  # in one line there is no room for it
