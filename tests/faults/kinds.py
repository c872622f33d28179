"""F9: files that are something else than their name says, that cannot be opened, or that need a password."""

from __future__ import annotations

import os
import struct
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random

from tests.faults.files import Made
from tests.faults.workbooks import COMPOUND, changed, compound, ods, ods_row, xls, xlsb

ROWS: list[list[object]] = [["注文番号", "金額"], ["A-1", 1200.0]]
PACKAGE = {"[Content_Types].xml": "<Types/>"}


def kind(number: int, random: Random) -> Made:
    """Make a file of another kind; its name is chosen from those that people give it."""
    makers = (*SOUND, *FOREIGN, *CLOSED)
    made = makers[number % len(makers)]()
    if callable(made.content) or made.name.startswith("~$"):
        return made
    name = random.choice(
        [
            "a.xlsx",
            "a.xls",
            "a.csv",
            "名前 'x' \U0001f4e6.xlsx",
            "line\nbreak.xls" if sys.platform != "win32" else "b.xls",
        ]
    )
    return Made(name, made.content, made.rows, made.code, made.says)


def _not_a_table(content: bytes) -> Made:
    return Made("a.xlsx", content + bytes(range(256)) * 4, code="wrong_kind", says="is not a table")


def _markup(content: str, says: str = "web page", codec: str = "utf-8") -> Made:
    return Made("a.xls", content.encode(codec), code="wrong_kind", says=says)


def _zipped(name: str, says: str) -> Made:
    return Made("a.xlsx", changed({name: b"x"}, drop=("xl/workbook.xml", *_PARTS)), code="wrong_kind", says=says)


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(2 << 30)


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _link(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _marked(text: str) -> bytes:
    return compound("WordDocument", text.encode("utf-16-le"))


_PARTS = (
    "xl/worksheets/sheet1.xml",
    "xl/styles.xml",
    "xl/sharedStrings.xml",
    "xl/theme/theme1.xml",
    "xl/_rels/workbook.xml.rels",
)
_2003 = '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
_FILEPASS = struct.pack("<HHH", 0x002F, 6, 1) + bytes(4)
_MANIFEST = "<manifest:manifest xmlns:manifest='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'><manifest:encryption-data/></manifest:manifest>"
SOUND: tuple[Callable[[], Made], ...] = (
    lambda: Made("a.xls", xls(ROWS), ROWS),
    lambda: Made("a.xlsb", xlsb(ROWS), ROWS),
    lambda: Made("a.ods", ods("".join(ods_row(*row) for row in ROWS)), ROWS),
    lambda: Made("a.xlsm", changed({"xl/vbaProject.bin": b"macro"}), [["見本", n] for n in range(3)]),
    lambda: Made("a.xlsx", "注文番号,金額\nA-1,1200\n".encode("cp932"), [["注文番号", "金額"], ["A-1", "1200"]]),
    lambda: Made("a.xls", "注文番号\t金額\nA-1\t1200\n".encode("utf-16"), [["注文番号", "金額"], ["A-1", "1200"]]),
)
FOREIGN: tuple[Callable[[], Made], ...] = (
    *(
        partial(_not_a_table, head)
        for head in (b"%PDF-1.7\n", b"MZ", b"\x7fELF", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"\x1f\x8b\x08")
    ),
    partial(_markup, "<html><table><tr><td>1</td></tr></table></html>"),
    partial(_markup, "\ufeff <!DOCTYPE html><html></html>"),
    partial(_markup, "<html><table></table></html>", codec="utf-16"),
    partial(_markup, _2003, "XML table of Excel 2003"),
    partial(_zipped, "word/document.xml", "is an archive"),
    partial(_zipped, "Index/Document.iwa", "Numbers"),
    lambda: Made("a.xls", b"\x09\x08\x08\x00\x00\x05\x10\x00" + bytes(200), code="wrong_kind", says="before 1997"),
    lambda: Made("a.xls", b"\x09\x00\x04\x00\x02\x00\x10\x00" + bytes(200), code="wrong_kind", says="before 1997"),
    lambda: Made("a.doc", _marked("text"), code="wrong_kind", says="without a table"),
)
CLOSED: tuple[Callable[[], Made], ...] = (
    lambda: Made("a.xlsx", b"", code="empty"),
    lambda: Made("a.csv", b"\xef\xbb\xbf\r\n\t \x1a", code="empty"),
    lambda: Made("a.xls", bytes(4096), code="empty"),
    lambda: Made("big.xlsx", _sparse, code="too_large", says="larger than 512 MB"),
    lambda: Made("~$注文.xlsx", b"\x05owner", code="file_locked", says="“注文.xlsx”"),
    lambda: Made("folder.xlsx", Path.mkdir, code="wrong_kind", says="is a folder"),
    lambda: Made("pipe.csv", _pipe, code="wrong_kind", says="is a device or a pipe"),
    lambda: Made("zero.csv", _link, code="wrong_kind", says="is a device or a pipe"),
    lambda: Made("a.xlsx", compound("EncryptedPackage", b"x" * 5000), code="password", says="has a password"),
    lambda: Made("a.xls", xls(ROWS, extra=_FILEPASS), code="password", says="has a password"),
    lambda: Made(
        "a.ods", ods(ods_row(1), {"META-INF/manifest.xml": _MANIFEST}), code="password", says="has a password"
    ),
    lambda: Made(
        "a.xls",
        COMPOUND + bytes(512) + "DataSpaces DRMEncryptedTransform".encode("utf-16-le"),
        code="password",
        says="rights management",
    ),
)
