"""F7 sheets that people touched – titles, sums, filters, hidden rows and sheets – and F11 what Excel makes of values."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from tests.faults.files import Made
from tests.faults.texts import written
from tests.faults.workbooks import ods, xls

HEADER = [
    "Name",
    "Email",
    "Financial Status",
    "Created at",
    "Total",
    "Lineitem quantity",
    "Lineitem name",
    "Billing Name",
    "Billing Phone",
]
Orders = list[tuple[Any, ...]]


def touched(number: int, random: Random) -> Made:
    """Make a cart's export that a person has worked on in Excel; the orders in it stay the same."""
    changes = (
        _title,
        _sum,
        _hidden_rows,
        _filtered,
        _hidden_sheet,
        _second_sheet,
        _twice,
        _unnamed,
        _vertical_merge,
        _shifted,
    )
    change = changes[number % len(changes)]
    rows, orders = _export(random)
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        change(book, rows, random)
    return Made("注文.xlsx", out.getvalue(), orders=orders)


def _export(random: Random) -> tuple[list[list[Any]], Orders]:
    rows: list[list[Any]] = []
    orders: Orders = []
    for number in range(1, random.randrange(3, 30)):
        total, name = random.randrange(100, 90_000), f"{random.choice('太次三四')}郎 見本"
        day = f"2026-{random.randrange(1, 13):02d}-{random.randrange(1, 28):02d}"
        rows.append(
            [
                f"#{number}",
                f"a{number}@example.jp",
                "paid",
                f"{day} 10:00:00 +0900",
                total,
                1,
                "見本商品",
                name,
                "090-0000-0001",
            ]
        )
        orders.append((f"#{number}", f"{day} 01:00", total, " ".join(reversed(name.split()))))
    return rows, orders


def _lay(sheet: Worksheet, rows: list[list[Any]], first: int = 0, column: int = 0, header: list[str] = HEADER) -> None:
    for number, row in enumerate([header, *rows], first):
        sheet.write_row(number, column, row)


def _title(book: xlsxwriter.Workbook, rows: list[list[Any]], random: Random) -> None:
    sheet = book.add_worksheet()
    sheet.write(0, 0, "みほん商店 注文一覧")
    if random.random() < 0.5:
        sheet.merge_range(1, 0, 1, 5, "2026年11月")
    _lay(sheet, rows, first=random.randrange(2, 6))


def _sum(book: xlsxwriter.Workbook, rows: list[list[Any]], random: Random) -> None:
    sheet = book.add_worksheet()
    _lay(sheet, rows)
    last = len(rows) + 1 + random.randrange(3)
    sheet.write_row(last, 0, ["合計", "", "", ""])
    sheet.write_formula(last, 4, f"=SUM(E2:E{len(rows) + 1})", None, sum(row[4] for row in rows))


def _hidden_rows(book: xlsxwriter.Workbook, rows: list[list[Any]], random: Random) -> None:
    sheet = book.add_worksheet()
    _lay(sheet, rows)
    for number in range(1, len(rows) + 1):
        if random.random() < 0.5:
            sheet.set_row(number, None, None, {"hidden": True})


def _filtered(book: xlsxwriter.Workbook, rows: list[list[Any]], random: Random) -> None:
    sheet = book.add_worksheet()
    _lay(sheet, rows)
    sheet.autofilter(0, 0, len(rows), len(HEADER) - 1)
    sheet.filter_column(0, f"x == #{random.randrange(1, 4)}")
    for number in range(1, len(rows) + 1):
        sheet.set_row(number, None, None, {"hidden": number != 1})


def _hidden_sheet(book: xlsxwriter.Workbook, rows: list[list[Any]], random: Random) -> None:
    hidden, shown = book.add_worksheet("前月"), book.add_worksheet("注文")
    _lay(hidden, [["#9999", "z@example.jp", "paid", "2026-01-01 10:00:00 +0900", 1, 1, "x", "y", ""]])
    _lay(shown, rows)
    shown.activate()
    shown.set_first_sheet()
    if random.random() < 0.5:
        hidden.hide()
    else:
        hidden.very_hidden()


def _second_sheet(book: xlsxwriter.Workbook, rows: list[list[Any]], random: Random) -> None:
    book.add_worksheet("説明").write(0, 0, "このファイルについて")
    _lay(book.add_worksheet("注文"), rows)


def _twice(book: xlsxwriter.Workbook, rows: list[list[Any]], random: Random) -> None:
    _lay(book.add_worksheet(), [[*row, "", ""] for row in rows], header=[*HEADER, "Tags", "Tags"])


def _unnamed(book: xlsxwriter.Workbook, rows: list[list[Any]], random: Random) -> None:
    _lay(book.add_worksheet(), [["", *row, "メモ"] for row in rows], header=["", *HEADER, ""])


def _vertical_merge(book: xlsxwriter.Workbook, rows: list[list[Any]], random: Random) -> None:
    sheet = book.add_worksheet()
    _lay(sheet, rows)
    turned = book.add_format({"rotation": 270, "bold": True})
    sheet.merge_range(0, len(HEADER), len(rows), len(HEADER), "11月分", turned)


def _shifted(book: xlsxwriter.Workbook, rows: list[list[Any]], random: Random) -> None:
    _lay(book.add_worksheet(), rows, first=random.randrange(4), column=random.randrange(1, 5))


def value(number: int, random: Random) -> Made:
    """Make a sheet with one value as Excel keeps or mangles it, or an order with a date written one of many ways."""
    makers: tuple[Callable[[int, Random], Made], ...] = (_typed, _dated, _serial, _mangled)
    return makers[number % len(makers)](number // len(makers), random)


def _typed(step: int, random: Random) -> Made:
    old = bool(step % 2)
    day = date(random.randrange(1950, 2100), random.randrange(1, 13), random.randrange(1, 29))
    moment = datetime(day.year, day.month, day.day, 13, 45)  # noqa: DTZ001 - a cell knows no zone
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"date_1904": old}) as book:
        sheet = book.add_worksheet()
        forms = ("yyyy/mm/dd", "yyyy/m/d h:mm", "h:mm", "0%", "¥#,##0", '[$-411]ggge"年"m"月"d"日"')
        look = [book.add_format({"num_format": form}) for form in forms]
        sheet.write_datetime(0, 0, day, look[0])
        sheet.write_datetime(0, 1, moment, look[1])
        sheet.write_number(0, 2, 0.5, look[2])
        sheet.write_number(0, 3, 0.25, look[3])
        sheet.write_number(0, 4, 1200, look[4])
        sheet.write_datetime(0, 5, day, look[5])
        sheet.write_boolean(0, 6, step % 3 == 0)
        for column, error in enumerate(("#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?"), 7):
            sheet.write_formula(0, column, "=A1", None, error)
        sheet.write_string(0, 12, "終")
    row = [day, moment, time(12), 0.25, 1200.0, day, step % 3 == 0, "", "", "", "", "", "終"]
    return Made("typed.xlsx", out.getvalue(), rows=[row])


def _dated(step: int, random: Random) -> Made:
    month, day = random.randrange(1, 13), random.randrange(1, 28)
    ways = (
        f"2026-{month:02d}-{day:02d}", f"2026/{month}/{day}", f"2026年{month}月{day}日", f"令和8年{month}月{day}日", f"R8.{month}.{day}",
        f"2026{month:02d}{day:02d}", f"２０２６／{month}／{day}", f"2026.{month:02d}.{day:02d}",
    )  # fmt: skip
    row = ["#1", "a@example.jp", "paid", ways[step % len(ways)], "1,200", "1", "見本商品", "太郎 見本", "9012345678"]
    before = datetime(2026, month, day) - timedelta(hours=9)  # noqa: DTZ001 - midnight in Japan
    content = written([HEADER, row]).encode("cp932")
    return Made("dated.csv", content, orders=[("#1", f"{before:%Y-%m-%d %H:%M}", 1200, "見本 太郎")])


def _serial(step: int, random: Random) -> Made:
    serial = random.randrange(40_000, 47_000)
    old = bool(step % 2)
    if step % 3 == 2:
        cell = f'<table:table-cell office:value-type="date" office:date-value="{date.fromordinal(serial + 693_594)}"/>'
        return Made(
            "serial.ods", ods(f"<table:table-row>{cell}</table:table-row>"), rows=[[date.fromordinal(serial + 693_594)]]
        )
    day = date.fromordinal(serial + (695_056 if old else 693_594))
    return Made("serial.xls", xls([["日付", (serial,)]], first=old), rows=[["日付", day]])


def _mangled(step: int, random: Random) -> Made:
    values: tuple[tuple[Any, Any], ...] = (
        (9_012_345_678, 9_012_345_678.0), (1e10, 1e10), (12_300_001, 12_300_001.0), ("00123", "00123"), ("+819012345678", "+819012345678"),
        ("'090", "'090"), ("TRUE", "TRUE"), ("1E+10", "1E+10"), (-9999, -9999.0), (0.1, 0.1), ("１２３", "１２３"), (" 見本\u00a0", " 見本\u00a0"),
        (2**53, float(2**53)), ("=1+1", "=1+1"), ("　", "　"),
    )  # fmt: skip
    given, expected = values[step % len(values)]
    count = float(random.randrange(1, 9))
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"strings_to_formulas": False}) as book:
        book.add_worksheet().write_row(0, 0, ["番号", given, count])
    return Made("mangled.xlsx", out.getvalue(), rows=[["番号", expected, count]])
