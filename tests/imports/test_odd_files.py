"""Files that carts and people make otherwise than described: totals not known yet, strange names, headers of two rows."""

from __future__ import annotations

import csv

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from openpyxl import Workbook

from shopdesk.errors import ShopDeskError
from shopdesk.imports.reading.files import open_file
from shopdesk.imports.reading.neutral import NeutralOrder
from shopdesk.imports.reading.orders import read_orders
from tests.imports.in_process import import_here

NAMES = ["注文番号", "注文日", "氏名", "メール", "商品名", "数量", "合計金額"]


def write(path, names, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([names, *rows])
    return path


def orders(path):
    return [one for one in read_orders([open_file(path)]) if isinstance(one, NeutralOrder)]


def test_a_total_that_is_not_known_yet_is_no_money(tmp_path):
    rows = [
        [f"A-{n}", "2026/11/20", "見本 太郎", f"a{n}@example.jp", "塩", 1, total]
        for n, total in enumerate(("-9999", "500", "-9,999"))
    ]
    assert [one.total_yen for one in orders(write(tmp_path / "a.csv", NAMES, rows))] == [None, 500, None]


@pytest.mark.parametrize("sent", [("キャンセル", "キャンセル"), ("キャンセル", "発送済")])
def test_color_me_says_in_either_column_that_nothing_is_sent(tmp_path, sent):
    names = [
        "売上ID",
        "受注日",
        "総合計金額",
        "入金状態",
        "発送状態",
        "購入商品 商品名",
        "購入商品 販売個数",
        "発送状態",
    ]
    rows = [
        ["7", "2026/11/20", "1000", "入金済", "未発送", goods, "1", state]
        for goods, state in zip("茶碗", sent, strict=True)
    ]
    assert [one.cancelled for one in orders(write(tmp_path / "a.csv", names, rows))] == [len(set(sent)) == 1]


@pytest.mark.parametrize("heading", ["氏名", "フリガナ"])
def test_strange_cells_below_a_plain_heading_are_asked_about(tmp_path, heading):
    rows = [[f"A-{n}", "2026/11/20", f"{n}番 2-{n}", f"a{n}@example.jp", "塩", 1, 500] for n in range(20)]
    names = [heading if name == "氏名" else name for name in NAMES]
    found = open_file(write(tmp_path / "a.csv", names, rows)).recognition.columns[2]
    assert (found.field is not None, found.asked) == (True, True)


def test_two_header_rows_are_read_as_one_and_hidden_rows_as_others(tmp_path):
    book = Workbook()
    sheet = book.active
    for row in (
        ["注文", None, "購入者", None, "商品", None, "金額"],
        ["番号", "日付", "氏名", "メール", "名称", "数量", "合計"],
        *([f"A-{n}", "2026/11/20", "見本 太郎", f"a{n}@example.jp", "塩", 2, 1000 + n] for n in range(12)),
    ):
        sheet.append(row)
    for merged in ("A1:B1", "C1:D1", "E1:F1"):
        sheet.merge_cells(merged)
    sheet.row_dimensions[5].hidden = True
    book.save(tmp_path / "a.xlsx")
    assert not open_file(tmp_path / "a.xlsx").recognition.asks
    found = orders(tmp_path / "a.xlsx")
    assert [(one.number, one.total_yen) for one in found] == [(f"A-{n}", 1000 + n) for n in range(12)]
    assert {(line.product, line.quantity) for one in found for line in one.lines} == {("塩", 2)}


HEADINGS = st.sampled_from(
    [
        "注文番号",
        "注文日",
        "合計金額",
        "金額",
        "氏名",
        "フリガナ",
        "メール",
        "電話",
        "商品名",
        "数量",
        "状況",
        "番号",
        "x",
        "",
    ]
)
CELLS = st.sampled_from(
    [
        "1",
        "A-7",
        "2026/11/20",
        "500",
        "見本 太郎",
        "ミホン",
        "a@example.jp",
        "090-0000-0001",
        "塩",
        "氏 3",
        "",
        "東京都",
    ]
)


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(HEADINGS, min_size=2, max_size=7), data=st.data())
def test_what_a_dry_run_asks_is_what_the_import_refuses_for(sqlite_shop, tmp_path, names, data):
    rows = data.draw(st.lists(st.lists(CELLS, min_size=len(names), max_size=len(names)), min_size=1, max_size=6))
    path = write(tmp_path / "a.csv", names, rows)
    try:
        found = open_file(path).recognition
        known = all(
            column.field for column in found.columns
        )  # then there is nothing to ask: a field is not in the file
        asked = any(column.asked for column in found.columns) or bool(found.missing and known)
    except ShopDeskError as refused:
        asked = refused.code
    try:
        import_here(sqlite_shop, [path])
        came = False
    except ShopDeskError as refused:
        came = True if refused.code == "needs_mapping" else refused.code
    assert came == asked
