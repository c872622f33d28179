"""A row in the middle that ends too early is named and its order left alone; trailing blanks that a program left out are blanks."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from shopdesk.errors import ShopDeskError
from tests.imports.contents import everything

DATA = Path(__file__).parents[1] / "data" / "carts"
HEAD = "注文番号,注文日,お名前,メール,商品名,数量,単価,合計金額,備考"
LINES = [
    "A-1,2026-11-01,見本 花子,a@example.jp,塩,1,500,1100,",
    "A-1,2026-11-01,見本 花子,a@example.jp,茶,1,600,1100,",
    "A-2,2026-11-02,架空 次郎,b@example.jp,塩,2,500,1000,急ぎ",
    "A-3,2026-11-03,例 三郎,c@example.jp,茶,1,600,600,",
    "A-4,2026-11-04,例 四郎,d@example.jp,茶,2,600,1200,",
]


def write(path, lines, head=HEAD):
    path.write_text("\r\n".join([head, *lines, ""]), encoding="utf-8")
    return path


def cut(at, kept):
    """The lines with one of them keeping only its first so many letters."""
    return [line[:kept] if number == at else line for number, line in enumerate(LINES)]


@pytest.mark.parametrize(
    "kept", ["A-1,2026-11", "A-1,2026-11-01,見本 花子,a@exam", "A-1,2026-11-01,見本 花子,a@example.jp,茶,1"]
)
def test_a_row_cut_in_the_middle_takes_no_line_away(shop, tmp_path, kept):
    shop.imports.run([write(tmp_path / "a.csv", LINES)])
    before = everything(shop)
    report = shop.imports.run([write(tmp_path / "b.csv", [LINES[0], kept, *LINES[2:]])])
    assert [(one.row, one.value, one.row_lost) for one in report.problems] == [(3, "A-1", True)]
    assert "ends too early" in report.problems[0].message
    assert (report.orders.new, report.orders.updated, report.orders.unchanged) == (0, 0, 3)
    assert everything(shop) == before


def test_the_order_comes_back_whole_through_the_workbook(sqlite_shop, tmp_path):
    file, target = write(tmp_path / "a.csv", cut(1, 30)), tmp_path / "check.xlsx"
    assert sqlite_shop.imports.run([file]).orders.new == 3
    assert sqlite_shop.imports.save_corrections([file], target) == (target,)
    book = openpyxl.load_workbook(target)
    rows = list(book.active.iter_rows(min_row=2, max_col=1, values_only=True))
    assert rows == [("A-1",), ("A-1",)]
    for column, value in enumerate(LINES[1].split(","), 1):
        book.active.cell(3, column, value)
    book.save(target)
    report = sqlite_shop.imports.run([target])
    assert (report.orders.new, report.lines, report.problems) == (1, 2, ())


def test_a_row_cut_before_its_number_loses_the_order_it_may_belong_to(sqlite_shop, tmp_path):
    head = "商品名,数量,単価,注文番号,注文日,合計金額"
    lines = ["塩,1,500,A-1,2026-11-01,1100", "茶,1", "塩,2,500,A-2,2026-11-02,1000", "茶,1,600,A-3,2026-11-03,600"]
    report = sqlite_shop.imports.run([write(tmp_path / "a.csv", lines, head)])
    assert (report.orders.new, [one.row for one in report.problems]) == (2, [3])


def test_trailing_blanks_that_were_left_out_are_blanks(sqlite_shop, tmp_path):
    lines = [*LINES[:2], LINES[2].removesuffix(",急ぎ"), *(line.removesuffix(",") for line in LINES[3:])]
    report = sqlite_shop.imports.run([write(tmp_path / "a.csv", lines)])
    assert (report.orders.new, report.problems) == (4, ())


def test_a_run_of_short_rows_is_no_accident(sqlite_shop, tmp_path):
    people = [f"{n},見本 {n}郎,p{n}@example.jp" for n in range(300)] + [f"{n},見本 {n}郎" for n in range(300, 316)]
    report = sqlite_shop.imports.run([write(tmp_path / "a.csv", people, "会員番号,氏名,メールアドレス")])
    assert (report.new_customers, report.problems) == (316, ())


def test_a_file_whose_way_is_short_rows_is_read(sqlite_shop, tmp_path):
    people = [f"{n},見本 {n}郎" + (f",p{n}@example.jp" if n % 3 else "") for n in range(12)]
    report = sqlite_shop.imports.run([write(tmp_path / "a.csv", people, "会員番号,氏名,メールアドレス")])
    assert (report.new_customers, report.problems) == (12, ())


def test_a_person_whose_row_is_cut_is_left_out(sqlite_shop, tmp_path):
    people = [f"{n},見本 {n}郎,p{n}@example.jp" for n in range(9)]
    people[4] = "4,見"
    report = sqlite_shop.imports.run([write(tmp_path / "a.csv", people, "会員番号,氏名,メールアドレス")])
    assert (report.new_customers, [(one.row, one.row_lost) for one in report.problems]) == (8, [(6, True)])


def test_goods_cut_in_their_own_file_leave_their_order_alone(sqlite_shop, tmp_path):
    goods = tmp_path / "yahoo-items.csv"
    lines = (DATA / goods.name).read_bytes().splitlines(keepends=True)
    lines[2] = b",".join(lines[2].split(b",")[:3]) + b"\r\n"
    goods.write_bytes(b"".join(lines))
    whole = sqlite_shop.imports.run([DATA / "yahoo-orders.csv", DATA / goods.name])
    before = everything(sqlite_shop)
    report = sqlite_shop.imports.run([DATA / "yahoo-orders.csv", goods])
    assert report.orders.unchanged == whole.orders.new - 1
    assert [(one.file, one.row, one.value) for one in report.problems] == [(goods.name, 3, "10000001")]
    assert everything(sqlite_shop) == before


def test_a_file_is_refused_where_other_rows_of_the_order_went_by(sqlite_shop, tmp_path):
    lines = [LINES[0], LINES[2], LINES[1][:30], LINES[3]]
    with pytest.raises(ShopDeskError) as refused:
        sqlite_shop.imports.run([write(tmp_path / "a.csv", lines)])
    assert refused.value.code == "damaged"
