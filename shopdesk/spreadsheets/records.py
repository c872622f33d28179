"""How far out the cells of binary workbooks lie: their records are walked once, before anything lays them out.

A record of .xls is a kind, a length and its content ([MS-XLS]); in .xlsb kind and length are numbers of one byte or
several ([MS-XLSB]). What a sheet says of its own size is believed by the reader of .xls, so it counts as well.
"""

from __future__ import annotations

import struct
from mmap import ACCESS_READ, mmap
from typing import TYPE_CHECKING

from shopdesk.spreadsheets.compound import Compound

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_DIMENSIONS = 0x0200
_ONE_CELL = frozenset({0x0006, 0x00D6, 0x00FD, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E})
_CELLS = frozenset({0x00BD, 0x00BE})
"""Several cells beside each other: the last column stands at the record's end."""
_ROW = 0
_LAST_CELL, _RICH_CELL = 11, 62
_LAST_ROW = 1_048_575
"""The reader ends a sheet of .xlsb at a row beyond."""
_HEAD = struct.Struct("<HH").unpack_from
_NUMBER = struct.Struct("<I").unpack_from
_SHORT = struct.Struct("<H").unpack_from
_SIZE = struct.Struct("<IIHH").unpack_from


def xls_cells(path: Path) -> int:
    """Return how many cells the largest block of an .xls would have; 0 where the file is not put together as one."""
    try:
        with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
            return max((_xls_block(one) for one in Compound(data).streams(("Workbook", "Book"))), default=0)
    except (ValueError, struct.error):
        return 0


def _xls_block(pieces: Iterable[bytes]) -> int:
    row = column = said = 0
    rest = b""
    for piece in pieces:
        data, at = rest + piece, 0
        while at + 4 <= len(data):
            kind, size = _HEAD(data, at)
            following = at + 4 + size
            if following > len(data):
                break
            if kind in _ONE_CELL or kind in _CELLS:
                in_row, in_column = _HEAD(data, at + 4)
                in_column = _SHORT(data, following - 2)[0] if kind in _CELLS else in_column
                row, column = max(row, in_row), max(column, in_column)
            elif kind == _DIMENSIONS and size >= 12:  # noqa: PLR2004 - those of Excel 97 and later
                first_row, last_row, first, last = _SIZE(data, at + 4)
                said = max(said, (last_row - first_row + 1) * (last - first + 1))
            at = following
        rest = data[at:]
    return max(said, (row + 1) * (column + 1))


class BinarySheet:
    """The bounds of one sheet of an .xlsb, seen block by block."""

    def __init__(self) -> None:
        self._row = self._column = 0
        self._rest = b""

    def see(self, block: bytes) -> None:
        """Take in the next block."""
        data, at = self._rest + block, 0
        while True:
            try:
                kind, place = _varying(data, at, 2)
                size, place = _varying(data, place, 4)
            except IndexError:
                break
            if place + size > len(data):
                break
            if kind == _ROW and size >= 4:  # noqa: PLR2004 - its number
                self._row = max(self._row, min(_NUMBER(data, place)[0], _LAST_ROW))
            elif (kind <= _LAST_CELL or kind == _RICH_CELL) and size >= 4:  # noqa: PLR2004 - its column
                self._column = max(self._column, _NUMBER(data, place)[0])
            at = place + size
        self._rest = data[at:]

    def cells(self) -> int:
        """Return the size of the block from A1 to the farthest cell."""
        return (self._row + 1) * (self._column + 1)


def _varying(data: bytes, at: int, most: int) -> tuple[int, int]:
    """Return a number of at most so many bytes, seven bits in each, and where it ends."""
    number = 0
    for shift in range(0, 7 * most, 7):
        byte = data[at]
        at += 1
        number |= (byte & 0x7F) << shift
        if byte < 0x80:  # noqa: PLR2004 - the last one
            break
    return number, at
