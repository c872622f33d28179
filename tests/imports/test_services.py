"""Services and tills nobody described, and the traps of files that people keep by hand."""

from __future__ import annotations

import csv

import pytest

from shopdesk.imports.reading.files import open_file
from tests.imports.services import services

GRAVE = {"customer.email", "customer.phone", "order.total_yen", "line.total_yen", "line.unit_price_yen"}
LINES = [(300, 2), (350, 1), (400, 3), (500, 1), (120, 4)]
"""Price and pieces of receipts with one line each."""
NAMES = ["見本 太郎", "🌸さくら🌸", '＝HYPERLINK("http://127.0.0.1:9/")', "例 花子様", "架空 次郎（新規）", "雛形 三郎"]


def recognised(folder, names, rows):
    path = folder / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([names, *rows])
    return open_file(path).recognition


def columns(folder, names, rows):
    return {each.column: (each.field, each.asked) for each in recognised(folder, names, rows).columns}


def test_services_and_tills_of_other_words_are_read(tmp_path):
    wrong, count, made = [], 0, list(services())
    for layout in made:
        found = open_file(layout.write(tmp_path)).recognition
        assert found.cart.name == "", layout.name
        for each, (name, truth) in zip(found.columns, layout.columns, strict=True):
            count += 1
            if each.field != truth:
                wrong.append((layout.name, name, truth, each.field, each.asked))
    assert (len(made), count) == (8, 151)
    assert not [one for one in wrong if not one[-1] and {one[2], one[3]} & GRAVE]
    assert len(wrong) <= 0.05 * count, wrong


@pytest.mark.parametrize("heading", ["売上金額", "金額", "合計", "売上"])
@pytest.mark.parametrize("number", [True, False])
def test_an_amount_that_is_as_much_the_lines_as_the_orders_is_asked(tmp_path, heading, number):
    names = ["レシート番号", "会計日時", "商品名", "点数", "売価", heading]
    rows = [[f"10{at}", "2026/11/20 10:00", "塩", qty, yen, qty * yen] for at, (yen, qty) in enumerate(LINES)]
    found = columns(tmp_path, names[not number :], [row[not number :] for row in rows])
    assert found[heading] == ("order.total_yen", True)


def test_where_receipts_have_several_lines_arithmetic_says_which_it_is(tmp_path):
    names = ["レシート番号", "会計日時", "商品名", "点数", "売価", "金額"]
    rows = [[f"10{at // 2}", "2026/11/20 10:00", "塩", qty, yen, qty * yen] for at, (yen, qty) in enumerate(LINES)]
    assert columns(tmp_path, names, rows)["金額"] == ("line.total_yen", False)


@pytest.mark.parametrize(
    "heading", ["お名前（ひらがな）", "お名前（カタカナ）", "氏名（平仮名）", "お名前（カタカナ表記）"]
)
def test_a_name_in_kana_is_no_second_name(tmp_path, heading):
    rows = [["見本 太郎", "みほん たろう", "090-1234-5678"]] * 4
    found = columns(tmp_path, ["お名前", heading, "電話番号"], rows)
    assert (found["お名前"], found[heading]) == (("customer.name", False), ("customer.kana", False))


def test_names_stay_names_whatever_people_call_themselves(tmp_path):
    rows = [[name, f"a{at}@example.jp"] for at, name in enumerate(NAMES)]
    assert columns(tmp_path, ["会員名", "メール"], rows)["会員名"] == ("customer.name", False)
    places = [[f"見本県例示市中央{at}-1-2", f"a{at}@example.jp"] for at in range(6)]
    assert columns(tmp_path, ["会員名", "メール"], places)["会員名"] == ("customer.name", True)


@pytest.mark.parametrize(
    ("cell", "field", "asked"),
    [
        ("2026/11/{}", "order.date", False),
        ("2026-11-{} 10:30", "order.date", False),
        ("A-{}", "order.number", False),
        ("11月{}日", "order.date", True),
    ],
)
def test_a_word_that_is_a_number_or_a_day_is_what_its_cells_say(tmp_path, cell, field, asked):
    rows = [[cell.format(at), "見本 太郎", 500 + at] for at in range(1, 8)]
    assert columns(tmp_path, ["受付", "お名前", "合計金額"], rows)["受付"] == (field, asked)


def people(folder, heading, numbers):
    rows = [[number, f"見本 {number}郎", f"090-1234-{at:04}"] for at, number in enumerate(numbers)]
    return columns(folder, [heading, "お名前", "電話番号"], rows)[heading]


@pytest.mark.parametrize("heading", ["No", "No.", "№", "#", "番号", "連番", "行番号"])
def test_a_running_number_is_nobodys(tmp_path, heading):
    assert people(tmp_path, heading, range(1, 8)) == (None, False)


def test_a_number_that_may_run_is_asked_and_one_that_does_not_is_a_members(tmp_path):
    assert people(tmp_path, "ID", range(1, 8)) == ("customer.member_id", True)
    assert people(tmp_path, "No", range(51, 58)) == ("customer.member_id", True)
    assert people(tmp_path, "No", [10021, 10025, 10400, 10411, 10500]) == ("customer.member_id", False)
    assert people(tmp_path, "会員番号", range(1, 8)) == ("customer.member_id", False)


def test_a_running_number_is_no_order_number(tmp_path):
    rows = [[at, f"2026/11/{at}", "見本 太郎", 500] for at in range(1, 8)]
    found = recognised(tmp_path, ["No", "注文日", "お名前", "合計金額"], rows)
    assert found.columns[0].field is None
    assert (found.kind, found.missing) == ("orders", ("order.number",))


def test_a_greengrocers_own_list_is_asked_about_and_never_read_as_people(tmp_path):
    names = ["No", "受付", "お名前", "でんわ", "品もの", "数", "値段", "金額", "メモ"]
    rows = [[at, f"11月{at}日", "見本さん", f"090-1234-000{at}", "だいこん", at % 3 + 1, 150, 150 * (at % 3 + 1), ""]
            for at in range(1, 8)]  # fmt: skip
    found = recognised(tmp_path, names, rows)
    said = {each.column: (each.field, each.asked) for each in found.columns}
    assert (found.kind, found.asks, found.missing) == ("orders", True, ("order.number",))
    assert (said["受付"], said["金額"]) == (("order.date", True), ("order.total_yen", True))
    assert said["でんわ"] == ("customer.phone", False)
