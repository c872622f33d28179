"""The page 取り込み as a person meets it: put a file there, look, import, undo; and files that cannot be read."""

from __future__ import annotations

import json

from PySide6.QtCore import Qt

from shopdesk.ui import widgets as w
from shopdesk.ui.imports import undoing
from shopdesk.ui.imports.checking import COLUMNS, NEW, SAME, UNREADABLE
from shopdesk.ui.imports.tables import letters

HOSTILE = "<img src=file:///x>"


def put(world, *files):
    world.page.dropped(list(files))
    assert world.tasks.settle(30)


def said(world):
    return world.notices._toast.accessibleName()


def imported(world, file):
    put(world, file)
    world.page.checking.go.click()
    assert world.tasks.settle(30)
    return world.page


def test_a_file_is_looked_at_before_anything_is_written(world, orders):
    assert world.page.current() is world.page.choosing
    put(world, orders)
    page, report = world.page, world.page.report
    assert page.current() is page.checking
    assert page.checking.go.words() == f"Import {report.orders.new} orders"
    assert page.checking.tabs.current() == NEW
    assert world.shop.orders.totals().ever.orders == 0
    assert world.shop.imports.past() == []


def test_a_file_is_imported_undone_and_imported_again(qtbot, world, orders, monkeypatch):
    page = imported(world, orders)
    assert page.current() is page.done
    number = world.shop.imports.past()[0].counts["new"]
    assert number
    assert said(world) == f"Imported {number} orders."
    put(world, orders)  # the same file again
    assert not page.checking.go.isEnabled()
    assert page.checking.go.words() == "Nothing to import"
    assert page.checking.tabs.current() in {SAME, UNREADABLE}
    asked = []
    monkeypatch.setattr(undoing, "confirm", lambda *a, **_k: asked.append(a[1:]) or len(asked) > 1)
    page.heading.past.click()
    assert world.tasks.settle()
    for left in (1, 0):  # the first time the question is answered with "back"
        button = next(b for b in page.past.findChildren(w.Button) if b.words() == "Undo" and b.isVisible())
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert world.tasks.settle()
        assert (world.shop.orders.totals().ever.orders > 0) == bool(left)
    assert asked[0][0].startswith("Undo the import of ")
    assert asked[0][1].startswith(f"{number} orders and the ")
    assert not [b for b in page.past.findChildren(w.Button) if b.words() == "Undo" and b.isVisible()]


def test_the_toast_undoes(qtbot, world, orders):
    page = imported(world, orders)
    qtbot.mouseClick(world.notices._toast.action, Qt.MouseButton.LeftButton)
    assert world.tasks.settle()
    assert world.shop.orders.totals().ever.orders == 0
    assert page.current() is page.choosing
    assert "are gone" in said(world)


def test_no_imports_yet_says_what_will_be_here(world):
    world.window.show_page("imports", past=True)
    assert world.tasks.settle()
    assert world.page.past.empty.isVisible()
    world.page.back()
    assert world.page.current() is world.page.choosing


def test_files_that_cannot_be_read_are_one_sentence_each_and_the_next_one_works(world, orders, tmp_path):
    damaged, gone, page = tmp_path / "orders.xlsx", tmp_path / "gone.csv", world.page
    damaged.write_bytes(b"PK\x03\x04 cut short")
    for file in (damaged, gone):
        put(world, file)
        assert page.current() is page.choosing
        assert len(page.choosing.wrong()) > 20
    put(world, orders)
    assert page.current() is page.checking
    first = page.run._running
    put(world, orders)  # another file ends the first one
    assert not first._process.is_alive()
    page.back()
    assert page.choosing.wrong() == ""
    world.tasks.settle()
    assert list(world.shop.home.staging.iterdir()) == []


def test_stopping_while_it_reads_leaves_nothing(qtbot, world, orders):
    world.page.dropped([orders])
    assert world.page.current() is world.page.working
    qtbot.mouseClick(world.page.working.stop, Qt.MouseButton.LeftButton)
    assert world.page.current() is world.page.choosing
    world.tasks.close()
    assert list(world.shop.home.staging.iterdir()) == []
    assert world.shop.imports.past() == []


def choose(page, column, word):
    row = next(row for row in page.assigning.rows if row.column.column == column)
    row.field.set_value(word)
    row.field.chosen.emit(word)
    return row


def unclear(tmp_path, name="list.csv", number="1"):
    file = tmp_path / name
    file.write_text(
        f"注文番号,お名前,いつ,いくら,電話\n{number},見本 花子,2026-11-01,100,090-0000-0001\n", encoding="utf-8"
    )
    return file


def test_unclear_columns_are_asked_about_and_the_next_such_file_is_not(qtbot, world, tmp_path):
    put(world, unclear(tmp_path))
    page = world.page
    assert page.current() is page.assigning
    shown = {row.column.column: row for row in page.assigning.rows}
    assert shown["お名前"].column.samples == ("見本 花子",)
    choose(page, "いつ", None)
    assert not page.assigning.go.isEnabled()
    choose(page, "いつ", "order.date")
    choose(page, "いくら", "order.total_yen")
    shown["電話"].policy.set_value("replace")
    said = []
    page.assigning.said.connect(said.append)
    qtbot.mouseClick(page.assigning.go, Qt.MouseButton.LeftButton)
    assert world.tasks.settle(30)
    assert json.loads(said[0])["policies"] == {"customer.phone": "replace"}
    assert page.current() is page.checking
    assert page.report.orders.new == 1
    page.checking.go.click()
    assert world.tasks.settle(30)
    put(world, unclear(tmp_path, "next.csv", "2"))
    assert page.current() is page.checking
    assert page.report.orders.new == 1
    page.checking.files.change.click()
    assert page.current() is page.assigning
    assert page.assigning.go.isEnabled()


def test_what_the_columns_would_bring_is_told_by_itself_and_not_read_twice(qtbot, world, tmp_path):
    put(world, unclear(tmp_path))
    page = world.page
    choose(page, "いつ", None)
    assert page.assigning.outcome.text() == ""  # a day is lacking
    choose(page, "いつ", "order.date")
    choose(page, "いくら", "order.total_yen")
    assert page.assigning.outcome.text() == "Reading with these columns…"
    told = "With these columns – new: 1 order · customers added: 1 person"
    qtbot.waitUntil(lambda: page.assigning.outcome.text() == told, timeout=60_000)
    assert world.shop.imports.past() == []
    read = page.trial._run
    page.assigning.go.click()
    assert page.run is read
    assert page.current() is page.checking
    page.back()
    assert world.tasks.settle(30)
    assert list(world.shop.home.staging.iterdir()) == []


def test_what_was_said_of_columns_can_be_forgotten(world, tmp_path):
    put(world, unclear(tmp_path))
    page = world.page
    assert page.assigning.forget.isHidden()
    choose(page, "いつ", "order.date")
    choose(page, "いくら", "order.total_yen")
    page.assigning.go.click()
    assert world.tasks.settle(30)
    page.checking.go.click()
    assert world.tasks.settle(30)
    put(world, unclear(tmp_path, "next.csv", "2"))
    assert page.current() is page.checking
    page.checking.files.change.click()
    assert page.assigning.forget.isVisible()
    page.assigning.forgotten.emit()
    assert world.tasks.settle(30)
    assert page.current() is page.assigning
    assert page.assigning.forget.isHidden()


def test_a_field_is_found_by_typing_a_part_of_its_name(qtbot, world, tmp_path):
    put(world, unclear(tmp_path))
    row = next(row for row in world.page.assigning.rows if row.column.column == "いくら")
    written = row.field.lineEdit()
    written.setText("")
    qtbot.keyClicks(written, "order total")
    qtbot.keyClick(written, Qt.Key.Key_Return)
    assert row.field.value() == "order.total_yen"
    written.setText("no such thing")
    written.editingFinished.emit()
    assert (row.field.value(), row.field.currentText()) == ("order.total_yen", "Order total")


def test_what_could_not_be_read_stands_with_its_row_and_as_plain_text(world, tmp_path):
    file = tmp_path / f"{HOSTILE.replace('/', '_')}.csv"
    rows = "注文番号,注文日,合計金額,お名前,電話番号\n" + f"1,2026-11-01,100,{HOSTILE},x{HOSTILE}\n"
    file.write_text(rows, encoding="utf-8")
    put(world, file)
    page = world.page
    if page.current() is page.assigning:
        page.assigning.go.click()
        assert world.tasks.settle(30)
    page.checking.tabs.choose(UNREADABLE)
    assert world.tasks.settle()
    table = page.checking._stack.currentWidget().table
    shown = [table.model().index(0, at).data() for at in range(4)]
    assert shown[0] == "2"
    assert shown[2] == f"x{HOSTILE}"
    page.checking.tabs.choose(COLUMNS)
    assert world.tasks.settle()
    assert page.checking._stack.currentWidget().table.model().rowCount() == 5


def test_the_letters_of_columns_are_those_of_excel():
    assert [letters(index) for index in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
