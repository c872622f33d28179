"""Workbooks made by hand, part by part: sound ones to start from, and anything else."""

from __future__ import annotations

import io
import struct
import zipfile
from functools import lru_cache
from xml.sax.saxutils import escape

import xlsxwriter

SHEET_1 = "xl/worksheets/sheet1.xml"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "manifest")
)
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")


@lru_cache(maxsize=64)
def sound(rows: int = 3) -> bytes:
    """Return a workbook of `rows` rows: 見本, number."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        for row in range(rows):
            sheet.write_row(row, 0, ["見本", row])
    return out.getvalue()


def changed(parts: dict[str, bytes | str], drop: tuple[str, ...] = (), rows: int = 3) -> bytes:
    """Return a sound workbook with some of its parts replaced, added or left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sound(rows))) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename not in {*parts, *drop}:
                new.writestr(entry.filename, old.read(entry))
        for name, content in parts.items():
            new.writestr(name, content)
    return out.getvalue()


def sheet(rows: str, before: str = "", after: str = "") -> str:
    """Return a worksheet's XML."""
    return f"<worksheet {MAIN}>{before}<sheetData>{rows}</sheetData>{after}</worksheet>"


def cells(*places: tuple[str, int]) -> str:
    """Return rows with the value 1 at each place."""
    return "".join(f'<row r="{row}"><c r="{column}{row}"><v>1</v></c></row>' for column, row in places)


def inline(place: str, text: str) -> str:
    """Return a cell with its own text."""
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def ods(rows: str, parts: dict[str, str] | None = None, head: str = "") -> bytes:
    """Return an OpenDocument spreadsheet of one sheet."""
    out = io.BytesIO()
    body = f'<office:body><office:spreadsheet><table:table table:name="注文">{rows}</table:table></office:spreadsheet></office:body>'
    listed = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS_TYPE}"/>'
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("mimetype", ODS_TYPE, zipfile.ZIP_STORED)
        made = {
            "META-INF/manifest.xml": f"<manifest:manifest {ODF}>{listed}</manifest:manifest>",
            "content.xml": f"{head}<office:document-content {ODF}>{body}</office:document-content>",
        }
        for name, content in (made | (parts or {})).items():
            book.writestr(name, content)
    return out.getvalue()


def ods_row(*values: object, repeated: int = 1) -> str:
    """Return a row of texts and numbers."""
    made = "".join(
        f'<table:table-cell office:value-type="float" office:value="{value}"/>'
        if isinstance(value, int | float)
        else f'<table:table-cell office:value-type="string"><text:p>{escape(str(value))}</text:p></table:table-cell>'
        for value in values
    )
    again = f' table:number-rows-repeated="{repeated}"' if repeated > 1 else ""
    return f"<table:table-row{again}>{made}</table:table-row>"


def xls(rows: list[list[object]], *, extra: bytes = b"", first: bool = False, beyond: bytes = b"") -> bytes:
    """Return an .xls of Excel 97: texts and numbers. `extra` are records of the book, `beyond` of its sheet, `first` 1904 dates."""
    head = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0)) + extra
    head += _record(0x0022, struct.pack("<H", first))
    for style, form in ((0, 0), (0, 14)):
        head += _record(0x00E0, struct.pack("<HHH", 0, form, style) + bytes(14))
    name = "注文".encode("utf-16-le")
    bound = struct.pack("<HBB", 0, 2, 1) + name
    start = len(head) + 4 + 4 + len(bound) + 4
    head += _record(0x0085, struct.pack("<I", start) + bound) + _record(0x000A, b"")
    body = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    body += xls_size(len(rows), max(map(len, rows), default=0))
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            body += _cell(number, column, value)
    return compound("Workbook", head + body + beyond + _record(0x000A, b""))


def xls_number(row: int, column: int) -> bytes:
    """Return the record of a 1 in an .xls, wherever it is to lie."""
    return _cell(row, column, 1)


def xls_size(rows: int, columns: int) -> bytes:
    """Return the record by which a sheet of an .xls says how large it is."""
    return _record(0x0200, struct.pack("<IIHHH", 0, rows, 0, columns, 0))


def _cell(row: int, column: int, value: object) -> bytes:
    if isinstance(value, tuple):  # a day's serial number, in the style of dates
        return _record(0x0203, struct.pack("<HHHd", row, column, 1, value[0]))
    if isinstance(value, int | float):
        return _record(0x0203, struct.pack("<HHHd", row, column, 0, value))
    text = str(value)
    return _record(0x0204, struct.pack("<HHHHB", row, column, 0, len(text), 1) + text.encode("utf-16-le"))


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def compound(name: str, stream: bytes) -> bytes:
    """Return a compound file (the envelope of .xls) with one stream."""
    stream = stream.ljust(4096, b"\0")
    sectors = -(-len(stream) // 512)
    fats = -(-(sectors + 2) // 126)
    table = [*range(1, sectors), 0xFFFFFFFE, 0xFFFFFFFE, *([0xFFFFFFFD] * fats)]
    table += [0xFFFFFFFF] * (fats * 128 - len(table))
    head = (
        COMPOUND
        + bytes(16)
        + struct.pack(
            "<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, fats, sectors, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0
        )
    )
    head += struct.pack("<109I", *(list(range(sectors + 1, sectors + 1 + fats)) + [0xFFFFFFFF] * (109 - fats)))
    directory = _entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + _entry(name, 2, 0xFFFFFFFF, 0, len(stream)) + bytes(256)
    return head + stream.ljust(sectors * 512, b"\0") + directory + struct.pack(f"<{len(table)}I", *table)


def _entry(name: str, kind: int, inside: int, start: int, size: int) -> bytes:
    written = name.encode("utf-16-le") + b"\0\0"
    none = 0xFFFFFFFF
    links = struct.pack("<HBBIII", len(written), kind, 1, none, none, inside)
    return written.ljust(64, b"\0") + links + bytes(36) + struct.pack("<IQ", start, size)


def xlsb(rows: list[list[object]], *, beyond: tuple[tuple[int, int], ...] = ()) -> bytes:
    """Return a binary workbook of texts and numbers, with a 1 at each row and column of `beyond`."""
    size = struct.pack("<IIII", 0, max(len(rows) - 1, 0), 0, max(map(len, rows), default=1) - 1)
    body = _brt(129) + _brt(148, size) + _brt(145)
    for number, row in enumerate(rows):
        body += _brt(0, struct.pack("<II", number, 0) + bytes(9))
        for column, value in enumerate(row):
            place = struct.pack("<II", column, 0)
            if isinstance(value, int | float):
                body += _brt(5, place + struct.pack("<d", value))
            else:
                text = str(value)
                body += _brt(6, place + struct.pack("<I", len(text)) + text.encode("utf-16-le"))
    for row_number, column in beyond:
        body += _brt(0, struct.pack("<II", row_number, 0) + bytes(9))
        body += _brt(5, struct.pack("<IId", column, 0, 1))
    body += _brt(146) + _brt(130)
    told = struct.pack("<II", 0, 1) + _wide("rId1") + _wide("注文")
    book = _brt(131) + _brt(143) + _brt(156, told) + _brt(144) + _brt(132)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    package = "http://schemas.openxmlformats.org/package/2006"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", f'<Types xmlns="{package}/content-types"/>')
        made.writestr("xl/workbook.bin", book)
        link = f'<Relationship Id="rId1" Type="{kind}" Target="worksheets/sheet1.bin"/>'
        made.writestr(
            "xl/_rels/workbook.bin.rels", f'<Relationships xmlns="{package}/relationships">{link}</Relationships>'
        )
        made.writestr("xl/worksheets/sheet1.bin", body)
    return out.getvalue()


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _brt(kind: int, content: bytes = b"") -> bytes:
    number = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = len(content), b""
    while True:
        length += bytes([size & 0x7F | (0x80 if size > 127 else 0)])
        size >>= 7
        if not size:
            return number + length + content
