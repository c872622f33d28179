"""Carts without a sample: files with their true headers and quirks come to a truth counted by hand, as text and as a workbook."""

from __future__ import annotations

import pytest

from shopdesk.imports.reading.files import open_file
from shopdesk.imports.reading.neutral import Problem, joined
from shopdesk.imports.reading.orders import read_orders
from tests.imports.cart_files import AMAZON, BASE, ECCUBE, EXPORTS, MAKESHOP, SQUARE, STORES, WOOCOMMERCE
from tests.imports.contents import everything


def read(path):
    """The orders of a file, those that lie apart put together, and its problems."""
    orders, problems = {}, []
    for each in read_orders([open_file(path)]):
        if isinstance(each, Problem):
            problems.append(each)
        else:
            orders[each.number] = joined(orders[each.number], each) if each.continued else each
    return list(orders.values()), problems


@pytest.mark.parametrize("form", ["as_text", "as_damaged_workbook"])
@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.cart)
def test_a_made_export_is_read_to_its_truth(tmp_path, export, form):
    path = getattr(export, form)(tmp_path)
    file = open_file(path)
    orders, problems = read(path)
    assert problems == []
    assert (file.recognition.cart.family, file.recognition.asks) == (export.cart, False)
    assert len(orders) == export.orders
    assert sum(order.cancelled for order in orders) == export.cancelled
    assert sum(len(order.lines) for order in orders) == export.lines
    assert sum(order.total_yen for order in orders) == export.gross_yen
    assert sum(order.refunded_yen for order in orders) == export.refunded_yen


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.cart)
def test_a_made_export_is_imported_once_and_undone_without_a_trace(shop, tmp_path, export):
    path = export.as_text(tmp_path)
    before = everything(shop)
    report = shop.imports.run([path])
    assert (report.orders.new, report.orders.cancelled, report.lines) == (export.orders, export.cancelled, export.lines)
    assert (report.new_customers, report.gross_yen, report.problems) == (export.people, export.gross_yen, ())
    after = everything(shop)
    again = shop.imports.run([path])
    assert (again.orders.unchanged, again.new_customers) == (export.orders, 0)
    assert everything(shop) == after
    shop.imports.undo(2)
    shop.imports.undo(1)
    assert everything(shop) == before


def by_number(path):
    return {order.number: order for order in read(path)[0]}


def test_an_option_is_a_surcharge_on_the_goods_above_and_one_cancelled_line_cancels_no_order(tmp_path):
    orders = by_number(BASE.as_text(tmp_path))
    assert [(line.product, line.unit_price_yen) for line in orders["A1B2C3"].lines] == [("カップ", 1200), ("皿", 0)]
    assert (orders["A1B2C4"].cancelled, orders["A1B2C5"].cancelled) == (True, False)


def test_an_amazon_order_is_japan_time_with_a_masked_mail_and_its_promotions_added(tmp_path):
    order = by_number(AMAZON.as_text(tmp_path))["503-0000001-0000001"]
    assert order.ordered_at.isoformat() == "2026-11-19T16:54:21+00:00"
    assert (order.buyer.email, order.buyer.email_scope) == ("a1@marketplace.amazon.co.jp", "amazon")
    assert (order.total_yen, order.discount_yen) == (2450, 150)
    assert [(line.product, line.quantity, line.total_yen) for line in order.lines] == [
        ('塩 "大"', 2, 1600),
        ("酢", 1, 500),
    ]


def test_amazons_report_of_all_orders_says_what_was_cancelled(tmp_path):
    path = tmp_path / "all.txt"
    names = [
        "amazon-order-id",
        "purchase-date",
        "order-status",
        "sales-channel",
        "product-name",
        "sku",
        "quantity",
        "item-price",
        "shipping-price",
    ]
    rows = [
        ["1", "2026-11-19T16:54:21+00:00", "Shipped", "Amazon.co.jp", "塩", "A", "1", "800", "350"],
        ["2", "2026-11-19T16:54:21+00:00", "Cancelled", "Amazon.co.jp", "塩", "A", "0", "", ""],
    ]
    path.write_text("\r\n".join("\t".join(row) for row in [names, *rows]), "utf-8")
    found = by_number(path)
    assert [(each.total_yen, each.cancelled) for each in found.values()] == [(1150, False), (None, True)]


def test_a_report_without_amounts_adds_orders_and_leaves_those_whose_amount_is_known(shop, tmp_path):
    shop.imports.run([AMAZON.as_text(tmp_path)])
    names = [
        "order-id",
        "order-item-id",
        "purchase-date",
        "buyer-email",
        "sku",
        "product-name",
        "quantity-purchased",
        "quantity-to-ship",
        "days-past-promise",
    ]
    rows = [
        [number, "9", "2026-11-19T16:54:21+00:00", "a1@marketplace.amazon.co.jp", "A-1", "塩", "1", "1", "0"]
        for number in ("503-0000001-0000001", "503-9")
    ]
    path = tmp_path / "unshipped.txt"
    path.write_text("\r\n".join("\t".join(row) for row in [names, *rows]), "utf-8")
    report = shop.imports.run([path])
    assert (report.orders.new, report.orders.updated, report.orders.unchanged) == (1, 0, 1)
    assert [order.total_yen for order in shop.orders.of_customer(shop.customers.search("a1@")[0].id)] == [None, 2450]


def test_a_time_in_a_column_of_its_own(tmp_path):
    orders = by_number(MAKESHOP.as_damaged_workbook(tmp_path))
    assert [order.ordered_at.isoformat() for order in orders.values()] == [
        "2026-08-10T01:33:09+00:00",
        "2026-08-09T15:05:09+00:00",
    ]
    orders = by_number(SQUARE.as_text(tmp_path))
    assert orders["tx1"].ordered_at.isoformat() == "2026-11-20T03:59:30+00:00"


def test_a_zone_of_its_own_makes_the_moment(tmp_path):
    path = SQUARE.as_text(tmp_path)
    path.write_text(path.read_text("utf-8").replace("Tokyo", "Eastern Time (US & Canada)"), "utf-8", newline="")
    assert by_number(path)["tx1"].ordered_at.isoformat() == "2026-11-20T17:59:30+00:00"


def test_a_refund_whose_sale_is_elsewhere_is_named(tmp_path):
    path = SQUARE.as_text(tmp_path)
    kept = [line for line in path.read_text("utf-8").splitlines() if "tx3" not in line or "Refund" in line]
    path.write_text("\n".join(kept), "utf-8")
    orders, problems = read(path)
    assert [order.number for order in orders] == ["tx1", "tx2"]
    assert [(each.row, each.value) for each in problems] == [(4, "tx3")]


def test_who_bought(tmp_path):
    who = {order.number: order.buyer for order in by_number(ECCUBE.as_text(tmp_path)).values()}
    assert (who["31"].member_id, who["31"].name, who["31"].phone, who["31"].postal) == (
        "101",
        "見本 太郎",
        "+819000000001",
        "0600001",
    )
    assert (who["33"].member_id, who["33"].email) == ("", "reiko.takahashi@example.jp")
    buyer = by_number(STORES.as_damaged_workbook(tmp_path))["5000000002"].buyer
    assert (buyer.name, buyer.phone, buyer.postal, buyer.prefecture) == (
        "髙橋 例子",
        "+81300000002",
        "0100002",
        "秋田県",
    )
    assert by_number(WOOCOMMERCE.as_text(tmp_path))["901"].buyer.name == "見本 太郎"
    walk_in = by_number(SQUARE.as_text(tmp_path))["tx2"].buyer
    assert (walk_in.member_id, walk_in.name) == ("", "")


def test_products_packed_with_their_counts(tmp_path):
    lines = by_number(WOOCOMMERCE.as_text(tmp_path))["901"].lines
    assert [(line.product, line.quantity) for line in lines] == [("見本せんべい, 10枚", 2), ("能登の塩", 1)]


@pytest.mark.parametrize(
    "names",
    [
        ["Date", "Time", "Time Zone", "Category", "Item", "Qty", "Price Point Name", "SKU", "Modifiers Applied",
         "Gross Sales", "Net Sales", "Transaction ID"],
        ["日付", "時間", "タイムゾーン", "カテゴリ", "商品", "個数", "価格ポイント名", "SKU", "適用済み", "総売上高", "純売上高", "取引ID"],
    ],
)  # fmt: skip
def test_older_and_translated_square_headers(tmp_path, names):
    path = tmp_path / "items.csv"
    rows = [
        ["2026-11-20", "12:59:30", "Tokyo", "", "珈琲", "1", "", "C-1", "", "¥500", "¥500", "t1"],
        ["2026-11-21", "12:59:30", "Tokyo", "", "珈琲", "-1", "", "C-1", "", "-¥500", "-¥500", "t1"],
    ]
    path.write_text("\n".join(",".join(row) for row in [names, *rows]), "utf-8")
    (order,) = read(path)[0]
    assert (order.cart, order.total_yen, order.refunded_yen, len(order.lines)) == ("square", 500, 500, 1)


def test_columns_the_shop_did_not_choose_break_nothing(tmp_path):
    path = tmp_path / "a.csv"
    rows = [
        ["受注コード", "注文日時", "請求合計金額", "処理状況区分"],
        ["FS1", "2026/11/20 10:15:03", "500", "キャンセル済"],
    ]
    path.write_text("\n".join(",".join(row) for row in rows), "cp932")
    (order,) = read(path)[0]
    assert (order.cart, order.total_yen, order.cancelled, order.lines) == ("futureshop", 500, True, ())
