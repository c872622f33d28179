"""Exports of the carts without a sample, made here: the true header, invented people, and every quirk `formats` names."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import xlsxwriter

HEADERS = json.loads((Path(__file__).parents[1] / "data" / "carts" / "headers.json").read_text("utf-8"))
TARO = ("見本", "太郎", "taro.mihon@example.jp", "09000000001", "0600001", "北海道")
REIKO = ("髙橋", "例子", "reiko.takahashi@example.jp", "0300000002", "0100002", "秋田県")


@dataclass(frozen=True)
class Export:
    """One made export: where its header is from, its rows by column (`送料#2` is the second of that name), and its truth.

    The truth is written by hand: orders, cancelled, goods lines, buyers who become customers, yen of all orders.
    """

    header: str
    cart: str
    rows: list[dict[str, str]]
    orders: int
    cancelled: int
    lines: int
    people: int
    gross_yen: int
    refunded_yen: int = 0
    columns: list[str] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        return self.columns or HEADERS[self.header]["columns"]

    @property
    def table(self) -> list[list[str]]:
        return [self.names, *(_placed(self.names, row) for row in self.rows)]

    def as_text(self, folder: Path) -> Path:
        """In the cart's own encoding and separator."""
        known = HEADERS.get(self.header, {"encoding": "cp932", "delimiter": ","})
        tab = known["delimiter"] != ","
        path = folder / f"{self.cart}.{'txt' if tab else 'csv'}"
        with path.open("w", encoding=known["encoding"], newline="") as file:
            if tab:
                file.writelines("\t".join(row) + "\r\n" for row in self.table)
            else:
                csv.writer(file).writerows(self.table)
        return path

    def as_damaged_workbook(self, folder: Path) -> Path:
        """As Excel leaves it: a title, numbers without their zeros, dates as serials, and a sum below."""
        path = folder / f"{self.cart}.xlsx"
        with xlsxwriter.Workbook(path) as book:
            book.add_worksheet("はじめに").write(0, 0, "11月分")
            sheet, day = book.add_worksheet("data"), book.add_format({"num_format": "yyyy/mm/dd hh:mm"})
            sheet.write(0, 0, "11月の注文")
            for number, row in enumerate(self.table):
                for index, cell in enumerate(row):
                    _write(sheet, number + 2, index, cell, day, is_name=number == 0)
            sheet.write(len(self.table) + 2, 0, "合計")
            sheet.write_formula(len(self.table) + 2, 3, "=SUM(D4:D9)")
        return path


def _placed(names: list[str], row: dict[str, str]) -> list[str]:
    cells = [""] * len(names)
    for name, value in row.items():
        plain, _, count = name.partition("#") if re.search(r"#\d$", name) else (name, "", "1")
        cells[[index for index, each in enumerate(names) if each == plain][int(count) - 1]] = value
    return cells


def _write(
    sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, cell: str, day: object, *, is_name: bool
) -> None:
    if is_name or not cell:
        sheet.write_string(row, column, cell)
    elif re.fullmatch(r"\+?\d{1,15}", cell):
        sheet.write_number(row, column, int(cell))
    elif re.fullmatch(r"\d{4}[-/]\d\d?[-/]\d\d?( \d\d:\d\d:\d\d)?", cell):
        form = "%Y/%m/%d %H:%M:%S" if ":" in cell else "%Y/%m/%d"
        at = datetime.strptime(cell.replace("-", "/"), form)  # noqa: DTZ007 - a wall clock
        sheet.write_datetime(row, column, at, day)
    else:
        sheet.write_string(row, column, cell)


def _each(shared: dict[str, str], *rows: dict[str, str]) -> list[dict[str, str]]:
    return [shared | row for row in rows]


def _eccube(number: str, state: tuple[str, str], total: str, who: tuple[str, ...], member: str) -> dict[str, str]:
    family, given, mail, phone, postal, prefecture = who
    return {
        "注文ID": number, "注文番号": number, "会員ID": member, "お名前(姓)": family, "お名前(名)": given, "メールアドレス": mail, "TEL": phone,
        "郵便番号": postal, "都道府県(名称)": prefecture, "住所1": "見本市", "対応状況(ID)": state[0], "対応状況(名称)": state[1],
        "支払合計": f"{total}.00", "受注日": "2026-11-20 10:15:03", "送料": "600.00",
    }  # fmt: skip


_GOODS = {
    "明細区分(ID)": "1",
    "明細区分(名称)": "商品",
    "商品ID": "7",
    "商品規格ID": "9",
    "出荷ID": "3",
    "配送先_お名前(姓)": "別人",
    "送料#2": "600.00",
}
_SHIPPING = {
    "商品名": "送料",
    "価格": "600.00",
    "個数": "1",
    "明細区分(ID)": "2",
    "明細区分(名称)": "送料",
    "出荷ID": "3",
}
_FEE = {"商品名": "手数料", "価格": "0.00", "個数": "1", "明細区分(ID)": "3", "明細区分(名称)": "手数料"}
_LESS = {"商品名": "割引", "価格": "-200.00", "個数": "1", "明細区分(ID)": "4", "明細区分(名称)": "割引"}
_SALT = {"商品名": "能登の塩", "商品コード": "salt-01", "価格": "800.00", "個数": "3"}
_SAUCE = {"商品名": "表札ソース①", "商品コード": "0012", "価格": "500.00", "個数": "1"}

ECCUBE = Export("eccube-orders.csv", "eccube", [
    *_each(_eccube("31", ("1", "新規受付"), "2800", TARO, "101"), _GOODS | _SALT, _SHIPPING, _FEE, _LESS),
    *_each(_eccube("32", ("3", "注文取消し"), "1100", TARO, "101"), _GOODS | _SAUCE, _SHIPPING, _FEE),
    *_each(_eccube("33", ("9", "返品"), "1100", REIKO, ""), _GOODS | _SAUCE, _SHIPPING, _FEE),
    *_each(_eccube("34", ("8", "購入処理中"), "9999", REIKO, ""), _GOODS | _SAUCE, _SHIPPING),
    *_each(_eccube("35", ("7", "決済処理中"), "9999", TARO, "101"), _GOODS | _SAUCE, _FEE),
    *_each(_eccube("36", ("5", "発送済み"), "3900", REIKO, ""), _GOODS | _SALT, _GOODS | _SAUCE | {"出荷ID": "4"}, _SHIPPING,
           _SHIPPING | {"出荷ID": "4"}, _FEE),
], orders=4, cancelled=1, lines=5, people=2, gross_yen=2800 + 1100 + 1100 + 3900, refunded_yen=1100)  # fmt: skip


def _base(number: str, total: str, who: tuple[str, ...]) -> dict[str, str]:
    family, given, mail, phone, postal, prefecture = who
    return {
        "注文ID": number, "注文日時": "2026-11-20 23:30:00", "氏(請求先)": family, "名(請求先)": given, "メールアドレス(請求先)": mail,
        "電話番号(請求先)": phone, "郵便番号(請求先)": postal, "都道府県(請求先)": prefecture, "住所(請求先)": "見本市1-2-3", "氏(配送先)": "別人",
        "合計金額": total, "送料": "600", "支払い方法": "コンビニ", "発送状況": "発送済み", "税率": "8",
    }  # fmt: skip


BASE = Export("base-orders.csv", "base", [
    *_each(_base("A1B2C3", "3000", TARO),
           {"商品名": "カップ", "価格": "1000", "数量": "2", "商品ID": "11"},
           {"商品名": "商品オプション「名入れ：たろう」", "価格": "200", "数量": "2"},
           {"商品名": "皿", "価格": "0", "数量": "1", "商品ID": "12"}),
    *_each(_base("A1B2C4", "1600", REIKO) | {"発送状況": "キャンセル済み"}, {"商品名": "皿", "価格": "1000", "数量": "1", "商品ID": "12"}),
    *_each(_base("A1B2C5", "2600", REIKO), {"商品名": "皿", "価格": "1000", "数量": "1", "商品ID": "12", "発送状況": "キャンセル"},
           {"商品名": "カップ", "価格": "1000", "数量": "1", "商品ID": "11"}),
], orders=3, cancelled=1, lines=5, people=2, gross_yen=3000 + 1600 + 2600)  # fmt: skip


def _stores(number: str, total: str, who: tuple[str, ...]) -> dict[str, str]:
    family, given, _mail, phone, postal, prefecture = who
    return {
        "オーダー番号": number, "オーダー日": "2026/11/20", "小計": total, "配送料": "0", "合計": total, "氏(請求先)": family, "名(請求先)": given,
        "電話番号(請求先)": phone, "郵便番号(請求先)": postal, "都道府県(請求先)": prefecture, "住所(請求先)": "見本市", "氏(配送先)": "別人",
        "電話番号(配送先)": "0300000009",
    }  # fmt: skip


STORES = Export("stores-orders.csv", "stores", [
    *_each(_stores("5000000001", "2400", TARO), {"アイテム名": "塩", "個数": "1"}, {"アイテム名": "酢", "種類": "大", "個数": "2"}),
    *_each(_stores("5000000002", "1200", REIKO), {"アイテム名": "塩", "個数": "1"}),
    *_each(_stores("5000000003", "1200", TARO), {"アイテム名": "塩", "個数": "1"}),
], orders=3, cancelled=0, lines=4, people=2, gross_yen=4800)  # fmt: skip


def _amazon(number: str, mail: str, name: str) -> dict[str, str]:
    return {
        "order-id": number, "order-item-id": f"{number}-1", "purchase-date": "2026-11-19T16:54:21+00:00", "buyer-email": mail,
        "buyer-name": name, "currency": "JPY", "ship-service-level": "Standard", "recipient-name": "別人", "ship-country": "JP",
    }  # fmt: skip


_MORE = {
    "order-id": "503-0000001-0000001",
    "purchase-date": "2026-11-19T16:54:21+00:00",
    "item-promotion-discount": "-50",
    "item-promotion-id": "もう一つ",
}
AMAZON = Export("amazon-orders.txt", "amazon", [
    *_each(_amazon("503-0000001-0000001", "a1@marketplace.amazon.co.jp", "見本 太郎"),
           {"sku": "A-1", "product-name": '塩 "大"', "quantity-purchased": "2", "item-price": "1600",
            "shipping-price": "350", "item-promotion-discount": "-100"}),
    _MORE,
    *_each(_amazon("503-0000001-0000001", "a1@marketplace.amazon.co.jp", "見本 太郎"),
           {"sku": "A-2", "product-name": "酢", "quantity-purchased": "1", "item-price": "500", "shipping-price": "0"}),
    *_each(_amazon("503-0000002-0000002", "b2@marketplace.amazon.co.jp", "髙橋 例子"),
           {"sku": "A-1", "product-name": "塩", "quantity-purchased": "1", "item-price": "800", "shipping-price": "350"}),
], orders=2, cancelled=0, lines=3, people=2, gross_yen=1600 + 350 + 500 + 800 + 350)  # fmt: skip


def _woo(number: str, yen: str, status: str, products: str) -> dict[str, str]:
    return {
        "Date": "2026-11-20 9:05:03", "Order #": number, "N. Revenue (formatted)": f"¥{int(yen):,}", "Status": status, "Customer": "見本 太郎",
        "Customer type": "new", "Product(s)": products, "Items sold": "3", "N. Revenue": yen, "Attribution": "Direct",
    }  # fmt: skip


WOOCOMMERCE = Export("woocommerce-orders.csv", "woocommerce", [
    _woo("901", "3200", "completed", "2× 見本せんべい, 10枚, 1× 能登の塩"),
    _woo("902", "500", "cancelled", "1× 能登の塩"),
    _woo("903", "500", "failed", "1× 能登の塩"),
    _woo("904", "800", "refunded", "1× 酢"),
], orders=4, cancelled=2, lines=5, people=0, gross_yen=5000, refunded_yen=800)  # fmt: skip


def _square(number: str, event: str, gross: str, customer: str, name: str, clock: str = "12:59:30") -> dict[str, str]:
    return {
        "Date": "2026-11-20", "Time": clock, "Time Zone": "Tokyo", "Item": "珈琲", "Qty": "-1" if event == "Refund" else "1", "SKU": "C-1",
        "Gross Sales": gross, "Net Sales": gross, "Discounts": "¥0", "Transaction ID": number, "Payment ID": f"p{number}", "Event Type": event,
        "Customer ID": customer, "Customer Name": name, "Itemization Type": "Physical Good",
    }  # fmt: skip


SQUARE = Export("square-items.csv", "square", [
    _square("tx1", "Payment", "¥1,200", "CUST1", "見本 太郎"),
    _square("tx1", "Payment", "$800.00", "CUST1", "見本 太郎"),
    _square("tx3", "Refund", "-¥300", "", "", "18:00:00"),
    _square("tx2", "Payment", "¥500", "", ""),
    _square("tx1", "Refund", "-¥800", "CUST1", "見本 太郎", "17:00:00"),
    _square("tx3", "Payment", "¥300", "", ""),
], orders=3, cancelled=0, lines=4, people=1, gross_yen=1200 + 800 + 500 + 300, refunded_yen=800 + 300)  # fmt: skip

SMAREGI = Export("smaregi-transactions.csv", "smaregi", [
    {"取引ID": "1", "取引日時": "2026-11-20 10:15:03", "取引区分": "1", "取消区分": "0", "小計": "1200", "合計": "1100", "内消費税": "100"},
    {"取引ID": "2", "取引日時": "2026-11-20 10:20:00", "取引区分": "2", "取消区分": "0", "合計": "50000"},
    {"取引ID": "3", "取引日時": "2026-11-20 11:00:00", "取引区分": "1", "取消区分": "1", "合計": "700"},
    {"取引ID": "4", "取引日時": "2026-11-20 12:00:00", "取引区分": "3", "取消区分": "0", "合計": "-3000"},
], orders=2, cancelled=1, lines=0, people=0, gross_yen=1800)  # fmt: skip


def _makeshop(number: str, clock: str, state: str, who: tuple[str, ...]) -> dict[str, str]:
    return {
        "日付": "2026/8/10", "注文時間": clock, "注文番号": number, "処理状況": state, "注文者": f"{who[0]}　{who[1]}",
        "注文者(振り仮名)": "ﾐﾎﾝ ﾀﾛｳ", "メールアドレス": who[2], "電話番号": who[3], "合計金額": "2000",
    }  # fmt: skip


MAKESHOP = Export("", "makeshop", [
    *_each(_makeshop("P171323551145213731", "103309", "配送", TARO), {"商品名": "塩", "数量": "1"}, {"商品名": "酢", "数量": "2"}),
    *_each(_makeshop("P171323551145213732", "000509", "注文キャンセル", REIKO), {"商品名": "塩", "数量": "1"}),
], orders=2, cancelled=1, lines=3, people=2, gross_yen=4000, columns=[
    "日付", "注文時間", "注文番号", "処理状況", "会社名", "会社名(振り仮名)", "部署名", "注文者", "注文者(振り仮名)", "メールアドレス", "電話番号",
    "合計金額", "システム商品コード", "独自商品コード", "オプショングループ", "商品名", "販売価格", "数量",
])  # fmt: skip

EXPORTS = (ECCUBE, BASE, STORES, AMAZON, WOOCOMMERCE, SQUARE, SMAREGI, MAKESHOP)
