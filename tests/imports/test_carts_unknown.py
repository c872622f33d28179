"""Files of no known cart: sure columns are taken, unsure ones asked, and what a person says goes first."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from shopdesk.errors import InvalidInputError, NotFoundError
from shopdesk.imports.lists import read_customers
from shopdesk.imports.mapping import Mapping
from shopdesk.imports.neutral import NeutralOrder
from shopdesk.imports.reading import read_orders
from shopdesk.imports.recognition import NeedsMappingError, NoRowsError, NotRecognisedError
from shopdesk.imports.rows import open_file

DATA = Path(__file__).parents[1] / "data" / "carts"


def write(path, *rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def columns(path, **how):
    return {each.column: (each.field, each.asked) for each in open_file(path, **how).recognition.columns}


def test_sure_columns_are_taken_without_a_question(tmp_path):
    path = write(
        tmp_path / "a.csv",
        [
            "ご注文番号",
            "注文日",
            "お名前（姓）",
            "お名前（名）",
            "ﾒｰﾙｱﾄﾞﾚｽ",
            "電話番号",
            "お届け先電話番号",
            "合計金額",
            "商品名",
            "数量",
        ],
        [
            "A-1",
            "令和8年11月20日",
            "見本",
            "太郎",
            "T@example.jp",
            "090-0000-0001",
            "03-0000-0002",
            "1,200円",
            "塩",
            "2",
        ],
    )
    file = open_file(path)
    (order,) = read_orders([file])
    assert not file.recognition.asks
    assert (order.cart, order.number, order.total_yen, order.lines[0].quantity) == ("", "A-1", 1200, 2)
    assert (order.buyer.name, order.buyer.email, order.buyer.phone) == ("見本 太郎", "t@example.jp", "+819000000001")
    assert columns(path)["お届け先電話番号"] == (None, False)


def test_an_amount_that_could_be_anything_is_asked_and_a_mapping_answers(tmp_path):
    path = write(
        tmp_path / "a.csv",
        ["注文番号", "注文日", "金額", "お名前", "メモ"],
        ["1", "2026/11/20", "500", "見本 太郎", "x"],
    )
    assert columns(path)["金額"] == ("order.total_yen", True)
    assert open_file(path).recognition.asks
    mapping = Mapping.from_json('{"columns": {"金額": "order.total_yen", "メモ": null}}')
    file = open_file(path, mapping=mapping)
    assert not file.recognition.asks
    assert [order.total_yen for order in read_orders([file])] == [500]


def test_what_no_column_gives_is_asked_before_anything_is_read(tmp_path):
    path = write(tmp_path / "a.csv", ["注文番号", "商品名", "売上"], ["1", "塩", "500"])
    file = open_file(path)
    assert file.recognition.missing == ("order.date",)
    with pytest.raises(NeedsMappingError) as refused:
        list(read_orders([file]))
    assert refused.value.code == "needs_mapping"
    assert refused.value.message == "Say with a mapping which columns of “a.csv” are which: 売上, Order date."


def test_a_mapping_names_columns_by_place_where_headers_are_blank_or_twins(tmp_path):
    path = write(tmp_path / "a.csv", ["", "いつ", "x", "x"], ["7", "2026/11/20", "500", "塩"])
    mapping = Mapping.from_json(
        '{"header_row": 1, "columns": {"#0": "order.number", "いつ": "order.date",'
        ' "x": "order.total_yen", "x#2": "line.product"}}'
    )
    (order,) = read_orders([open_file(path, mapping=mapping)])
    assert (order.number, order.total_yen, order.lines[0].product) == ("7", 500, "塩")


def test_two_columns_that_could_both_be_the_total_are_asked(tmp_path):
    names = ["注文番号", "注文日", "請求合計金額", "総合計金額", "お届け先電話番号"]
    found = columns(write(tmp_path / "a.csv", names, ["1", "2026/11/20", "500", "600", "03-0000-0002"]))
    assert found["請求合計金額"] == found["総合計金額"] == ("order.total_yen", True)
    assert found["お届け先電話番号"] == (None, False)


def test_an_unknown_carts_workbook_is_read_below_its_title_and_above_its_sum():
    file = open_file(DATA / "colorme-orders-excel.xlsx")
    orders = [each for each in read_orders([file]) if isinstance(each, NeutralOrder)]
    assert (len(orders), file.rows, file.recognition.header_row) == (5, 7, 3)
    assert sum(order.total_yen or 0 for order in orders) == 22310


def test_a_list_of_people_is_no_list_of_orders():
    file = open_file(DATA / "eccube-customers.csv")
    assert file.recognition.kind == "customers"
    assert [each.customer.name for each in read_customers([file])][:2] == ["見本 太郎", "髙橋 例子"]


def test_a_file_that_says_nothing_is_not_recognised(tmp_path):
    with pytest.raises(NotRecognisedError) as refused:
        open_file(write(tmp_path / "a.csv", ["foo", "bar"], ["1", "2"]))
    assert refused.value.code == "not_recognised"


@pytest.mark.parametrize("rows", [[["注文番号", "注文日", "合計金額"]], [["", ""], ["", ""]]])
def test_a_file_without_rows_is_empty(tmp_path, rows):
    with pytest.raises(NoRowsError) as refused:
        open_file(write(tmp_path / "a.csv", *rows))
    assert refused.value.code == "empty"


def test_a_cart_can_be_named_and_must_exist():
    assert open_file(DATA / "yahoo-orders.csv", cart="yahoo").recognition.cart.name == "yahoo"
    assert open_file(DATA / "shopify-customers.csv", cart="shopify").recognition.kind == "customers"
    with pytest.raises(NotFoundError):
        open_file(DATA / "yahoo-orders.csv", cart="nothing")
    with pytest.raises(NotRecognisedError):
        open_file(DATA / "yahoo-orders.csv", cart="rakuten")


@pytest.mark.parametrize(
    "written",
    [
        "{",
        "[]",
        "{}",
        '{"columns": {"a": "no.such"}}',
        '{"columns": {}, "header_row": 0}',
        '{"columns": {}, "sheet": 3}',
        "[" * 100_000,
    ],
)
def test_a_mapping_that_cannot_be_is_refused(written):
    with pytest.raises(InvalidInputError):
        Mapping.from_json(written)


@pytest.mark.parametrize("written", ['{"columns": {"no such": "order.number"}}', '{"columns": {}, "sheet": "no such"}'])
def test_a_mapping_for_another_file_is_refused(written):
    with pytest.raises(InvalidInputError):
        open_file(DATA / "shopify-orders-excel.xlsx", mapping=Mapping.from_json(written))
