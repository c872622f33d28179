"""A column that says by itself whether an order was cancelled: by a mapping, and by its name in a file of no known cart."""

from __future__ import annotations

import csv
from datetime import date

import pytest

from shopdesk.imports.mapping import Mapping
from shopdesk.imports.reading.cancelling import called_off
from shopdesk.imports.reading.files import open_file
from shopdesk.imports.reading.neutral import NeutralOrder, Problem
from shopdesk.imports.reading.orders import read_orders

NAMES = ["注文番号", "注文日", "メール", "商品名", "数量", "合計金額"]
YES = [
    "キャンセル",
    "1",
    1.0,
    "yes",
    "はい",
    "true",
    True,
    "○",
    "2026/11/22",
    date(2026, 11, 22),
    "キャンセル済み",
    "取消",
    "有",
]
NO = ["0", 0.0, "no", "いいえ", "", "-", "false", "×", "なし", "通常", "0000-00-00 00:00:00", "キャンセルなし"]


def orders(path, heading, cells, mapping=None):
    """Read orders of one row each, the last column with these cells under this heading."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = [[f"Q{n}", "2026/11/01", f"q{n}@example.jp", "茶", 1, 1000, cell] for n, cell in enumerate(cells)]
        csv.writer(file).writerows([[*NAMES, heading], *rows])
    opened = open_file(path, mapping=mapping)
    assert not opened.recognition.asks
    read = list(read_orders([opened]))
    return [one.cancelled for one in read if isinstance(one, NeutralOrder)], [
        one for one in read if isinstance(one, Problem)
    ]


@pytest.mark.parametrize(
    ("heading", "yes", "no"),
    [
        ("キャンセル", "キャンセル", ""),
        ("キャンセル", "1", "0"),
        ("キャンセルフラグ", "1", "0"),
        ("キャンセル日", "2026/11/22", ""),
        ("キャンセル日時", "2026-11-22 10:00:00", "0000-00-00 00:00:00"),
        ("Cancelled at", "2026-11-22T10:00:00Z", ""),
        ("取消", "取消", "-"),
        ("注文キャンセル", "○", "×"),
        ("注文状況", "キャンセル済", "完了"),
    ],
)
def test_a_column_of_no_known_cart_that_says_cancelled_is_believed(tmp_path, heading, yes, no):
    said = [yes if n % 5 == 0 else no for n in range(30)]
    assert orders(tmp_path / "a.csv", heading, said) == ([n % 5 == 0 for n in range(30)], [])


@pytest.mark.parametrize("word", ["order.cancelled", "order.status"])
def test_a_column_that_a_person_maps_to_it_is_believed(tmp_path, word):
    mapping = Mapping({"あれ": word})
    assert orders(tmp_path / "a.csv", "あれ", ["キャンセル", "", "キャンセル済"], mapping)[0] == [True, False, True]


def test_every_way_to_write_it_is_read():
    assert [cell for cell in YES if called_off(cell) is not True] == []
    assert [cell for cell in NO if called_off(cell) is not False] == []


def test_a_cell_that_says_neither_is_named_and_the_order_counts(tmp_path):
    mapping = Mapping({"キャンセル": "order.cancelled"})
    found, problems = orders(tmp_path / "a.csv", "キャンセル", ["一部キャンセル", "はい"], mapping)
    assert found == [False, True]
    assert [(one.row, one.column, one.value) for one in problems] == [(2, "キャンセル", "一部キャンセル")]


def test_an_order_of_which_only_some_goods_were_called_off_counts(tmp_path):
    path = tmp_path / "a.csv"
    rows = [["1", "2026/11/01", "a@example.jp", goods, 1, 900, off] for goods, off in (("茶", "1"), ("碗", "0"))]
    rows += [["2", "2026/11/01", "a@example.jp", goods, 1, 900, off] for goods, off in (("茶", "1"), ("碗", ""))]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([[*NAMES, "キャンセル"], *rows])
    assert [one.cancelled for one in read_orders([open_file(path)])] == [False, True]
