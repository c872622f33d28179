"""Each word that a column can be given to has its effect: what the shop holds differs by it."""

from __future__ import annotations

import csv
import json

from sqlalchemy import text

from shopdesk.errors import ShopDeskError
from shopdesk.imports.fields import WORDS, fields
from tests.imports.contents import everything
from tests.imports.in_process import import_here

# A row in which every word has its column; what a column says differs from what is taken where nothing does.
ROW = {
    "order.number": "A-1",
    "order.date": "2026/11/20",
    "order.time": "13:15",
    "order.total_yen": "2,400",
    "order.refunded_yen": "100",
    "order.discount_yen": "50",
    "order.status": "発送済み",
    "order.cancelled": "キャンセル",
    "order.payment": "銀行振込",
    "line.product": "茶",
    "line.code": "T-1",
    "line.quantity": "2",
    "line.unit_price_yen": "1200",
    "line.total_yen": "2300",
    "customer.member_id": "007",
    "customer.name": "甲野 一",
    "customer.kana": "コウノ ハジメ",
    "customer.email": "a@example.jp",
    "customer.phone": "090-0000-0001",
    "customer.postal": "060-0001",
    "customer.prefecture": "秋田県",
    "customer.address": "見本町1-2-3",
    "customer.birth_date": "1980/1/2",
    "customer.sex": "女性",
    "customer.note": "常連",
    "customer.tags": "お茶",
    "customer.own": "乾燥肌",
    "customer.keys": "mail::b@example.jp",
    "points": "1,500",
    "consent.mail": "希望する",
    "consent.line": "希望しない",
    "product.category": "飲み物",
    "product.price_yen": "1300",
    "subscription.number": "S-1",
    "subscription.state": "継続中",
    "subscription.product": "青汁",
    "subscription.nth": "3",
    "subscription.next_on": "2026/12/10",
    "subscription.started_on": "2026/9/10",
    "subscription.stopped_on": "2027/9/10",
}
MORE = {"own": "own_fields", "values": "own_values", "tags": "tags", "carrying": "customer_tags"}


def held(shop):
    """What the shop has of all that an import writes."""
    with shop.database.read() as session:
        more = {name: session.execute(text(f"SELECT * FROM {table}")).all() for name, table in MORE.items()}
        return everything(shop) | {name: sorted(map(repr, rows)) for name, rows in more.items()}


def write(file, row):
    """Write a file of one row whose columns say nothing by their names, and return the mapping that says what they are."""
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([[f"列{n}" for n in range(len(row))], list(row.values())])
    return {f"列{n}": word for n, word in enumerate(row)}


def imported(shop, file, row, left_out=None):
    """What the shop has after a file in which each column is what it says, one excepted; or why it was refused."""
    columns = {name: None if word == left_out else word for name, word in write(file, row).items()}
    try:
        import_here(shop, [file], json.dumps({"columns": columns}))
    except ShopDeskError as error:
        return error.code
    return held(shop)


def test_there_is_a_row_for_every_word():
    assert [one.word for one in fields()] == list(ROW)
    assert ROW.keys() == WORDS


def test_each_word_has_its_effect(make_shop, tmp_path):
    shop, file = make_shop("one"), tmp_path / "a.csv"
    whole = imported(shop, file, ROW)
    assert isinstance(whole, dict)
    same = [word for word in ROW if imported(make_shop(f"without-{word}"), file, ROW, word) == whole]
    assert same == []


def own_values(shop):
    with shop.database.read() as session:
        joined = "SELECT f.name, f.kind, v.value FROM own_fields f JOIN own_values v ON v.field_id = f.id"
        return [tuple(row) for row in session.execute(text(joined))]


def test_points_are_a_number_of_the_persons_that_each_file_tells_anew(shop, tmp_path):
    file = tmp_path / "a.csv"
    for said, kept in (("900", "900"), ("1,200", "1200"), ("", "1200")):
        imported(shop, file, {"customer.member_id": "7", "customer.name": "甲野 一", "points": said})
        assert own_values(shop) == [("列2", "number", kept)]
    shop.imports.undo(2)
    assert own_values(shop) == [("列2", "number", "900")]


def products(shop):
    with shop.database.read() as session:
        told = session.execute(text("SELECT code, category, price_yen FROM products ORDER BY code"))
        return [tuple(row) for row in told]


def test_a_category_among_orders_is_the_products_until_the_import_is_undone(shop, tmp_path):
    words = ("order.number", "order.date", "order.total_yen", "line.product", "line.code", "product.category")
    order = {word: ROW[word] for word in words}
    for told, kept in (
        ({"product.category": ""}, [("T-1", "", None)]),
        ({}, [("T-1", "飲み物", None)]),
        ({"order.number": "A-2", "line.code": "T-2"}, [("T-1", "飲み物", None), ("T-2", "飲み物", None)]),
    ):
        imported(shop, tmp_path / "a.csv", order | told)
        assert products(shop) == kept
    shop.imports.undo(3)
    assert products(shop) == [("T-1", "飲み物", None)]
    shop.imports.undo(2)
    assert products(shop) == [("T-1", "", None)]
