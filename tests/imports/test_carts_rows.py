"""Rows as real files have them: apart, sorted, damaged, with sums below and titles above."""

from __future__ import annotations

import csv

import pytest
import xlsxwriter

from shopdesk.imports.reading.files import open_file
from shopdesk.imports.reading.neutral import Lost, NeutralOrder, Problem, joined
from shopdesk.imports.reading.orders import read_orders
from shopdesk.imports.reading.seen import Seen

HEAD = [
    *("Name", "Email", "Financial Status", "Total", "Created at", "Lineitem quantity", "Lineitem name"),
    *("Lineitem price", "Billing Name", "Billing Zip", "Billing Phone", "Cancelled at", "Fulfillment Status"),
]
AT = "2026-11-20 10:15:03 +0900"


def first(number, product="塩", **other):
    row = dict.fromkeys(HEAD, "") | {
        "Name": number, "Email": "taro@example.jp", "Financial Status": "paid", "Total": "1200", "Created at": AT,
        "Lineitem quantity": "1", "Lineitem name": product, "Lineitem price": "1200", "Billing Name": "太郎 見本",
        "Billing Zip": "'060-0001", "Billing Phone": "+819000000001",
    }  # fmt: skip
    return list((row | other).values())


def later(number, product):
    return [number, "taro@example.jp", "", "", AT, "2", product, "300", "", "", "", "", ""]


def write(path, rows, encoding="utf-8"):
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def read(path):
    got = list(read_orders([open_file(path)]))
    return [each for each in got if isinstance(each, NeutralOrder)], [each for each in got if isinstance(each, Problem)]


def test_rows_of_an_order_that_lie_apart_come_as_a_continued_group(tmp_path):
    path = write(tmp_path / "a.csv", [HEAD, first("#1"), first("#2"), later("#1", "砂糖"), later("#2", "酢")])
    orders, problems = read(path)
    assert problems == []
    assert [(order.number, order.continued, order.total_yen) for order in orders] == [
        ("#1", False, 1200),
        ("#2", False, 1200),
        ("#1", True, None),
        ("#2", True, None),
    ]
    whole = joined(orders[0], orders[2])
    assert ([line.product for line in whole.lines], whole.total_yen, whole.row_first, whole.row_last) == (
        ["塩", "砂糖"],
        1200,
        2,
        4,
    )
    assert not whole.continued


def test_a_file_sorted_by_product_keeps_each_order_whole(tmp_path):
    path = write(tmp_path / "a.csv", [HEAD, later("#1", "さ"), first("#2", "し"), later("#2", "す"), first("#1", "せ")])
    orders, problems = read(path)
    assert problems == []
    assert [
        (order.number, [line.product for line in order.lines], order.row_first, order.row_last) for order in orders
    ] == [
        ("#2", ["し", "す"], 3, 4),
        ("#1", ["さ", "せ"], 2, 5),
    ]


def test_an_order_whose_first_row_is_missing_is_named(tmp_path):
    orders, problems = read(write(tmp_path / "a.csv", [HEAD, first("#1"), later("#9", "砂糖")]))
    assert [order.number for order in orders] == ["#1"]
    assert [(each.row, each.column, each.lost) for each in problems] == [(3, "Total", Lost.ORDER)]


@pytest.mark.parametrize(
    ("spoilt", "column"),
    [
        ({"Created at": "きのう"}, "Created at"),
        ({"Total": "たくさん"}, "Total"),
        ({"Total": "12.50"}, "Total"),
        ({"Name": ""}, "Name"),
    ],
)
def test_an_order_is_left_out_only_where_it_cannot_be_one(tmp_path, spoilt, column):
    orders, problems = read(write(tmp_path / "a.csv", [HEAD, first("#1", **spoilt), first("#2")]))
    assert [order.number for order in orders] == ["#2"]
    assert [(each.file, each.row, each.column, each.lost) for each in problems] == [("a.csv", 2, column, Lost.ORDER)]
    assert problems[0].message


def test_a_bad_cell_loses_only_itself(tmp_path):
    spoilt = {
        "Billing Phone": "なし",
        "Email": "taro@",
        "Billing Zip": "12",
        "Lineitem quantity": "x",
        "Lineitem price": "y",
    }
    orders, problems = read(write(tmp_path / "a.csv", [HEAD, first("#1", **spoilt)]))
    assert (orders[0].buyer.name, orders[0].buyer.phone, orders[0].buyer.email, orders[0].buyer.postal) == (
        "見本 太郎",
        "",
        "",
        "",
    )
    assert (orders[0].lines[0].quantity, orders[0].lines[0].unit_price_yen) == (1, None)
    assert {(each.row, each.column, each.value, each.lost) for each in problems} == {
        (2, "Billing Phone", "なし", Lost.CELL),
        (2, "Email", "taro@", Lost.CELL),
        (2, "Billing Zip", "12", Lost.CELL),
        (2, "Lineitem quantity", "x", Lost.CELL),
        (2, "Lineitem price", "y", Lost.CELL),
    }


def test_either_marker_cancels_an_order(tmp_path):
    rows = [HEAD, first("#1", **{"Cancelled at": AT}), first("#2", **{"Financial Status": "Voided"}), first("#3")]
    orders, _ = read(write(tmp_path / "a.csv", rows))
    assert [order.cancelled for order in orders] == [True, True, False]


def test_columns_are_found_by_name_in_any_order_and_case(tmp_path):
    rows = [HEAD, first("#1")]
    turned = [[name.upper() if number == 0 else name for name in reversed(row)] for number, row in enumerate(rows)]
    orders, problems = read(write(tmp_path / "a.csv", turned))
    assert problems == []
    assert (orders[0].number, orders[0].buyer.name, orders[0].total_yen) == ("#1", "見本 太郎", 1200)


def test_titles_above_sums_below_and_blank_rows_between_are_no_orders(tmp_path):
    blank = [""] * len(HEAD)
    total = ["合計", "", "", "2400", *[""] * 9]
    nameless = ["", "合計", "", "2400", *[""] * 9]
    rows = [["11月の注文"], [], HEAD, first("#1"), blank, first("#2"), total, nameless]
    path = write(tmp_path / "a.csv", rows, "cp932")
    file = open_file(path)
    got = list(read_orders([file]))
    assert [(each.number, each.row_first) for each in got] == [("#1", 4), ("#2", 6)]
    assert (file.recognition.header_row, file.rows, file.table.encoding) == (3, 2, "cp932")


def test_the_header_is_found_on_another_sheet_and_numbers_lose_nothing(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("はじめに").write(0, 0, "ご利用ありがとうございます")
        sheet = book.add_worksheet("注文")
        sheet.write_row(1, 1, HEAD)
        row = first(
            "1001", **{"Total": 1200, "Billing Zip": 600001, "Billing Phone": 819000000001, "Lineitem quantity": 2}
        )
        sheet.write_row(2, 1, [1001, *row[1:]])
    file = open_file(path)
    orders = list(read_orders([file]))
    assert (file.recognition.sheet, file.recognition.header_row) == ("注文", 2)
    assert (orders[0].number, orders[0].buyer.postal, orders[0].buyer.phone) == ("1001", "0600001", "+819000000001")
    assert (orders[0].total_yen, orders[0].lines[0].quantity, orders[0].row_first) == (1200, 2, 3)


def test_the_zeros_excel_took_from_split_numbers_come_back(tmp_path):
    head = [
        *("注文番号", "注文日時", "合計金額", "注文者姓", "注文者名", "注文者メールアドレス"),
        *("注文者郵便番号1", "注文者郵便番号2", "注文者電話番号1", "注文者電話番号2", "注文者電話番号3"),
        *("商品名", "個数", "ステータス"),
    ]
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, head)
        sheet.write_row(1, 0, ["1-2-3", "2026/11/20 10:15", -9999, "見本", "太郎", "", 60, 1, 90, 0, 1, "塩", 1, 900])
        sheet.write_row(2, 0, ["1-2-4", "2026/11/20 10:15", 500, "見本", "花子", "", 100, 1, 3, 0, 2, "塩", 1, 100])
    orders = list(read_orders([open_file(path)]))
    assert [(each.buyer.postal, each.buyer.phone) for each in orders] == [
        ("0600001", "+819000000001"),
        ("1000001", "+81300000002"),
    ]
    assert [(each.total_yen, each.cancelled) for each in orders] == [(None, True), (500, False)]


def test_characters_that_cannot_be_read_are_counted(tmp_path):
    path = write(tmp_path / "a.csv", [HEAD, first("#1", "塩")], "cp932")
    path.write_bytes(path.read_bytes().replace("塩".encode("cp932"), b"\x81 "))
    orders, problems = read(path)
    assert orders[0].lines[0].product == "�"
    assert [each.message[:1] for each in problems] == ["1"]


def test_an_order_number_never_goes_unnoticed():
    seen = Seen()
    numbers = [f"#{number}" for number in range(20_000)]
    first_time = [seen.add(number) for number in numbers]
    assert sum(first_time) < 20
    assert all(map(seen.maybe, numbers))
