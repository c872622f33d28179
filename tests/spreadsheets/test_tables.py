"""Rows come as they are written, whatever kind, encoding and separator the file has."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from shopdesk.spreadsheets import DamagedFileError, UnreadableFileError, open_table

ROWS = [["注文番号", "お名前", "金額"], ["A-1", "見本 太郎", "1200"], ["A-2", "表札 例子", "300"]]
TEXT = "\r\n".join(",".join(row) for row in ROWS) + "\r\n"


@pytest.mark.parametrize(
    ("codec", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("cp932", "cp932"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16"),
        ("utf-16-be", "utf-16"),
        ("euc_jp", "euc-jp"),
        ("iso2022_jp", "iso-2022-jp"),
    ],
)
def test_the_encoding_is_found_from_the_bytes(tmp_path, codec, found):
    path = tmp_path / "注文.csv"
    path.write_bytes(TEXT.encode(codec))
    table = open_table(path)
    assert list(table.rows()) == list(enumerate(ROWS, 1))
    assert (table.encoding, table.lost_characters()) == (found, 0)


def test_the_letters_only_windows_has_are_read(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("名前\n髙橋 﨑①㈱～ｶﾅ\n".encode("cp932"))
    assert [row for _, row in open_table(path).rows()][1] == ["髙橋 﨑①㈱～ｶﾅ"]


def test_japanese_far_down_still_decides_the_encoding(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"id,name\r\n" + b"1,x\r\n" * 200_000 + "2,見本\r\n".encode("cp932"))
    assert open_table(path).encoding == "cp932"


@pytest.mark.parametrize(("name", "mark"), [("a.tsv", "\t"), ("a.txt", "\t"), ("a.csv", ";"), ("wrong.xlsx", ",")])
def test_the_separator_is_found_whatever_the_name(tmp_path, name, mark):
    path = tmp_path / name
    path.write_text(TEXT.replace(",", mark), "utf-8", newline="")
    assert [row for _, row in open_table(path).rows()] == ROWS


def test_a_tab_report_has_no_quotation(tmp_path):
    path = tmp_path / "amazon.txt"
    path.write_text('order-id\tproduct-name\n1\t24" 鍋\n2\t皿\n', "utf-8")
    assert [row for _, row in open_table(path).rows()] == [["order-id", "product-name"], ["1", '24" 鍋'], ["2", "皿"]]


def test_a_cell_may_hold_lines_and_rows_are_numbered_as_excel_does(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('a,b\r\n1,"x\ny"\r\n\r\n2,z\r\n', "utf-8", newline="")
    assert list(open_table(path).rows()) == [(1, ["a", "b"]), (2, ["1", "x\ny"]), (4, ["2", "z"])]


def test_an_unclosed_quotation_does_not_swallow_the_file(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('a,b\r\n1,"x\r\n' + "2,y\r\n" * 20_000, "utf-8", newline="")
    with pytest.raises(DamagedFileError, match=r"row 2 of “a\.csv” is longer than 32,767"):
        list(open_table(path).rows())


def test_a_named_encoding_goes_first_and_must_exist(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(TEXT.encode("cp932"))
    assert open_table(path, "cp932").encoding == "cp932"
    with pytest.raises(UnreadableFileError):
        open_table(path, "no-such-thing")


def test_cells_of_a_workbook_keep_their_kinds_and_places(tmp_path):
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["B3"], sheet["C3"], sheet["D3"] = "x", 1.5, True
    sheet["B4"], sheet["C4"] = datetime(2026, 1, 1), datetime(2026, 1, 1, 10)  # noqa: DTZ001
    book.save(path)
    table = open_table(path)
    assert list(table.rows()) == [
        (3, ["", "x", 1.5, True]),
        (4, ["", date(2026, 1, 1), datetime(2026, 1, 1, 10), ""]),  # noqa: DTZ001
    ]
    assert (table.encoding, table.sheets) == ("xlsx", ("Sheet",))


def test_hidden_sheets_are_left_out_and_a_thousand_blank_rows_end_one(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        hidden, shown = book.add_worksheet("控え"), book.add_worksheet("注文")
        hidden.hide()
        shown.activate()
        shown.set_first_sheet()
        shown.write_row(0, 0, ["a"])
        shown.write_row(900, 0, ["b"])
        shown.write_row(5000, 0, ["c"])
    table = open_table(path)
    assert table.sheets == ("注文",)
    assert [number for number, _ in table.rows()] == [1, 901]


def test_a_long_text_file_is_never_held_whole(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("番号,名前\n".encode() + b"1,x\n" * 300_000)
    rows = open_table(path).rows()
    assert next(rows) == (1, ["番号", "名前"])
    assert sum(1 for _ in rows) == 300_000


def test_a_path_is_all_it_needs():
    with pytest.raises(UnreadableFileError) as refused:
        open_table(Path("no") / "such.csv")
    assert refused.value.code == "file_missing"
