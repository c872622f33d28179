"""Each layout has its cart's own header, writes what that cart reads, and no cell can become a formula."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import openpyxl
import pytest

from shopdesk.customers import NewCustomer
from shopdesk.exports.layouts import layouts
from shopdesk.spreadsheets import FileNotWrittenError, Form, OutColumn, open_table, write_table

DATA = Path(__file__).parents[1] / "data" / "carts"
HEADERS = json.loads((DATA / "headers.json").read_text("utf-8"))
FILES = {
    "shopify": "shopify-orders.csv",
    "shopify-customers": "shopify-customers.csv",
    "rakuten": "rakuten-orders.csv",
    "colorme": "colorme-orders.csv",
    "eccube": "eccube-orders.csv",
    "eccube-customers": "eccube-customers.csv",
    "futureshop": "futureshop-orders.csv",
    "yahoo": "yahoo-orders.csv",
    "yahoo-items": "yahoo-items.csv",
    "base": "base-orders.csv",
    "stores": "stores-orders.csv",
    "amazon": "amazon-orders.txt",
}


def rows_of(file):
    return [row for _number, row in open_table(file).rows()]


@pytest.mark.parametrize("layout", [one for one in layouts() if one.name in FILES], ids=lambda one: one.name)
def test_a_carts_layout_has_its_header_and_encoding(sqlite_shop, tmp_path, layout):
    truth = HEADERS[FILES[layout.name]]
    file = tmp_path / "out.csv"
    sqlite_shop.exports.write(layout.what, file, layout=layout.name)
    assert rows_of(file) == [truth["columns"]]
    file.read_bytes().decode(truth["encoding"])
    assert file.read_bytes().startswith(b"\xef\xbb\xbf") == (layout.encoding == "utf-8" and layout.bom)


@pytest.mark.parametrize(
    ("cart", "what", "sample"),
    [
        ("shopify", "orders", "shopify-orders.csv"),
        ("rakuten", "orders", "rakuten-orders.csv"),
        ("colorme", "orders", "colorme-orders.csv"),
        ("futureshop", "orders", "futureshop-orders.csv"),
        ("shopify-customers", "customers", "shopify-customers.csv"),
        ("eccube-customers", "customers", "eccube-customers.csv"),
    ],
)
def test_what_came_from_a_cart_goes_back_in_its_layout(sqlite_shop, make_shop, tmp_path, cart, what, sample):
    sqlite_shop.imports.run([DATA / sample])
    report = sqlite_shop.exports.write(what, tmp_path / "back.csv", layout=cart, encoding="utf-8")
    assert not sqlite_shop.imports.run([report.file]).changes_anything
    other = make_shop("other")
    back = other.imports.run([report.file])
    assert [one.cart for one in back.files] == [cart]
    assert back.problems == ()
    mine, theirs = sqlite_shop, other
    assert [facts(one) for one in theirs.customers.search("")] == [facts(one) for one in mine.customers.search("")]
    assert theirs.orders.totals() == mine.orders.totals()


ECCUBE = {
    "会員ID": "7",
    "お名前(姓)": "甲野",
    "お名前(名)": "一",
    "メールアドレス": "a@example.jp",
    "TEL": "09000000001",
    "支払方法(名称)": "銀行振込",
    "受注日": "2026-11-20 10:15:03",
    "支払合計": "2400.00",
    "商品名": "茶",
    "商品コード": "T-1",
    "価格": "1200.00",
    "個数": "2",
    "明細区分(ID)": "1",
}


def test_what_an_order_is_in_eccube_goes_back(sqlite_shop, tmp_path):
    columns = HEADERS["eccube-orders.csv"]["columns"]
    states = {"1": ("5", "発送済み"), "2": ("3", "注文取消し"), "3": ("9", "返品"), "4": ("3", "受付後に取消")}
    with (tmp_path / "orders.csv").open("w", encoding="cp932", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(columns)
        for number, (code, state) in states.items():
            said = {**ECCUBE, "注文番号": number, "対応状況(ID)": code, "対応状況(名称)": state}
            rows.writerow([said.get(name, "") for name in columns])
    first = sqlite_shop.imports.run([tmp_path / "orders.csv"])
    report = sqlite_shop.exports.write("orders", tmp_path / "back.csv", layout="eccube")
    back = sqlite_shop.imports.run([report.file])
    assert (back.changes_anything, back.orders.cancelled, first.orders.cancelled) == (False, 2, 2)


def facts(one):
    return one.name, one.email, one.phone, one.postal, one.prefecture, one.orders, one.spent_yen


def test_only_the_carts_own_orders_go_back(sqlite_shop, tmp_path):
    sqlite_shop.imports.run([DATA / "shopify-orders.csv"])
    sqlite_shop.imports.run([DATA / "rakuten-orders.csv"])
    sqlite_shop.exports.write("orders", tmp_path / "back.csv", layout="shopify")
    assert all(row[0].startswith("#") for row in rows_of(tmp_path / "back.csv")[1:])


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "＝", "＋", "－", "＠"])
def test_nothing_becomes_a_formula(tmp_path, sign):
    evil = f"{sign}cmd|'/c calc'!A1"
    for name, form in (("a.csv", Form("cp932")), ("b.csv", Form()), ("c.xlsx", Form())):
        write_table(tmp_path / name, [OutColumn("Name")], iter([(evil,)]), form=form)
    for name, encoding in (("a.csv", "cp932"), ("b.csv", "utf-8-sig")):
        with (tmp_path / name).open(encoding=encoding, newline="") as file:
            assert list(csv.reader(file))[1] == [f"'{evil}"]
    cell = openpyxl.load_workbook(tmp_path / "c.xlsx").active["A2"]
    assert (cell.data_type, cell.value) == ("s", evil)


def test_excel_gets_texts_numbers_dates_filters_and_a_frozen_header(sqlite_shop, tmp_path):
    sqlite_shop.imports.run([DATA / "shopify-customers.csv"])
    sqlite_shop.exports.write("customers", tmp_path / "c.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "c.xlsx").active
    named = {cell.value: cell.column_letter for cell in sheet[1]}
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:{sheet.cell(1, len(named)).column_letter}{sheet.max_row}"
    phone, postal, spent = (sheet[f"{named[title]}2"] for title in ("Phone", "Postal code", "Spent"))
    assert (phone.data_type, phone.number_format) == ("s", "@")
    assert (postal.data_type, postal.number_format) == ("s", "@")
    assert (spent.data_type, spent.number_format) == ("n", "#,##0")


def test_what_cp932_lacks_is_listed_and_seen(sqlite_shop, tmp_path):
    sqlite_shop.customers.add(NewCustomer("𠮷田 〜子", email="y@example.jp"))
    report = sqlite_shop.exports.write("customers", tmp_path / "c.csv", encoding="cp932")
    assert [(one.row, one.column, one.character, one.written) for one in report.lost] == [
        (2, "Name", "𠮷", "〓"),
        (2, "Name", "〜", "～"),
    ]
    assert "〓田 ～子" in rows_of(tmp_path / "c.csv")[1]


def test_an_ended_writing_leaves_the_old_file_and_nothing_else(tmp_path):
    file = tmp_path / "a.xlsx"
    file.write_bytes(b"old")

    def stop(_rows):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_table(file, [OutColumn("n", "number")], ((n,) for n in range(5_000)), on_progress=stop)
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


def test_a_folder_that_is_not_there_is_said_in_a_sentence(tmp_path):
    with pytest.raises(FileNotWrittenError, match="not there"):
        write_table(tmp_path / "gone" / "a.csv", [OutColumn("n")], iter(()))
