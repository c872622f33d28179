"""Files of no known cart: sure columns are taken, unsure ones asked, and what a person says goes first."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from shopdesk.errors import InvalidInputError, NotFoundError
from shopdesk.imports.mapping import Mapping
from shopdesk.imports.reading.files import open_file
from shopdesk.imports.reading.lists import read_customers
from shopdesk.imports.reading.neutral import NeutralOrder
from shopdesk.imports.reading.orders import read_orders
from shopdesk.imports.recognition import NeedsMappingError, NoRowsError, NotRecognisedError

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
    assert {found["請求合計金額"], found["総合計金額"]} == {("order.total_yen", True), (None, True)}
    assert found["お届け先電話番号"] == (None, False)


def orders_like(tmp_path, names, *rows):
    """A file of orders with these columns after number, date and name."""
    numbered = ([f"A-{at + 1001}", "2026/11/20", "見本 太郎", *row] for at, row in enumerate(rows))
    return columns(write(tmp_path / "a.csv", ["注文番号", "注文日", "お名前", *names], *numbered))


def test_a_heading_that_its_cells_contradict_is_not_believed(tmp_path):
    rows = (["見本 花子", "a@example.jp", "500"], ["例 次郎", "b@example.jp", "700"])
    found = orders_like(tmp_path, ["電話番号", "FAX", "合計金額"], *rows)
    assert found["電話番号"] == found["FAX"] == (None, False)


def test_mail_and_phones_of_others_are_never_the_buyers(tmp_path):
    names = ["メール", "店舗メール", "担当者E-mail", "お届け先TEL", "ギフト送り先電話番号", "FAX番号", "合計金額"]
    row = ["a@example.jp", "s@example.jp", "t@example.jp", "03-1234-5678", "03-1234-5679", "03-1234-5670", "500"]
    found = orders_like(tmp_path, names, row)
    assert found["メール"] == ("customer.email", False)
    assert {found[name] for name in names[1:-1]} == {(None, False)}


def test_other_dates_are_not_the_orders(tmp_path):
    path = write(
        tmp_path / "a.csv",
        ["注文番号", "更新日", "発送日", "入金日", "購入日", "合計金額"],
        ["1001", "2026/11/22", "2026/11/21", "2026/11/20", "2026/11/19", "500"],
    )
    found = columns(path)
    assert found["購入日"] == ("order.date", False)
    assert {found[name] for name in ("更新日", "発送日", "入金日")} == {(None, False)}


def lines(tmp_path, *totals):
    """Three orders, the first of two lines, with a column 合計 and whatever more `totals` name."""
    head = ["注文番号", "注文日", "商品名", "単価", "数量", "合計", *totals]
    data = [("1001", 300, 2, 950), ("1001", 350, 1, 950), ("1002", 400, 3, 1200), ("1003", 500, 2, 1000)]
    rows = ([no, "2026/11/20", "塩", unit, qty, unit * qty, *[whole] * len(totals)] for no, unit, qty, whole in data)
    return columns(write(tmp_path / "a.csv", head, *rows))


def test_a_sum_of_each_line_is_not_the_orders_total(tmp_path):
    assert lines(tmp_path)["合計"] == ("line.total_yen", False)
    found = lines(tmp_path, "請求金額")
    assert (found["合計"], found["請求金額"]) == (("line.total_yen", False), ("order.total_yen", False))


def test_of_two_totals_the_one_that_adds_up_is_taken(tmp_path):
    names = ["小計", "送料", "合計", "お支払い金額"]
    rows = ([500, 300, 800, 750], [900, 0, 900, 900], [700, 300, 1000, 600], [800, 500, 1300, 1280])
    found = orders_like(tmp_path, names, *rows)
    assert found["合計"] == ("order.total_yen", False)
    assert {found[name] for name in ("小計", "送料", "お支払い金額")} == {(None, False)}


def test_two_totals_that_both_add_up_are_asked(tmp_path):
    names = ["小計", "送料", "合計", "利用ポイント", "お支払い金額"]
    rows = ([500, 300, 800, 50, 750], [900, 0, 900, 0, 900], [700, 300, 1000, 400, 600], [800, 500, 1300, 20, 1280])
    found = orders_like(tmp_path, names, *rows)
    assert {found["合計"], found["お支払い金額"]} == {("order.total_yen", True), (None, True)}


def test_twin_headings_are_asked(tmp_path):
    path = write(
        tmp_path / "a.csv",
        ["注文番号", "注文日", "合計金額", "電話番号", "電話番号"],
        ["1001", "2026/11/20", "500", "090-1234-5678", "03-1234-5678"],
    )
    found = open_file(path).recognition.columns
    assert [(each.field, each.asked) for each in found[3:]] == [("customer.phone", True), (None, True)]


def test_a_blank_heading_is_suspected_by_its_cells_and_asked(tmp_path):
    path = write(
        tmp_path / "a.csv",
        ["注文番号", "注文日", "合計金額", "", ""],
        *([str(1001 + n), "2026/11/20", "500", f"p{n}@example.jp", f"060-000{n}"] for n in range(5)),
    )
    found = open_file(path).recognition.columns
    assert [(each.field, each.asked) for each in found[3:]] == [("customer.email", True), ("customer.postal", True)]


def test_a_file_without_any_header_is_recognised_by_its_cells_and_asked(tmp_path):
    rows = [[str(1001 + n), "2026/11/20", "見本 太郎", f"p{n}@example.jp", "090-1234-5678", 500 + n] for n in range(5)]
    file = open_file(write(tmp_path / "a.csv", *rows))
    found = file.recognition
    assert (found.header_row, found.kind) == (0, "orders")
    fields = ["order.number", "order.date", "customer.name", "customer.email", "customer.phone", "order.total_yen"]
    assert [(each.column, each.field, each.asked) for each in found.columns] == [("", field, True) for field in fields]
    mapping = {"columns": {f"#{index}": field for index, field in enumerate(fields)}}
    mapped = open_file(file.table.path, mapping=Mapping.from_json(json.dumps(mapping)))
    assert [each.number for each in read_orders([mapped])] == ["1001", "1002", "1003", "1004", "1005"]


def test_a_cancelled_status_of_an_unknown_file_counts(tmp_path):
    path = write(
        tmp_path / "a.csv",
        ["注文番号", "注文日", "合計金額", "注文状況"],
        ["1", "2026/11/20", "500", "発送済み"],
        ["2", "2026/11/20", "500", "キャンセル済"],
    )
    assert [order.cancelled for order in read_orders([open_file(path)])] == [False, True]


def test_lists_of_goods_and_of_subscriptions_are_known_as_such(tmp_path):
    goods = open_file(
        write(tmp_path / "g.csv", ["商品名", "商品コード", "カテゴリ", "価格"], ["塩", "S-1", "食品", "500"])
    )
    assert goods.recognition.kind == "products"
    assert [each.field for each in goods.recognition.columns] == [
        "line.product",
        "line.code",
        "product.category",
        "product.price_yen",
    ]
    names = ["お名前", "メール", "定期番号", "定期状況", "お届け回数", "次回お届け日", "解約日"]
    row = ["見本 太郎", "a@example.jp", "T-1", "継続中", "3", "2026/12/01", ""]
    found = open_file(write(tmp_path / "s.csv", names, row)).recognition
    assert found.kind == "subscriptions"
    assert [each.field for each in found.columns[2:]] == [
        f"subscription.{word}" for word in ("number", "state", "nth", "next_on", "stopped_on")
    ]


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


def test_two_phones_said_by_a_person_are_one_or_the_other_and_three_are_parts(tmp_path):
    names, row = ["会員番号", "氏名", "自宅", "携帯", "外"], ["1", "見本 太郎", "", "090-0000-0001", "x"]
    path = write(tmp_path / "a.csv", names, row)
    two = {
        "会員番号": "customer.member_id",
        "氏名": "customer.name",
        "自宅": "customer.phone",
        "携帯": "customer.phone",
    }
    (person,) = read_customers([open_file(path, mapping=Mapping(two))])
    assert person.customer.phone == "+819000000001"
    path = write(tmp_path / "b.csv", names, ["1", "見本 太郎", "090", "0000", "0001"])
    (person,) = read_customers([open_file(path, mapping=Mapping({**two, "外": "customer.phone"}))])
    assert person.customer.phone == "+819000000001"
