"""The page 取り込み as a person meets it: put a file there, look, import, undo; and files that cannot be read."""

from __future__ import annotations

from PySide6.QtCore import Qt

from shopdesk.ui import widgets as w
from shopdesk.ui.imports import page as page_module
from shopdesk.ui.imports.checking import COLUMNS, NEW, SAME, UNREADABLE
from shopdesk.ui.imports.tables import letters

HOSTILE = "<img src=file:///x>"


def put(desk, *files):
    desk.page.dropped(list(files))
    assert desk.tasks.settle(30)


def said(desk):
    return desk.notices._toast.accessibleName()


def imported(desk, file):
    put(desk, file)
    desk.page.checking.go.click()
    assert desk.tasks.settle(30)
    return desk.page


def test_a_file_is_looked_at_before_anything_is_written(desk, orders):
    assert desk.page.current() is desk.page.choosing
    put(desk, orders)
    page, report = desk.page, desk.page.report
    assert page.current() is page.checking
    assert page.checking.go.words() == f"Import {report.orders.new} orders"
    assert page.checking.tabs.current() == NEW
    assert desk.shop.orders.totals().ever.orders == 0
    assert desk.shop.imports.past() == []


def test_a_file_is_imported_undone_and_imported_again(qtbot, desk, orders, monkeypatch):
    page = imported(desk, orders)
    assert page.current() is page.done
    number = desk.shop.imports.past()[0].counts["new"]
    assert number
    assert said(desk) == f"Imported {number} orders."
    put(desk, orders)  # the same file again
    assert not page.checking.go.isEnabled()
    assert page.checking.go.words() == "Nothing to import"
    assert page.checking.tabs.current() in {SAME, UNREADABLE}
    asked = []
    monkeypatch.setattr(page_module, "confirm", lambda *a, **_k: asked.append(a[1:]) or len(asked) > 1)
    page._history.click()
    assert desk.tasks.settle()
    for left in (1, 0):  # the first time the question is answered with "back"
        button = next(b for b in page.past.findChildren(w.Button) if b.words() == "Undo" and b.isVisible())
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert desk.tasks.settle()
        assert (desk.shop.orders.totals().ever.orders > 0) == bool(left)
    assert asked[0][0].startswith("Undo the import of ")
    assert asked[0][1].startswith(f"{number} orders and the ")
    assert not [b for b in page.past.findChildren(w.Button) if b.words() == "Undo" and b.isVisible()]


def test_the_toast_undoes(qtbot, desk, orders):
    page = imported(desk, orders)
    qtbot.mouseClick(desk.notices._toast.action, Qt.MouseButton.LeftButton)
    assert desk.tasks.settle()
    assert desk.shop.orders.totals().ever.orders == 0
    assert page.current() is page.choosing
    assert "are gone" in said(desk)


def test_no_imports_yet_says_what_will_be_here(desk):
    desk.window.show_page("imports", past=True)
    assert desk.tasks.settle()
    assert desk.page.past.empty.isVisible()
    desk.page.back()
    assert desk.page.current() is desk.page.choosing


def test_files_that_cannot_be_read_are_one_sentence_each_and_the_next_one_works(desk, orders, tmp_path):
    damaged, gone, page = tmp_path / "orders.xlsx", tmp_path / "gone.csv", desk.page
    damaged.write_bytes(b"PK\x03\x04 cut short")
    for file in (damaged, gone):
        put(desk, file)
        assert page.current() is page.choosing
        assert len(page.choosing.wrong()) > 20
    put(desk, orders)
    assert page.current() is page.checking
    first = page.run._running
    put(desk, orders)  # another file ends the first one
    assert not first._process.is_alive()
    page.back()
    assert page.choosing.wrong() == ""
    desk.tasks.settle()
    assert list(desk.shop.home.staging.iterdir()) == []


def test_stopping_while_it_reads_leaves_nothing(qtbot, desk, orders):
    desk.page.dropped([orders])
    assert desk.page.current() is desk.page.working
    qtbot.mouseClick(desk.page.working.stop, Qt.MouseButton.LeftButton)
    assert desk.page.current() is desk.page.choosing
    desk.tasks.close()
    assert list(desk.shop.home.staging.iterdir()) == []
    assert desk.shop.imports.past() == []


def test_unclear_columns_are_asked_about(qtbot, desk, tmp_path):
    file = tmp_path / "list.csv"
    file.write_text("注文番号,お名前,いつ,いくら\n1,見本 花子,2026-11-01,100\n", encoding="utf-8")
    put(desk, file)
    page = desk.page
    assert page.current() is page.assigning
    assert not page.assigning.go.isEnabled()
    choices = {choice.accessibleName(): choice for choice in page.assigning.findChildren(w.Choice)}
    for field, column in (("Order date", "C  いつ"), ("Order total", "D  いくら")):
        choices[field].setCurrentText(column)
        choices[field].activated.emit(choices[field].currentIndex())
    qtbot.mouseClick(page.assigning.go, Qt.MouseButton.LeftButton)
    assert desk.tasks.settle(30)
    assert page.current() is page.checking
    assert page.report.orders.new == 1


def test_what_could_not_be_read_stands_with_its_row_and_as_plain_text(desk, tmp_path):
    file = tmp_path / f"{HOSTILE.replace('/', '_')}.csv"
    rows = "注文番号,注文日,合計金額,お名前,電話番号\n" + f"1,2026-11-01,100,{HOSTILE},x{HOSTILE}\n"
    file.write_text(rows, encoding="utf-8")
    put(desk, file)
    page = desk.page
    if page.current() is page.assigning:
        page.assigning.go.click()
        assert desk.tasks.settle(30)
    page.checking.tabs.choose(UNREADABLE)
    assert desk.tasks.settle()
    table = page.checking._stack.currentWidget().table
    shown = [table.model().index(0, at).data() for at in range(4)]
    assert shown[0] == "2"
    assert shown[2] == f"x{HOSTILE}"
    page.checking.tabs.choose(COLUMNS)
    assert desk.tasks.settle()
    assert page.checking._stack.currentWidget().table.model().rowCount() == 5


def test_the_letters_of_columns_are_those_of_excel():
    assert [letters(index) for index in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
