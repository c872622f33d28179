"""Workbooks as people leave them: merged headers, rows that go on, sums, hidden rows, and what Excel made of the values."""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter

from shopdesk.imports.reading.files import open_file
from shopdesk.imports.reading.neutral import NeutralOrder, Problem
from shopdesk.imports.reading.orders import read_orders

DATA = Path(__file__).parents[1] / "data" / "carts"
HEAD = [
    "注文番号",
    "注文日時",
    "お名前",
    "電話番号",
    "メールアドレス",
    "郵便番号",
    "商品名",
    "数量",
    "単価",
    "合計金額",
]
ONE = ["A-1", "2026/11/20 10:15", "見本 太郎", "090-0000-0001", "t@example.jp", "060-0001", "塩", 2, 500, 1000]
TWO = ["A-2", "2026/11/21 9:00", "例 花子", "03-0000-0002", "h@example.jp", "150-0001", "茶", 1, 600, 1100]


@pytest.fixture
def book(tmp_path):
    """Write a workbook: rows, then whatever more is done to the sheet."""

    def write(rows, more=lambda _book, _sheet: None, **options):
        path = tmp_path / "注文.xlsx"
        with xlsxwriter.Workbook(path, {"strings_to_formulas": False, **options}) as made:
            sheet = made.add_worksheet()
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
            more(made, sheet)
        return path

    return write


def read(path):
    """The orders of a file, and the columns in which there were problems."""
    found = list(read_orders([open_file(path)]))
    return [one for one in found if isinstance(one, NeutralOrder)], [
        one.column for one in found if isinstance(one, Problem)
    ]


def test_two_merged_header_rows_are_one(book):
    upper = ["注文番号", "注文日時", "注文者", "", "", "お届け先", "", "商品名", "数量", "単価", "合計金額"]
    lower = ["", "", "氏名", "電話番号", "メールアドレス", "氏名", "電話番号", "", "", "", ""]
    row = [
        "A-1",
        "2026/11/20",
        "見本 太郎",
        "090-0000-0001",
        "t@example.jp",
        "例 花子",
        "03-0000-0002",
        "塩",
        2,
        500,
        1000,
    ]

    def merge(_book, sheet):
        sheet.merge_range(0, 2, 0, 4, "注文者")
        sheet.merge_range(0, 5, 0, 6, "お届け先")
        for column in (0, 1, 7, 8, 9, 10):
            sheet.merge_range(0, column, 1, column, upper[column])

    (order,), problems = read(book([upper, lower, row], merge))
    assert (order.buyer.name, order.buyer.phone, order.total_yen) == ("見本 太郎", "+819000000001", 1000)
    assert problems == []


def test_rows_under_merged_order_cells_go_on_with_the_order(book):
    more = ["", "", "", "", "", "", "茶", 1, 600, ""]
    orders, problems = read(book([HEAD, [*ONE[:-1], 1600], more, TWO]))
    assert [(one.number, one.total_yen, [line.product for line in one.lines]) for one in orders] == [
        ("A-1", 1600, ["塩", "茶"]),
        ("A-2", 1100, ["茶"]),
    ]
    assert problems == []


@pytest.mark.parametrize("old", [False, True])
def test_days_count_from_1900_or_from_1904(book, old):
    def date(made, sheet):
        form = made.add_format({"num_format": "yyyy/m/d h:mm"})
        sheet.write_datetime(1, 1, datetime(2026, 11, 20, 10, 15), form)  # noqa: DTZ001 - a cell knows no zone

    (order,), _ = read(book([HEAD, ONE], date, date_1904=old))
    assert f"{order.ordered_at:%Y-%m-%d %H:%M}" == "2026-11-20 01:15"


def test_hidden_and_filtered_rows_are_rows_and_hidden_sheets_are_not_looked_at(book):
    def hide(made, sheet):
        sheet.autofilter(0, 0, 2, 9)
        sheet.set_row(1, None, None, {"hidden": True})
        other = made.add_worksheet("前月")
        other.write_row(0, 0, HEAD)
        other.write_row(1, 0, ["Z-9", *ONE[1:]])
        other.hide()

    orders, _ = read(book([HEAD, ONE, TWO], hide))
    assert [one.number for one in orders] == ["A-1", "A-2"]


@pytest.mark.parametrize("said", ["合計", "総合計", "小計", "計", "Total"])
@pytest.mark.parametrize("column", [0, 2, 8])
def test_a_sum_under_the_orders_is_no_order_and_no_problem(book, said, column):
    total = [""] * 10
    total[column], total[9] = said, 2100
    orders, problems = read(book([HEAD, ONE, TWO, total]))
    assert (sum(one.total_yen for one in orders), len(orders)) == (2100, 2)
    assert problems == []


def test_what_excel_takes_from_numbers_comes_back(book):
    row = [
        100_000_001,
        46346.427083333336,
        "見本 太郎",
        9_000_000_001,
        "t@example.jp",
        600_001,
        "塩",
        2.0,
        "'500",
        "1,000円",
    ]
    (order, _two), problems = read(book([HEAD, row, TWO]))
    assert (order.number, order.total_yen, order.lines[0].unit_price_yen) == ("100000001", 1000, 500)
    assert (order.buyer.phone, order.buyer.postal) == ("+819000000001", "0600001")
    assert f"{order.ordered_at:%Y-%m-%d %H:%M}" == "2026-11-20 01:15"
    assert problems == []


def test_texts_that_excel_marked_or_shortened_are_what_they_were_or_are_asked(book):
    rows = [["'00123", *ONE[1:3], "'09000000001", *ONE[4:]], ["A-2", *TWO[1:3], "9E+09", *TWO[4:]]]
    orders, problems = read(book([HEAD, *rows]))
    assert [one.number for one in orders] == ["00123", "A-2"]
    assert (orders[0].buyer.phone, orders[1].buyer.phone) == ("+819000000001", "")
    assert problems == ["電話番号"]


def rakuten(tmp_path, **cells):
    """Rakuten's sample as a workbook that Excel made of it, with other values in all rows of these columns."""
    rows = list(csv.reader((DATA / "rakuten-orders.csv").read_text("cp932").splitlines()))
    path = tmp_path / "rakuten.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet()
        for number, row in enumerate(rows):
            said = {rows[0].index(name): value for name, value in cells.items()} if number else {}
            values = [said.get(at, int(cell) if cell.isdecimal() else cell) for at, cell in enumerate(row)]
            sheet.write_row(number, 0, values)
    return path


def test_a_malls_export_that_went_through_excel_is_the_same(tmp_path):
    whole, problems = read(DATA / "rakuten-orders.csv")
    again, problems_again = read(rakuten(tmp_path))
    assert [one._replace(row_first=0, row_last=0) for one in again] == [
        one._replace(row_first=0, row_last=0) for one in whole
    ]
    assert problems_again == problems


def test_a_malls_made_up_mail_and_undetermined_amount_stay_apart_from_real_ones(tmp_path):
    orders, problems = read(rakuten(tmp_path, 請求金額=-9999, 合計金額=-9999))
    assert {one.total_yen for one in orders} == {None}
    assert all(one.buyer.email_scope for one in orders if "rakuten" in one.buyer.email)
    assert any(one.buyer.email_scope for one in orders)
    assert problems == []
