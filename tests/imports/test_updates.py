"""What a later file changes of an order the shop has, and what an undo gives back of it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from shopdesk.verify import verify
from tests.imports.contents import everything

DATA = Path(__file__).parents[1] / "data" / "carts"
PLAIN = ["注文番号", "注文日", "合計金額", "商品名", "購入者名", "電話番号", "メールアドレス"]


def rakuten(path, **cells):
    """The sample with some cells of its first order changed."""
    with (DATA / "rakuten-orders.csv").open(encoding="cp932", newline="") as file:
        head, *rows = csv.reader(file)
    for row in rows[:2]:
        for name, value in cells.items():
            row[head.index(name)] = value
    with path.open("w", encoding="cp932", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    return [path]


def plain(path, *rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([PLAIN, *rows])
    return [path]


def orders(shop):
    with shop.database.read() as session:
        said = "SELECT number, total_yen, cancelled, customer_id IS NOT NULL FROM orders ORDER BY id"
        return [
            (number, yen, bool(cancelled), bool(bought))
            for number, yen, cancelled, bought in session.connection().exec_driver_sql(said)
        ]


def test_a_cancellation_without_an_amount_keeps_the_known_total(shop, tmp_path):
    shop.imports.run([DATA / "rakuten-orders.csv"])
    before = everything(shop)
    number = orders(shop)[0][0]
    later = rakuten(tmp_path / "later.csv", ステータス="900", 合計金額="-9999", 請求金額="-9999")
    assert shop.imports.run(later).orders.updated == 1
    assert orders(shop)[0] == (number, 6000, True, True)
    assert shop.imports.run(later).orders.unchanged == 5
    assert [one.name for one in verify(shop) if not one.ok] == []
    shop.imports.undo(2)  # the third still says so
    assert orders(shop)[0] == (number, 6000, True, True)
    shop.imports.undo(3)
    assert everything(shop) == before


@pytest.mark.parametrize("first", [2, 3])
def test_a_buyer_that_an_update_gave_an_order_is_taken_back(shop, tmp_path, first):
    path, goods = tmp_path / "a.csv", ("A-1", "2026/11/20", "1000", "塩")
    shop.imports.run(plain(path, [*goods, "見本 太郎", "", ""]))
    before = everything(shop)
    assert [one[3] for one in orders(shop)] == [False]
    shop.imports.run(plain(path, [*goods[:2], "1200", "塩", "見本 太郎", "090-0000-0001", "taro@example.jp"]))
    assert [one[3] for one in orders(shop)] == [True]
    shop.imports.run(plain(path, [*goods[:2], "1300", "塩", "見本 太郎", "090-0000-0001", "taro@example.jp"]))
    for one in (first, 5 - first):
        shop.imports.undo(one)
        assert [check.name for check in verify(shop) if not check.ok] == []
    assert everything(shop) == before


@pytest.mark.parametrize("written", ["$8.00", "€8", "USD 8"])
def test_an_amount_of_another_currency_is_no_yen(sqlite_shop, tmp_path, written):
    goods = ["2026/11/20", "1,000", "塩", "見本 太郎", "", ""]
    rows = [[f"A-{number}", *goods] for number in range(6)]
    path = plain(tmp_path / "a.csv", *rows, ["A-9", "2026/11/20", written, *goods[2:]])
    report = sqlite_shop.imports.run(path)
    assert (report.orders.new, report.gross_yen) == (6, 6000)
    assert [(one.row, one.column, one.value) for one in report.problems] == [(8, "合計金額", written)]
