"""Broken, protected, mislabelled and hostile files: one sentence each, before anything parses them."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
import xlsxwriter

from shopdesk.spreadsheets import UnreadableFileError, open_table
from shopdesk.spreadsheets.kinds import Kind, kind_of, locked

SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)
STRINGS = (
    '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="{0}" uniqueCount="{0}">'
    "<si><t>x</t></si></sst>"
)


def workbook(rows=3):
    """The bytes of a sound little workbook."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        for row in range(rows):
            sheet.write_row(row, 0, ["見本", row])
    return out.getvalue()


def changed(parts, drop=()):
    """A sound workbook with some of its parts replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook())) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename not in {*parts, *drop}:
                new.writestr(entry.filename, old.read(entry))
        for name, content in parts.items():
            new.writestr(name, content)
    return out.getvalue()


def cells(*places):
    return SHEET.format("".join(f'<row r="{row}"><c r="{column}{row}"><v>1</v></c></row>' for column, row in places))


SHEET_1 = "xl/worksheets/sheet1.xml"
FILES = {
    "empty.xlsx": (b"", "empty", "is empty"),
    "blank.csv": (b"\r\n \t\r\n", "empty", "is empty"),
    "cut.xlsx": (workbook()[:3000], "damaged", "damaged or cut short"),
    "page.xls": (b"<html><table><tr><td>1</td></tr></table></html>", "wrong_kind", "web page with an Excel name"),
    "page2.xls": (b"\xef\xbb\xbf<?xml version='1.0'?><Workbook/>", "wrong_kind", "web page with an Excel name"),
    "photo.xlsx": (b"\x89PNG\r\n\x1a\n" + bytes(100), "wrong_kind", "is not a table"),
    "paper.csv": (b"%PDF-1.7 ...", "wrong_kind", "is not a table"),
    "program.csv": (b"MZ" + bytes(range(256)), "wrong_kind", "is not a table"),
    "noise.csv": (bytes(range(256)) * 8, "wrong_kind", "is not a table"),
    "secret.xlsx": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
        "password",
        "has a password. Save it without one in Excel",
    ),
    "rights.xlsx": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "DataSpaces DRMEncryptedTransform".encode("utf-16-le"),
        "password",
        "rights management",
    ),
    "letter.doc": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"),
        "wrong_kind",
        "without a table",
    ),
    "old.xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "damaged", "damaged"),
    "sparse.xlsx": (changed({SHEET_1: cells(("A", 1), ("XFD", 1048576))}), "too_large", "fill the memory"),
    "wide.xlsx": (changed({SHEET_1: cells(*[("A", n) for n in range(1, 50_001)], ("XFD", 1))}), "too_large", "fill"),
    "counted.xlsx": (changed({"xl/sharedStrings.xml": STRINGS.format(4_000_000_000)}), "too_large", "fill the memory"),
    "bomb.xlsx": (changed({SHEET_1: SHEET.format(" " * 30_000_000)}), "too_large", "fill the memory"),
    "long.xlsx": (
        changed(
            {SHEET_1: SHEET.format(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"見" * 32_768}</t></is></c></row>')}
        ),
        "too_large",
        "longer than 32,767 characters",
    ),
    "parts.xlsx": (changed({f"xl/media/{n}.txt": b"" for n in range(2_001)}), "too_large", "fill the memory"),
    "xml.xlsx": (changed({"xl/workbook.xml": b"<workbook"}), "damaged", "damaged"),
    "no-sheet.xlsx": (changed({}, drop=[SHEET_1]), "damaged", "damaged"),
}


@pytest.mark.parametrize("name", FILES)
def test_it_is_refused_with_its_sentence(tmp_path, name):
    content, code, sentence = FILES[name]
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadableFileError) as refused:
        list(open_table(path).rows())
    assert refused.value.code == code
    assert sentence in refused.value.message
    assert name in refused.value.message
    assert path.read_bytes() == content


def test_an_archive_that_is_no_workbook_is_named_so(tmp_path):
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("orders.csv", "a,b")
    with pytest.raises(UnreadableFileError, match="Unpack it"):
        open_table(path)


def test_encrypted_parts_are_a_password(tmp_path):
    content = bytearray(workbook())
    place = content.rfind(b"PK\x01\x02")
    content[place + 8] |= 1
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    with pytest.raises(UnreadableFileError) as refused:
        open_table(path)
    assert refused.value.code == "password"


def test_a_size_that_lies_does_not_hide_a_bomb(tmp_path):
    content = bytearray(changed({SHEET_1: SHEET.format(" " * 30_000_000)}))
    place = content.rfind(b"PK\x01\x02")
    struct.pack_into("<I", content, place + 24, 1000)
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    with pytest.raises(UnreadableFileError):
        open_table(path)


def test_a_file_cut_anywhere_is_refused_or_read_but_never_fails_otherwise(tmp_path):
    whole = workbook(50)
    path = tmp_path / "a.xlsx"
    for part in range(40):
        path.write_bytes(whole[: len(whole) * part // 40])
        with pytest.raises(UnreadableFileError):
            list(open_table(path).rows())


def test_what_excel_keeps_open_is_said_so(tmp_path, monkeypatch):
    path = tmp_path / "注文一覧.xlsx"
    path.write_bytes(workbook())

    def refuse(*_args, **_kwargs):
        raise PermissionError(13, "locked")

    monkeypatch.setattr(type(path), "open", refuse)
    with pytest.raises(UnreadableFileError) as refused:
        kind_of(path)
    assert refused.value.message == "“注文一覧.xlsx” is still open in Excel. Close it there, then drop it again."
    assert refused.value.code == locked(path).code == "file_locked"


def test_the_longest_cell_excel_can_hold_is_read(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write(0, 0, "見" * 32_767)
    assert [len(row[0]) for _, row in open_table(path).rows()] == [32_767]


def test_a_folder_and_a_sound_file_with_a_wrong_name(tmp_path):
    with pytest.raises(UnreadableFileError):
        kind_of(tmp_path)
    path = tmp_path / "orders.csv"
    path.write_bytes(workbook())
    assert kind_of(path) is Kind.XLSX
    assert len(list(open_table(path).rows())) == 3
