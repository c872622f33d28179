"""A seeded export as Shopify writes it: 79 columns, one row a line item, the order's own cells on its first row only."""

from __future__ import annotations

import csv
import random
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

import xlsxwriter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SIDES = ("Billing", "Shipping")
_OF_A_SIDE = ("Name", "Street", "Address1", "Address2", "Company", "City", "Zip", "Province", "Country", "Phone")
COLUMNS = (
    *("Name", "Email", "Financial Status", "Paid at", "Fulfillment Status", "Fulfilled at", "Accepts Marketing"),
    *("Currency", "Subtotal", "Shipping", "Taxes", "Total", "Discount Code", "Discount Amount", "Shipping Method"),
    *("Created at", "Lineitem quantity", "Lineitem name", "Lineitem price", "Lineitem compare at price"),
    *("Lineitem sku", "Lineitem requires shipping", "Lineitem taxable", "Lineitem fulfillment status"),
    *(f"{side} {part}" for side in SIDES for part in _OF_A_SIDE),
    *("Notes", "Note Attributes", "Cancelled at", "Payment Method", "Payment Reference", "Refunded Amount", "Vendor"),
    *("Outstanding Balance", "Employee", "Location", "Device ID", "Id", "Tags", "Risk Level", "Source"),
    *("Lineitem discount", *(f"Tax {n} {part}" for n in range(1, 6) for part in ("Name", "Value"))),
    *("Phone", "Receipt Number", "Duties", "Billing Province Name", "Shipping Province Name", "Payment ID"),
    *("Payment Terms Name", "Next Payment Due At", "Payment References"),
)
FAMILIES = ("見本", "例示", "架空", "仮名", "髙見本", "見本﨑", "模擬", "雛形", "想定", "試川")
GIVEN = ("花子", "太郎", "美本", "一", "かなえ", "ミホ", "健", "さくら", "由美子", "次郎")
TOWNS = (
    ("JP-01", "北海道", "札幌市中央区", "060"),
    ("JP-13", "東京都", "世田谷区", "156"),
    ("JP-14", "神奈川県", "横浜市青葉区", "225"),
    ("JP-23", "愛知県", "名古屋市中区", "460"),
    ("JP-27", "大阪府", "大阪市北区", "530"),
    ("JP-40", "福岡県", "福岡市博多区", "812"),
    ("JP-47", "沖縄県", "那覇市", "900"),
)
PRODUCTS = tuple(
    (f"見本の品 {n:03d}{kind}", f"{n:06d}", 280 + 40 * n) for n, kind in enumerate(["", "（10枚入）", " - 白 / M"] * 68)
)
Row = list[str | int]


class Export(NamedTuple):
    """How large an export is. `first` is the number of its first order, so that two exports share no order."""

    rows: int
    customers: int
    seed: int = 1
    first: int = 1001


def write_csv(export: Export, path: Path, encoding: str) -> None:
    """Write the export as comma separated text."""
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows(export))


def write_xlsx(export: Export, path: Path) -> None:
    """Write the same rows as a workbook, numbers as numbers."""
    plain = {
        "constant_memory": True,
        "strings_to_numbers": False,
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(path, plain) as book:
        sheet = book.add_worksheet("orders_export_1")
        for at, name in enumerate(COLUMNS):
            sheet.write_string(0, at, name)
        for number, row in enumerate(rows(export), 1):
            for at, cell in enumerate(row):
                if isinstance(cell, int):
                    sheet.write_number(number, at, cell)
                elif cell:
                    sheet.write_string(number, at, cell)


def rows(export: Export) -> Iterator[Row]:
    """Yield the rows below the header; the same export gives the same rows."""
    draw = random.Random(export.seed)
    start, step = datetime(2023, 1, 1, 9), timedelta(days=1400) / export.rows  # noqa: DTZ001 - the export writes its own zone
    written, number = 0, export.first
    while written < export.rows:
        count = min(export.rows - written, draw.choices((1, 2, 3, 5), (60, 24, 10, 6))[0])
        goods = [(draw.choice(PRODUCTS), draw.choices((1, 2, 5), (75, 20, 5))[0]) for _ in range(count)]
        regular = draw.random() < 0.5  # half of the orders come from a tenth of the people
        who = draw.randrange(max(1, export.customers // 10) if regular else export.customers)
        at = f"{start + step * written:%Y-%m-%d %H:%M:%S} +0900"
        yield from _order(number, who, at, goods, draw.random())
        written += count
        number += 1


def _order(number: int, who: int, at: str, goods: list[tuple[tuple[str, str, int], int]], fate: float) -> Iterator[Row]:
    first = _head(who, at, sum(yen * pieces for (_, _, yen), pieces in goods), fate) | {
        "Id": str(6_100_000_000_000 + number)
    }
    for (name, sku, yen), pieces in goods:
        said: dict[str, str | int] = {
            "Name": f"#{number}",
            "Email": f"kyaku{who:07d}@example.jp",
            "Created at": at,
            "Vendor": "見本商店",
            "Lineitem quantity": pieces,
            "Lineitem name": name,
            "Lineitem price": yen,
            "Lineitem sku": sku,
            "Lineitem requires shipping": "true",
            "Lineitem taxable": "true",
            "Lineitem discount": 0,
            **first,
        }
        first = {}
        yield [said.get(column, "") for column in COLUMNS]


def _head(who: int, at: str, goods: int, fate: float) -> dict[str, str | int]:
    """The cells of an order's first row: three in a hundred are cancelled, two more refunded in part."""
    shipping = 0 if goods >= 8_000 else 600
    total, cancelled, back = goods + shipping, fate < 0.03, 500 if 0.03 <= fate < 0.05 else 0
    state = "voided" if cancelled else "partially_refunded" if back else "paid"
    money: dict[str, str | int] = {
        "Subtotal": goods,
        "Shipping": shipping,
        "Taxes": total // 11,
        "Total": total,
        "Discount Amount": 0,
        "Refunded Amount": back,
        "Outstanding Balance": 0,
        "Tax 1 Name": "CT 10%",
        "Tax 1 Value": total // 11,
    }
    return money | {
        "Financial Status": state,
        "Paid at": "" if cancelled else at,
        "Cancelled at": at if cancelled else "",
        "Fulfillment Status": "unfulfilled" if cancelled else "fulfilled",
        "Fulfilled at": "" if cancelled else at,
        "Accepts Marketing": "yes" if who % 3 else "no",
        "Currency": "JPY",
        "Shipping Method": "宅急便",
        "Payment Method": "Shopify Payments",
        "Risk Level": "Low",
        "Source": "web",
        **_person(who),
    }


def _person(who: int) -> dict[str, str | int]:
    """What an order says about its buyer: from the number alone, so that any number of people needs no memory."""
    draw = random.Random(who * 7_919 + 17)
    code, prefecture, city, area = draw.choice(TOWNS)
    street, house = (
        f"見本町{draw.randint(1, 9)}-{draw.randint(1, 20)}",
        f"見本ハイツ{draw.randint(101, 909)}" if who % 2 else "",
    )
    phone = f"+8190{who % 100_000_000:08d}"
    about = {
        "Name": f"{draw.choice(GIVEN)} {draw.choice(FAMILIES)}",
        "Street": f"{street} {house}".strip(),
        "Phone": phone,
        "Address1": street,
        "Address2": house,
        "City": city,
        "Zip": f"'{area}-{draw.randint(0, 9_999):04d}",
        "Province": code,
        "Country": "JP",
        "Province Name": prefecture,
    }
    return {f"{side} {part}": said for side in SIDES for part, said in about.items()} | {"Phone": phone}
