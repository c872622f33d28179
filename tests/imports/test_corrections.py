"""Rows with something to check come back as a workbook; put right there, just they are imported."""

from __future__ import annotations

import csv

import openpyxl
import pytest

from shopdesk.errors import InvalidInputError

HEADER = ["注文番号", "注文日", "注文者氏名", "電話番号", "商品名", "数量", "合計"]
MAPPING = (
    '{"columns": {"注文番号": "order.number", "注文日": "order.date", "注文者氏名": "customer.name", "電話番号": "customer.phone",'
    ' "商品名": "line.product", "数量": "line.quantity", "合計": "order.total_yen"}}'
)
ROWS = [
    ["1", "2026-11-01", "見本 花子", "090-0000-0001", "せんべい", "1", "1000"],
    ["2", "いつか", "例 太郎", "090-0000-0002", "せんべい", "2", "2000"],
    ["2", "いつか", "例 太郎", "090-0000-0002", "塩", "1", "2000"],
    ["3", "2026-11-03", "架空 美咲", "90", "塩", "1", "500"],
    ["4", "2026-11-04", "架空 次郎", "090-0000-0004", "塩", "1", "500"],
]


@pytest.fixture
def orders(tmp_path):
    file = tmp_path / "orders.csv"
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows([HEADER, *ROWS])
    return file


def test_the_rows_of_an_order_come_along_and_what_is_wrong_is_marked(shop, orders, tmp_path):
    target = tmp_path / "check.xlsx"
    with shop.imports.start([orders], mapping=MAPPING, corrections=target) as running:
        running.preview()
        report = shop.imports.merge(running)
    assert report.corrections == (target,)
    assert report.orders.new == 3
    sheet = openpyxl.load_workbook(target).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:7] == tuple(HEADER)
    assert [row[0] for row in rows[1:]] == ["2", "2", "3"]
    assert "order date" in rows[1][7]
    assert sheet["B2"].fill.fgColor.rgb == "FFFFE4B5"
    assert sheet["A2"].fill.fgColor.rgb != "FFFFE4B5"
    assert sheet["D4"].fill.fgColor.rgb == "FFFFE4B5"


def test_put_right_and_dropped_again_just_they_are_imported(shop, orders, tmp_path):
    target = tmp_path / "check.xlsx"
    shop.imports.run([orders], mapping=MAPPING)
    assert shop.imports.save_corrections([orders], target, mapping=MAPPING) == (target,)
    book = openpyxl.load_workbook(target)
    sheet = book.active
    sheet["B2"] = sheet["B3"] = "2026-11-02"
    sheet["D4"] = "090-0000-0003"
    book.save(target)
    report = shop.imports.run([target], mapping=MAPPING)
    assert (report.orders.new, report.orders.updated, report.orders.unchanged) == (1, 1, 0)
    assert report.lines == 3
    assert report.problems == ()
    found = shop.customers.search("架空 美咲")
    assert [(one.phone, one.orders, one.spent_yen) for one in found] == [("+819000000003", 1, 500)]
    assert shop.orders.totals().ever.orders == 4
    again = shop.imports.run([target], mapping=MAPPING)
    assert again.orders.unchanged == 2
    shop.imports.undo(report.import_id)
    assert [one.orders for one in shop.customers.search("架空 美咲")] == [1]  # the third import says so too
    shop.imports.undo(again.import_id or 0)
    assert shop.customers.search("架空 美咲") == []
    assert shop.orders.totals().ever.orders == 3


def test_a_phone_put_right_is_taken_though_nothing_else_of_the_order_changed(shop, tmp_path):
    header, row = [*HEADER, "メール"], ["9", "2026-11-09", "見本 良子", "90", "塩", "1", "500", "r@example.jp"]
    file, target = tmp_path / "orders.csv", tmp_path / "check.xlsx"
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows([header, row])
    mapping = MAPPING.replace("}}", ', "メール": "customer.email"}}')
    shop.imports.run([file], mapping=mapping)
    shop.imports.save_corrections([file], target, mapping=mapping)
    book = openpyxl.load_workbook(target)
    book.active["D2"] = "090-0000-0009"
    book.save(target)
    report = shop.imports.run([target], mapping=mapping)
    assert (report.orders.new, report.orders.unchanged, report.matched_customers) == (0, 1, 1)
    (found,) = shop.customers.search("見本 良子")
    assert (found.phone, found.orders) == ("+819000000009", 1)


def test_an_erased_buyer_is_not_put_back_on_their_order(shop, tmp_path):
    file = tmp_path / "orders.csv"
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows([HEADER, ROWS[0]])
    shop.imports.run([file], mapping=MAPPING)
    (person,) = shop.customers.search("見本 花子")
    shop.customers.forget(person.id)
    report = shop.imports.run([file], mapping=MAPPING)
    assert (report.orders.updated, report.orders.unchanged) == (0, 1)
    assert [one.orders for one in shop.customers.search("見本 花子")] == [0]


def test_without_problems_nothing_is_written(sqlite_shop, orders, tmp_path):
    with orders.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows([HEADER, ROWS[0]])
    assert sqlite_shop.imports.save_corrections([orders], tmp_path / "check.xlsx", mapping=MAPPING) == ()
    assert not (tmp_path / "check.xlsx").exists()


def test_only_a_workbook_can_be_marked(sqlite_shop, orders, tmp_path):
    with pytest.raises(InvalidInputError):
        sqlite_shop.imports.save_corrections([orders], tmp_path / "check.csv", mapping=MAPPING)
