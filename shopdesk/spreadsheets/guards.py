"""What is refused before a workbook is parsed: calamine aborts its process on some files of two kilobytes."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from html import unescape
from itertools import pairwise
from typing import IO, TYPE_CHECKING

from shopdesk.i18n import _
from shopdesk.spreadsheets.errors import TooLargeError, UnsafeFileError
from shopdesk.spreadsheets.kinds import damaged, protected
from shopdesk.spreadsheets.records import BinarySheet, xls_cells

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

MOST_ENTRIES = 2_000
MOST_UNPACKED = 200 * 1024 * 1024
MOST_RATIO = 200
SMALLEST_BOMB = 1024 * 1024
"""Below this an entry may shrink as well as it likes: blank sheets do."""
MOST_CELLS = 10_000_000
"""Calamine lays a sheet out as one dense block; 100,000 rows of the widest cart are 8 million cells."""
BLANK_ROWS_END = 1_000
"""So many blank rows in a row end a sheet: a styled sheet can be a million rows of nothing."""
LONGEST_CELL = 32_767
"""Excel's own limit for one cell."""

_BLOCK = 1 << 20
_EXACT = 2 * _BLOCK
_SAMPLE = 1 << 16
_WINDOW = 1 << 14
# Each begins with a literal, which the engine searches ten times faster: 186 MB of sheet in 0.2 s.
_CELL = re.compile(rb' r="([A-Z]{1,3})(\d{1,7})"')
_ROW_OR_FAR_CELL = re.compile(rb' r="([A-Z]{3})?(\d{1,9})"')
_UNIQUE = re.compile(rb'(?:uniqueCount|count)="(\d+)"')
_REPEATED = re.compile(rb'<table:table-cell [^>]*number-columns-repeated="\d{5,}"[^>]*>')
_REPEATED_ROWS = re.compile(
    rb'<table:table-row [^>]*number-rows-repeated="(\d{4,})"[^>]*>(.{0,4096}?)</table:table-row>', re.DOTALL
)
_DECLARATION = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_SHORTEST_STRING = 4  # <si/> less its slash
_MOST_STRINGS = 1_000_000
"""So many texts may be claimed without proof: the room for them is 24 MB."""


def check_archive(path: Path) -> None:
    """Read the whole archive once, counting, before anything parses it.

    Raises:
        TooLargeError: too many parts, too much unpacked, or cells so far out that the block would not fit.
        UnsafeFileError: parts lie over each other, outside the archive, twice, or declare entities.
        PasswordProtectedError: parts of the archive are encrypted.
        DamagedFileError: the archive is broken.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if any(entry.flag_bits & 1 for entry in entries):
                raise protected(path)
            if len(entries) > MOST_ENTRIES:
                raise _hostile(path)
            if _tangled(entries):
                raise _unsafe(path)
            unpacked = 0
            for entry in entries:
                with archive.open(entry) as part:
                    unpacked += _count(path, entry, part, MOST_UNPACKED - unpacked)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, struct.error) as error:
        raise damaged(path) from error


def check_compound(path: Path) -> None:
    """Look over an old .xls before anything lays its cells out.

    Raises:
        TooLargeError: its cells lie so far out, or are said to, that the block would not fit.
    """
    if xls_cells(path) > MOST_CELLS:
        raise _hostile(path)


def _count(path: Path, entry: zipfile.ZipInfo, part: IO[bytes], left: int) -> int:
    size, bounds, binary, strings = 0, _Bounds(), BinarySheet(), 0
    sheet, binary_sheet = (
        "worksheets/" in entry.filename.lower() and entry.filename.lower().endswith(ending)
        for ending in (".xml", ".bin")
    )
    content = entry.filename == "content.xml"
    strings_part = "sharedstrings" in entry.filename.lower() and entry.filename.lower().endswith(".xml")
    for block in _blocks(part):
        if size == 0 and _DECLARATION.search(block[:_SAMPLE]) and entry.filename.lower().endswith((".xml", ".rels")):
            raise _unsafe(path)
        if size == 0 and strings_part:
            strings = max((int(number) for number in _UNIQUE.findall(block[:_SAMPLE])), default=0)
        size += len(block)
        if size > left:
            raise _unpacked(path)
        if size > SMALLEST_BOMB and size > MOST_RATIO * max(1, entry.compress_size):
            raise _hostile(path)
        if (sheet or strings_part or content) and _has_long_cell(block):
            sentence = _("“{file}” has a cell longer than 32,767 characters, which Excel cannot hold. Export it again.")
            raise TooLargeError(sentence.format(file=path.name))
        if sheet:
            bounds.see(block, exact=size <= _EXACT)
        elif binary_sheet:
            binary.see(block)
        elif content and _repeats(block):
            raise _hostile(path)
    if max(bounds.cells(), binary.cells()) > MOST_CELLS or _claims_too_many(strings, size):
        raise _hostile(path)
    return size


def _claims_too_many(strings: int, size: int) -> bool:
    """The count of texts is room calamine sets aside; it is believed as far as the part could hold them."""
    return strings > max(size // _SHORTEST_STRING, _MOST_STRINGS)


def _repeats(block: bytes) -> bool:
    """Say whether a filled cell or row is to be repeated out of all measure; blank ones are, to the sheet's edge."""
    cells = (tag for tag in _REPEATED.findall(block) if b"office:value" in tag)
    rows = (row for row in _REPEATED_ROWS.finditer(block) if b"office:value" in row[2])
    return any(cells) or any(int(row[1]) > BLANK_ROWS_END for row in rows)


def _tangled(entries: Sequence[zipfile.ZipInfo]) -> bool:
    """Say whether parts have one name, one place, or a place outside; nothing is ever unpacked to disk all the same."""
    names = [entry.filename for entry in entries]
    ordered = sorted(entries, key=lambda entry: entry.header_offset)
    overlap = any(one.header_offset + one.compress_size > other.header_offset for one, other in pairwise(ordered))
    return overlap or len(set(names)) != len(names) or any(".." in re.split(r"[/\\]", name) for name in names)


def _has_long_cell(block: bytes) -> bool:
    """Look for a stretch without a tag: one that long covers a whole window, so most bytes are never looked at."""
    for start in range(0, len(block), _WINDOW):
        if block.find(b"<", start, start + _WINDOW) < 0:
            end = block.find(b"<", start)
            stretch = block[block.rfind(b">", 0, start) + 1 : end if end >= 0 else len(block)]
            if len(unescape(stretch.decode("utf-8", "ignore"))) > LONGEST_CELL and stretch.strip():
                return True
    return False


def _blocks(part: IO[bytes]) -> Iterator[bytes]:
    while block := part.read(_BLOCK):
        yield block


class _Bounds:
    """How far out the cells of a sheet lie, whatever its dimension says."""

    def __init__(self) -> None:
        self._row = self._column = 1
        self._rest = b""

    def see(self, block: bytes, *, exact: bool) -> None:
        """Take in the next block; beyond the first 2 MB cells are sampled, rows and far columns still all seen."""
        block = self._rest + block
        self._rest = block[-64:]
        near = set(_CELL.findall(block if exact else block[:_SAMPLE]))
        columns, rows = zip(*near, *_ROW_OR_FAR_CELL.findall(block), (b"A", b"1"), strict=True)
        self._row = max(self._row, *map(int, set(rows)))
        self._column = max(self._column, *map(_number, set(columns)))

    def cells(self) -> int:
        """Return the size of the block from A1 to the farthest cell."""
        return self._row * self._column


def _number(column: bytes) -> int:
    number = 0
    for letter in column:
        number = number * 26 + letter - 64
    return number


def _hostile(path: Path) -> TooLargeError:
    sentence = _(
        "“{file}” is built so that opening it would fill the memory. Export it again, or save it as .csv in Excel."
    )
    return TooLargeError(sentence.format(file=path.name))


def _unpacked(path: Path) -> TooLargeError:
    sentence = _(
        "“{file}” unpacks to more than 200 MB. Export a shorter period, or save it as .csv in Excel, which has no such limit."
    )
    return TooLargeError(sentence.format(file=path.name))


def _unsafe(path: Path) -> UnsafeFileError:
    sentence = _(
        "“{file}” is put together in a way no export is, so it was not opened. Open it in Excel and save it again as .xlsx."
    )
    return UnsafeFileError(sentence.format(file=path.name))
