"""Orders go back in their cart's own layout: what it holds is read to the same orders, what it does not hold is said."""

from __future__ import annotations

import csv
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given

from shopdesk.clock import japan_day, start_of_japan_day
from shopdesk.errors import NotFoundError
from shopdesk.exports.layouts import ReportOnlyError, layout_of, layouts
from shopdesk.imports.reading.files import open_file
from shopdesk.imports.reading.neutral import joined
from shopdesk.imports.reading.orders import read_orders
from tests.exports.test_round_trip import BOUNDED, CP932, contents, fill, orders_of, people_of
from tests.imports.cart_files import AMAZON, BASE, EXPORTS, MAKESHOP, STORES
from tests.imports.in_process import import_here

DATA = Path(__file__).parents[1] / "data" / "carts"
YAHOO = [DATA / "yahoo-orders.csv", DATA / "yahoo-items.csv"]
AT = datetime(2026, 11, 20, 1, 15, 3, tzinfo=UTC)
CALLED_OFF = {
    "eccube": "注文取消し",
    "rakuten": "900",
    "yahoo": "4",
    "futureshop": "キャンセル",
    "base": "キャンセル",
    "makeshop": "注文キャンセル",
}
CARTS = sorted({one.family for one in layouts() if one.what == "orders" and one.family})


def write(shop, folder, layout):
    chosen = layout_of("orders", layout)
    return shop.exports.write("orders", folder / f"{chosen.name}.{chosen.ending}", layout=layout)


@pytest.mark.parametrize("export", [BASE, STORES, AMAZON, MAKESHOP], ids=lambda one: one.cart)
def test_what_came_from_a_cart_goes_back(shop, tmp_path, export):
    shop.imports.run([export.as_text(tmp_path)])
    before = contents(shop)
    (tmp_path / "back").mkdir()
    report = write(shop, tmp_path / "back", export.cart)
    assert (report.lost, report.not_fitting) == ((), ())
    back = shop.imports.run([report.file])
    assert [one.cart for one in back.files] == [export.cart]
    assert (back.changes_anything, back.orders.unchanged, back.problems) == (False, export.orders, ())
    assert contents(shop) == before


def test_a_yahoo_order_goes_back_packed_and_with_its_items(shop, tmp_path):
    shop.imports.run(YAHOO)
    before = contents(shop)
    packed, items = write(shop, tmp_path, "yahoo"), write(shop, tmp_path, "yahoo-items")
    assert [one.word for one in packed.unheld] == ["line.unit_price_yen", "line.total_yen"]
    assert items.not_fitting == ()
    back = shop.imports.run([packed.file, items.file])
    assert (back.changes_anything, back.problems) == (False, ())
    assert contents(shop) == before


def test_packed_goods_alone_go_back(sqlite_shop, tmp_path):
    sqlite_shop.imports.run(YAHOO[:1])
    report = write(sqlite_shop, tmp_path, "yahoo")
    assert report.not_fitting == ()
    assert not sqlite_shop.imports.run([report.file]).changes_anything
    with report.file.open(encoding="cp932", newline="") as file:
        first = next(csv.DictReader(file))
    assert (first["Title"], first["QuantityDetail"]) == ("L1=見本せんべい 10枚&L2=能登の塩", "L1=2&L2=1")


def test_amazon_gets_tabs_and_no_quotation_marks(sqlite_shop, tmp_path):
    sqlite_shop.imports.run([AMAZON.as_text(tmp_path)])
    (tmp_path / "back").mkdir()
    lines = write(sqlite_shop, tmp_path / "back", "amazon").file.read_bytes().decode().split("\r\n")
    assert '\t塩 "大"\t2\tJPY\t1600\t' in lines[1]
    assert (lines[0].count("\t"), lines[1].count("\t")) == (28, 28)


@pytest.mark.parametrize("text", ['"塩"', '塩\t大\n"小"', "=1+1"])
def test_any_name_goes_into_a_file_without_quotation_marks(sqlite_shop, tmp_path, text):
    order = ("amazon", "", AT, 500, 0, 0, False, "", "", [(text, "A-1", 1, None, 500)], 9)
    fill(sqlite_shop, [], [order])
    (again,) = orders_in(write(sqlite_shop, tmp_path, "amazon").file)
    assert [line.product for line in again.lines] == [" ".join(text.split())]


def test_what_a_layout_cannot_say_is_counted_and_a_cancelled_order_left_out(sqlite_shop, tmp_path):
    lines = [("塩", "S-1", 2, 300, 600), ("酢", "", 1, 400, 400)]
    orders = [
        ("stores", "見本 太郎", AT, 1000, 0, 100, False, "発送済み", "", lines, 0),
        ("stores", "見本 太郎", AT, 1000, 0, 0, True, "キャンセル", "銀行振込", lines, 0),
    ]
    fill(sqlite_shop, [("見本 太郎", "", "", None, "", "", 5)], orders)
    report = write(sqlite_shop, tmp_path, "stores")
    counted = {one.word: one.orders for one in report.unheld}
    assert counted == dict.fromkeys(
        (
            *("order.discount_yen", "order.status", "line.code", "line.unit_price_yen", "line.total_yen"),
            "customer.email",
        ),
        1,
    )
    assert (report.rows, report.cancelled_left_out, len(report.not_fitting)) == (2, 1, 2)


@pytest.mark.parametrize("cart", ["woocommerce", "square", "smaregi"])
def test_a_cart_that_takes_nothing_back_says_so(sqlite_shop, tmp_path, cart):
    assert cart in {one.cart for one in EXPORTS}
    with pytest.raises(ReportOnlyError, match="own layout"):
        sqlite_shop.exports.write("orders", tmp_path / "a.csv", layout=cart)
    with pytest.raises(NotFoundError, match="no layout"):
        sqlite_shop.exports.write("customers", tmp_path / "a.csv", layout=cart)
    assert list(tmp_path.glob("*.csv")) == []


def orders_in(*files):
    """The orders of files by their number, those that lie apart put together."""
    found = {}
    for one in read_orders([open_file(file) for file in files]):
        found[one.number] = joined(found[one.number], one) if one.continued else one
    return list(found.values())


def as_the_cart_says_it(cart, order):
    """An order with what its cart's layouts hold; a cancelled one with the state by which the cart says so."""
    chosen = [one for one in layouts() if one.family == cart and one.what == "orders"]
    held = frozenset().union(*(one.held - one.tells for one in chosen))
    _cart, buyer, at, total, back, off, gone, status, payment, lines, whose = order
    if cart == "colorme":  # whose files tell the day alone
        at = start_of_japan_day(japan_day(at))
    gone = gone and "order.cancelled" in layout_of("orders", cart).held
    status = CALLED_OFF.get(cart, status) if gone else status
    if total is None and cart == "amazon":  # which sums: a report without amounts has none of the lines' either
        lines = [(*one[:4], None) for one in lines]

    if cart == "amazon":  # a row without a name goes on with the promotions of the one above
        lines = [one for one in lines if one[0]]

    def fits(word, value, blank):
        return value if word in held else blank

    lines = [
        (
            fits("line.code", product, product or "無名"),  # what has neither name nor code is no goods line
            fits("line.code", code, ""),
            quantity,
            fits("line.unit_price_yen", unit, None),
            fits("line.total_yen", whole, None),
        )
        for product, code, quantity, unit, whole in lines
    ]
    amounts = (fits("order.refunded_yen", back, 0), fits("order.discount_yen", off, 0))
    words = (fits("order.status", status, ""), fits("order.payment", payment, ""))
    return (cart, buyer, at, total, *amounts, gone, *words, lines, whose)


def said_of_orders(shop):
    """What a cart's files carry of every order."""
    return {(order, lines) for order, _person, lines in contents(shop)[2]}


@pytest.mark.parametrize("cart", CARTS)
def test_any_order_that_a_cart_can_say_goes_back(make_shop, tmp_path, cart):
    names = [one.name for one in layouts() if one.family == cart and one.what == "orders"]

    @BOUNDED
    @given(people=people_of(CP932), orders=orders_of(CP932, [cart]))
    def goes_back(people, orders):
        for name in ("first", "second"):
            shutil.rmtree(tmp_path / name, ignore_errors=True)
        first, second = make_shop("first"), make_shop("second")
        try:
            fill(first, people, [as_the_cart_says_it(cart, one) for one in orders])
            reports = [write(first, tmp_path, name) for name in names]
            assert all(one.lost == () and one.cancelled_left_out == 0 for one in reports)
            files = [one.file for one in reports if one.rows]
            if not files:
                return
            back = import_here(first, files)
            assert (back.changes_anything, back.problems) == (False, ())
            import_here(second, files)
            assert said_of_orders(second) == said_of_orders(first)
        finally:
            first.close()
            second.close()

    goes_back()
