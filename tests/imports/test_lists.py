"""Lists beside orders: products that tell category and price, and subscriptions with or without orders."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from shopdesk.imports.reading.lists import state_of
from shopdesk.verify import verify
from tests.imports.contents import everything

DATA = Path(__file__).parents[1] / "data" / "carts"


def write(path, *rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return [path]


def products(shop):
    with shop.database.read() as session:
        found = session.connection().exec_driver_sql(
            "SELECT cart, code, name, category, price_yen FROM products ORDER BY id"
        )
        return [tuple(row) for row in found]


def test_a_product_list_tells_about_every_carts_products_and_is_undone(shop, tmp_path):
    shop.imports.run([DATA / "yahoo-orders.csv", DATA / "yahoo-items.csv"])
    before = everything(shop)
    path = write(
        tmp_path / "list.csv",
        ["商品コード", "商品名", "カテゴリ", "販売価格"],
        ["item-11", "見本せんべい", "菓子", "1,200円"],
        ["item-12", "能登の塩", "調味料", ""],
        ["new-1", "新しい皿", "器", "3000"],
        ["new-2", "鉢", "器", "いくら"],
    )
    report = shop.imports.run(path)
    assert (report.products.new, report.products.updated, report.orders.new) == (2, 2, 0)
    assert [(one.row, one.column, one.value) for one in report.problems] == [(5, "販売価格", "いくら")]
    told = {row[1]: row[3:] for row in products(shop)}
    assert (told["item-11"], told["item-12"]) == (("菓子", 1200), ("調味料", None))
    assert (told["new-1"], told["new-2"]) == (("器", 3000), ("器", None))
    again = shop.imports.run(path)
    assert not again.changes_anything
    shop.imports.undo(3)
    shop.imports.undo(2)
    assert everything(shop) == before
    shop.imports.undo(1)
    assert products(shop) == []


def test_a_carts_list_tells_about_its_own_products_and_variants_share_a_name(shop, tmp_path):
    head = ["Handle", "Title", "Product Category", "Option1 Name", "Variant SKU", "Variant Price"]
    path = write(
        tmp_path / "a.csv", head, ["t", "Tシャツ", "服", "S", "T-S", "1000"], ["t", "", "", "M", "T-M", "1100"]
    )
    shop.imports.run(path)
    assert sorted(products(shop)) == [
        ("shopify", "T-M", "Tシャツ", "服", 1100),
        ("shopify", "T-S", "Tシャツ", "服", 1000),
    ]


HEAD = [
    "会員番号",
    "氏名",
    "メールアドレス",
    "定期番号",
    "定期状況",
    "定期商品",
    "回数",
    "次回お届け日",
    "解約日",
    "開始日",
]
WORDS = dict(
    zip(
        HEAD[3:],
        [
            f"subscription.{word}"
            for word in ("number", "state", "product", "nth", "next_on", "stopped_on", "started_on")
        ],
        strict=True,
    )
)
MAPPING = json.dumps({"columns": WORDS})
TARO = ["7", "見本 太郎", "taro@example.jp"]


def test_subscriptions_alone_are_a_kind_of_file_and_are_undone_in_any_order(shop, tmp_path):
    states = [everything(shop)]
    first = write(
        tmp_path / "a.csv", HEAD, [*TARO, "S1", "継続中", "珈琲", "3", "2026/12/1", "", "2026/9/1"],
        [*TARO, "", "休止", "紅茶", "", "", "", ""], ["", "", "", "", "有効", "茶", "", "", "", ""],
        [*TARO, "S9", "なぞ", "茶", "", "", "", ""],
    )  # fmt: skip
    report = shop.imports.run(first, mapping=MAPPING)
    assert (report.files[0].kind, report.subscriptions.new, report.new_customers, report.files[0].rows) == (
        "subscriptions",
        2,
        1,
        4,
    )
    assert [(one.file, one.row, one.value) for one in report.problems] == [("a.csv", 4, "茶"), ("a.csv", 5, "なぞ")]
    states.append(everything(shop))
    assert not shop.imports.run(first, mapping=MAPPING).changes_anything
    second = write(tmp_path / "b.csv", HEAD, [*TARO, "S1", "解約済", "珈琲", "4", "", "2026/11/10", ""])
    report = shop.imports.run(second, mapping=MAPPING)
    assert (report.subscriptions.new, report.subscriptions.updated) == (0, 1)
    (person,) = shop.customers.search("taro@example.jp")
    found = {one.product: one for one in shop.orders.subscriptions(person.id)}
    assert (found["珈琲"].state, found["珈琲"].nth, found["珈琲"].stopped_on) == ("stopped", 4, date(2026, 11, 10))
    assert (found["珈琲"].started_on, found["紅茶"].state) == (date(2026, 9, 1), "paused")
    happened = shop.customers.timeline(person.id)
    assert [event.detail for event in happened if event.kind == "subscription"] == [
        "Subscription ended",
        "Subscription began",
    ]
    shop.imports.undo(3)
    assert everything(shop) == states[1]
    shop.imports.undo(2)
    shop.imports.undo(1)
    assert everything(shop) == states[0]
    assert all(one.ok for one in verify(shop))


def test_subscriptions_move_with_a_merge_and_stay_nameless_after_forgetting(shop, tmp_path):
    path = write(
        tmp_path / "a.csv",
        HEAD,
        [*TARO, "", "継続中", "珈琲", "", "", "", ""],
        ["8", "見本 花子", "h@example.jp", "", "継続中", "茶", "", "", "", ""],
    )
    shop.imports.run(path, mapping=MAPPING)
    keep, other = (shop.customers.search(mail)[0].id for mail in ("taro@", "h@"))
    shop.customers.merges.make(keep, other)
    assert {one.product for one in shop.orders.subscriptions(keep)} == {"珈琲", "茶"}
    shop.customers.forget(keep)
    with shop.database.read() as session:
        left = (
            session.connection()
            .exec_driver_sql("SELECT number, customer_id, state FROM subscriptions ORDER BY id")
            .all()
        )
    assert [tuple(row) for row in left] == [("~~1", None, "active"), ("~~2", None, "active")]


def test_a_subscription_on_the_rows_of_orders(sqlite_shop, tmp_path):
    head = ["注文番号", "注文日", "合計金額", "氏名", "メールアドレス", "商品名", "定期状況", "回数"]
    path = write(tmp_path / "a.csv", head, ["1", "2026/11/20", "500", "見本 太郎", "taro@example.jp", "珈琲", "継続中", "2"],
                 ["2", "2026/11/20", "500", "見本 太郎", "taro@example.jp", "塩", "", ""])  # fmt: skip
    words = {"定期状況": "subscription.state", "回数": "subscription.nth"}
    report = sqlite_shop.imports.run(path, mapping=json.dumps({"columns": words}))
    assert (report.orders.new, report.subscriptions.new, report.files[0].rows) == (2, 1, 2)
    (person,) = sqlite_shop.customers.search("taro@")
    assert [(one.product, one.nth) for one in sqlite_shop.orders.subscriptions(person.id)] == [("珈琲", 2)]


@pytest.mark.parametrize(
    ("written", "state"),
    [("継続中", "active"), ("有効", "active"), ("休止", "paused"), ("一時停止", "paused"), ("停止", "stopped"), ("解約済み", "stopped"),
     ("Active", "active"), ("Cancelled", "stopped"), ("inactive", "stopped"), ("12", None)],
)  # fmt: skip
def test_the_words_of_a_state(written, state):
    assert state_of(written) == state
