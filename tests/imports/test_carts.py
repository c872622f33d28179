"""Each sample of a cart is recognised and read to its truth."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from shopdesk.imports.carts import carts
from shopdesk.imports.fields import WORDS
from shopdesk.imports.reading.files import open_file
from shopdesk.imports.reading.items import LonelyItemsError
from shopdesk.imports.reading.lists import read_customers
from shopdesk.imports.reading.neutral import Lost, NeutralOrder, NeutralPerson, Problem
from shopdesk.imports.reading.orders import read_orders
from shopdesk.japanese import phone_digits

DATA = Path(__file__).parents[1] / "data" / "carts"
TRUTH = json.loads((DATA / "expected.json").read_text("utf-8"))["files"]


def read(*names):
    """The orders and problems of some samples given together."""
    files = [open_file(DATA / name) for name in names]
    got = list(read_orders(files))
    orders = [each for each in got if isinstance(each, NeutralOrder)]
    return orders, [each for each in got if isinstance(each, Problem)], files


def people(found):
    """Who somebody is, as the truth writes it."""
    return {(each.name, each.postal, phone_digits(each.phone), each.email) for each in found}


def true_people(name):
    return {(each["name"], each["postal"], each["phone"], each["email"]) for each in TRUTH[name]["customers"]}


@pytest.mark.parametrize(
    ("cart", "names"),
    [
        ("shopify", ["shopify-orders.csv"]),
        ("shopify", ["shopify-orders-excel.xlsx"]),
        ("rakuten", ["rakuten-orders.csv"]),
        ("yahoo", ["yahoo-orders.csv", "yahoo-items.csv"]),
        ("yahoo", ["yahoo-orders.csv"]),
        ("futureshop", ["futureshop-orders.csv"]),
        ("colorme", ["colorme-orders.csv"]),
    ],
)
def test_a_sample_is_read_to_its_truth(cart, names):
    orders, problems, files = read(*names)
    truth = TRUTH[names[0]]
    assert problems == []
    assert [order.number for order in orders] == truth["order_ids"]
    assert {order.cart for order in orders} == {cart}
    assert sum(len(order.lines) for order in orders) == truth["line_items"]
    assert sum(line.quantity for order in orders for line in order.lines) == truth["item_quantity"]
    assert sum(order.cancelled for order in orders) == truth["cancelled_orders"]
    assert sum(order.total_yen or 0 for order in orders) == truth["gross_total_yen"]
    assert sum(order.refunded_yen for order in orders) == truth["refunded_yen"]
    assert sum(order.total_yen is None for order in orders) == truth["undetermined_orders"]
    assert people(order.buyer for order in orders) == true_people(names[0])
    assert [file.rows for file in files] == [TRUTH[name]["physical_data_rows"] for name in names]
    assert not any(order.continued for order in orders)


def test_the_file_itself_is_described():
    file = open_file(DATA / "shopify-orders-excel.xlsx")
    truth = TRUTH["shopify-orders-excel.xlsx"]
    assert (file.table.encoding, file.recognition.sheet) == (truth["encoding"], truth["sheet"])
    assert file.recognition.header_row == truth["header_row_index"] + 1
    assert not file.recognition.asks
    assert open_file(DATA / "rakuten-orders.csv").table.encoding == "cp932"


def test_a_malls_made_up_mail_carries_its_scope():
    orders, _, _ = read("rakuten-orders.csv")
    assert {order.buyer.email_scope for order in orders} == {"rakuten"}
    orders, _, _ = read("shopify-orders.csv")
    assert {order.buyer.email_scope for order in orders} == {""}


def test_what_an_order_holds():
    orders, _, _ = read("yahoo-orders.csv", "yahoo-items.csv")
    order = orders[2]
    assert order.buyer.kana == "ヤマザキ カナ"
    assert order.buyer.prefecture == "大阪府"
    assert order.ordered_at.isoformat() == "2026-11-20T15:00:00+00:00"
    assert [(line.product, line.quantity, line.unit_price_yen) for line in order.lines][:2] == [
        ("表札ソース", 1, 1500),
        ("ｻﾝﾌﾟﾙ珈琲①", 4, 500),
    ]


def test_packed_goods_have_no_prices():
    orders, _, _ = read("yahoo-orders.csv")
    assert [(line.product, line.code, line.quantity, line.unit_price_yen) for line in orders[0].lines] == [
        ("見本せんべい 10枚", "item-11", 2, None),
        ("能登の塩", "item-12", 1, None),
    ]


def test_goods_without_their_orders_are_refused():
    with pytest.raises(LonelyItemsError) as refused:
        read("yahoo-items.csv")
    assert refused.value.code == "needs_companion"


def test_goods_that_no_order_has_are_named(tmp_path):
    items = (DATA / "yahoo-items.csv").read_text("cp932")
    path = tmp_path / "items.csv"
    path.write_text(items + items.splitlines()[1].replace("10000001", "77") + "\r\n", "cp932", newline="")
    got = list(read_orders([open_file(DATA / "yahoo-orders.csv"), open_file(path)]))
    assert [(each.row, each.value, each.lost) for each in got if isinstance(each, Problem)] == [(9, "77", Lost.ORDER)]


def test_a_customer_list_is_read_to_its_truth():
    got = list(read_customers([open_file(DATA / "shopify-customers.csv")]))
    found = [each for each in got if isinstance(each, NeutralPerson)]
    expected = true_people("shopify-customers.csv")
    without_mail = {(name, postal, phone, "") for name, postal, phone, _ in expected}
    assert {each[:3] for each in people(person.customer for person in found)} == {each[:3] for each in without_mail}
    assert sum(not each.customer.email for each in found) == TRUTH["shopify-customers.csv"]["customers_without_email"]
    assert found[0].customer.member_id == "7200000000001"
    assert {each.cart for each in found} == {"shopify"}


def test_every_cart_file_is_sound():
    found = carts()
    malls = {"rakuten", "yahoo", "amazon"}
    own = {
        "shopify",
        "futureshop",
        "colorme",
        "makeshop",
        "eccube",
        "base",
        "stores",
        "woocommerce",
        "square",
        "smaregi",
    }
    assert {cart.family for cart in found if cart.family} == malls | own | {"shopdesk"}
    assert len({cart.name for cart in found}) == len(found)
    for cart in found:
        assert set(cart.titles) == {"ja", "en"}
        assert set(cart.sources) <= WORDS
        assert cart.title
        assert cart.columns


@pytest.mark.parametrize(
    "name",
    ["rakuten-orders.csv", "shopify-orders.csv", "yahoo-orders.csv", "shopify-customers.csv", "eccube-customers.csv"],
)
def test_the_columns_a_cart_reads_are_in_its_export(name):
    header = json.loads((DATA / "headers.json").read_text("utf-8"))[name]["columns"]
    cart = open_file(DATA / name).recognition.cart
    optional = {"customer.birth_date", "consent.mail"}
    assert all(
        any(column in header for column in source.columns)
        for word, source in cart.sources.items()
        if word not in optional
    )


def test_codes_that_excel_turned_into_dates_are_flagged_and_nothing_else():
    orders, problems, (file,) = read("colorme-orders-excel.xlsx")
    truth = TRUTH["colorme-orders-excel.xlsx"]
    assert people(order.buyer for order in orders) == true_people("colorme-orders-excel.xlsx")
    assert sum(order.total_yen for order in orders) == truth["gross_total_yen"]
    assert sum(order.refunded_yen for order in orders) == truth["refunded_yen"]
    assert sum(order.cancelled for order in orders) == truth["cancelled_orders"]
    assert sum(len(order.lines) for order in orders) == truth["line_items"]
    assert (file.rows, file.recognition.header_row) == (truth["physical_data_rows"], truth["header_row_index"] + 1)
    assert {(each.column, each.lost) for each in problems} == {("購入商品 型番", Lost.CELL)}
    assert len(problems) == 2


def test_members_are_read_to_their_truth():
    file = open_file(DATA / "eccube-customers.csv")
    found = [each for each in read_customers([file]) if isinstance(each, NeutralPerson)]
    assert people(each.customer for each in found) == true_people("eccube-customers.csv")
    assert [each.customer.member_id for each in found][:3] == ["101", "102", "103"]
    assert str(found[0].customer.birth_date) == "1980-01-02"
