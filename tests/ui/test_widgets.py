"""What the parts do, apart from how they look."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QWidget

from shopdesk.japanese import phrased
from shopdesk.ui import widgets as w
from shopdesk.ui.theme import theme


@pytest.fixture(autouse=True)
def _dressed(appearance):
    pass


def test_a_search_waits_for_the_last_key_and_esc_clears_it(qtbot):
    field, heard = w.Search("さがす"), []
    qtbot.addWidget(field)
    field.searched.connect(heard.append)
    field.show()
    for text in ("み", "みほ", "みほん"):
        field.setText(text)
    assert heard == []
    qtbot.waitUntil(lambda: bool(heard))
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert heard == ["みほん", ""]


def test_a_number_takes_full_width_digits_and_holds_its_range(qtbot):
    field = w.NumberField(5, 1, 100)
    qtbot.addWidget(field)
    field.clear()
    assert field.value() is None
    field.insert("４２")
    assert field.value() == 42
    field.set_value(500)
    assert field.value() == 100


def test_a_choice_gives_values_not_words(qtbot):
    choice = w.Choice([("以上", ">="), ("以下", "<=")], "<=")
    qtbot.addWidget(choice)
    assert choice.value() == "<="
    with qtbot.waitSignal(choice.chosen) as told:
        qtbot.keyClick(choice, Qt.Key.Key_Up)
    assert told.args == [">="]


@pytest.mark.parametrize("least", [0, 60])
def test_a_choice_is_as_wide_as_its_longest_entry_where_there_is_room(qtbot, least):
    long = "さいごの注文がいちばん新しい順に並べる"
    choice = w.Choice([("順", 1), (long, 2)], 2, width=least)
    row = w.holder(w.hbox(choice, ...))
    qtbot.addWidget(row)
    row.resize(800, 60)
    row.show()
    assert choice.fontMetrics().horizontalAdvance(long) + theme().px("s10") <= choice.width() < 400
    row.resize(200, 60)
    assert choice.width() <= 200 or not least


def test_a_row_that_grows_holds_all_of_its_text(qtbot):
    words = w.Prose("LINE の友だちと結びついていないお客さまです。" * 3)
    row = w.Row((words, 1), grows=True)
    qtbot.addWidget(row)
    row.resize(1200, 56)
    row.show()
    assert row.height() >= theme().px("row_two")
    row.setFixedWidth(220)
    QApplication.processEvents()
    assert words.height() >= words.heightForWidth(words.width()) > 3 * theme().line("body")
    assert row.minimumSizeHint().height() > words.height()


def test_a_segmented_choice_gives_values(qtbot):
    choice = w.Segmented([("すべて", "all"), ("どれか", "any")], "any")
    qtbot.addWidget(choice)
    choice.show()
    assert choice.value() == "any"
    with qtbot.waitSignal(choice.chosen) as told:
        qtbot.mouseClick(choice, Qt.MouseButton.LeftButton, pos=QPoint(10, 10)) or choice._parts[0].click()
    assert told.args == ["all"]


def test_a_field_is_checked_when_it_is_left_and_says_it_in_the_helps_place(qtbot):
    control = w.TextField()
    field = w.Field("電話番号", control, help_text="半角で", check=lambda: "" if control.text() else "入れてください。")
    qtbot.addWidget(field)
    field.show()
    assert field.error() == ""
    assert not field.valid()
    assert field.error() == "入れてください。"
    assert control.property("state") == "error"
    control.setText("090")
    assert field.valid()
    assert control.property("state") == ""


def _mime(*paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def test_a_drop_zone_says_that_it_is_ready_and_gives_the_files(qtbot, tmp_path):
    zone = w.DropZone("ここへ置く")
    qtbot.addWidget(zone)
    data, action, none = _mime(tmp_path / "注文.xlsx"), Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    zone.dragEnterEvent(QDragEnterEvent(QPoint(5, 5), action, data, Qt.MouseButton.LeftButton, none))
    assert zone._title.text() == "Let go here"
    with qtbot.waitSignal(zone.dropped) as told:
        zone.dropEvent(QDropEvent(QPointF(5, 5), action, data, Qt.MouseButton.LeftButton, none))
    assert told.args == [[Path(tmp_path / "注文.xlsx")]]
    assert zone._title.text() == "ここへ置く"


@pytest.mark.parametrize(("key", "answer"), [(Qt.Key.Key_Return, True), (Qt.Key.Key_Escape, False)])
def test_a_question_is_answered_by_keyboard(qtbot, key, answer):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 600)
    window.show()

    def press():
        dialog = QApplication.activeModalWidget()
        titles.append(dialog.windowTitle())
        qtbot.keyClick(dialog.focusWidget(), key)
        QTimer.singleShot(0, dialog.reject)  # a key that did nothing must not hang the tests

    titles = []
    QTimer.singleShot(50, press)
    assert w.confirm(window, "193 人に送りますか？", "取り消せません。", verb="193 人に送る") is answer
    assert titles == ["193 人に送りますか？"]


def test_enter_does_not_destroy(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()

    def press():
        dialog = QApplication.activeModalWidget()
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
        closed.append(not dialog.isVisible())
        dialog.reject()

    closed = []
    QTimer.singleShot(50, press)
    assert w.confirm(window, "すべて消しますか？", verb="すべて消す", danger=True) is False
    assert closed == [True]


def test_a_toast_can_be_taken_back_and_goes_away(qtbot):
    host, undone = QWidget(), []
    qtbot.addWidget(host)
    host.resize(800, 600)
    host.show()
    toast = w.Toast(host, "タグ「常連」を 12 人につけました。", "元に戻す", lambda: undone.append(1))
    assert abs(toast.geometry().center().x() - 400) <= 1
    assert toast.geometry().bottom() < 600
    toast.action.click()
    assert undone == [1]
    assert toast.isHidden()


def test_the_pane_lies_beside_a_wide_list_and_over_a_narrow_one(qtbot):
    main, pane = QWidget(), QWidget()
    both = w.Beside(main, pane)
    qtbot.addWidget(both)
    both.resize(1300, 600)
    both.show()
    assert main.width() == 1300
    both.open_pane()
    assert main.width() == pane.x() - 16
    both.resize(1000, 600)
    assert (main.width(), pane.geometry().right()) == (1000, 999)
    assert both.close_pane()
    assert not both.close_pane()


def test_done_steps_can_be_clicked_and_later_ones_cannot(qtbot):
    steps, heard = w.Steps("だれに", "なにを", "いつ", now=1), []
    qtbot.addWidget(steps)
    steps.chosen.connect(heard.append)
    steps.resize(500, 24)
    steps.show()
    qtbot.mouseClick(steps, Qt.MouseButton.LeftButton, pos=QPoint(10, 12))
    qtbot.mouseClick(steps, Qt.MouseButton.LeftButton, pos=QPoint(300, 12))
    assert heard == [0]


def test_over_quota_the_cost_bar_says_why(qtbot):
    bar = w.CostBar(figures=1)
    qtbot.addWidget(bar)
    bar.show_cost([w.CostFigure("届く方", "868 人", wrong=True)], "残り", "412 → 0 通", 0.9, 0.2, why="足りません。")
    assert not bar._why.isHidden()
    bar.show_cost([w.CostFigure("届く方", "1 人")], "残り", "412 → 411 通", 0.5, 0.1)
    assert bar._why.isHidden()


@pytest.mark.parametrize("width", [916, 1020])
def test_the_cost_bar_leaves_its_buttons_whole(qtbot, width):
    send = w.Button("Send to 1,037 people", "primary", "send", "control_large", trailing=True)
    bar = w.CostBar(w.Button("Back", size="control_large"), send)
    qtbot.addWidget(bar)
    figures = [("People who get it", "1,037 people"), ("Messages counted", "1,037 messages"), ("Extra charge", "0 yen")]
    bar.show_cost([w.CostFigure(*one) for one in figures], "Left this month", "5,000 → 3,963", 0.1, 0.2)
    bar.resize(width, 68)
    bar.show()
    QApplication.processEvents()
    assert bar.width() == width
    assert send.width() >= send.sizeHint().width()


def test_prose_grows_with_its_text_and_counts_surrogate_pairs(qtbot):
    prose = w.Prose("𠮷野家", w.Run("で買った", bold=True), "方。" * 40)
    qtbot.addWidget(prose)
    assert prose.heightForWidth(200) > 3 * prose.heightForWidth(2000)
    prose.resize(200, 400)
    assert not prose.grab().isNull()


def test_a_line_of_large_letters_ends_between_phrases(appearance):
    """Neither `500|円` nor `くだ|さい`, as wide as the longest phrase at least."""
    phrases = ("お会計の", "金額を", "入れてください。", "焼き菓子 1 つ、", "コーヒー1杯は", "500 円です。", "Thanks.")
    shown, ends = w.Prose("".join(phrases), role="counter_s"), set()
    for width in range(180, 700, 13):
        layout, _height = shown._lay_out(width)
        for line in map(layout.lineAt, range(layout.lineCount())):
            ends.add(layout.text()[: line.textStart() + line.textLength()].replace("\u2060", "").replace("\xa0", " "))
    allowed = {"".join(phrases[: at + 1]) for at in range(len(phrases))}
    assert (ends - allowed, len(ends)) == (set(), len(phrases) - 1)
    assert phrased("LINE で予約") == "LINE\xa0で予\u2060約"
    assert phrased("コーヒー1杯", narrow=True) == "\u2060".join("コーヒー") + "1\u2060杯"  # in the field of a stamp
    assert phrased("500円引き", narrow=True) == "5\u20600\u20600\u2060円引\u2060き".replace("5\u20600\u20600", "500")


def test_tab_goes_as_one_reads_also_through_what_came_in_later(appearance):
    column, last = w.vbox(), w.TextField()
    form = w.holder(w.vbox(w.hbox(w.TextField(), w.Choice([("a", 1)])), column, w.label("x"), last))
    for at in (0, 0, 1):
        column.insertWidget(at, w.holder(w.hbox(w.CheckBox(str(at)), w.Button("b"))))
    w.tab_in_order(form.layout())
    fields = [*form.findChildren(QLineEdit), *form.findChildren(QComboBox), *form.findChildren(QAbstractButton)]
    form.resize(400, 300)
    form.show()
    form.grab()
    read = sorted(fields, key=lambda one: (one.mapTo(form, one.rect().center()).y(), one.mapTo(form, QPoint()).x()))
    passed, now = [], read[0]
    for _stop in range(40):
        passed += [now] if now in fields else []
        now = now.nextInFocusChain()
    assert passed[: len(read)] == read
