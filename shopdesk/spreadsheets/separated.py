"""Comma separated text as Excel in Japan opens it: cp932, or UTF-8 with a mark; CRLF. Tab separated text for those who want it."""

from __future__ import annotations

import csv
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

from shopdesk.spreadsheets.outgoing import LostCharacter, Marked, harmless

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from shopdesk.spreadsheets.outgoing import OutColumn, OutRow, Value

Separator = Literal[",", "\t"]
MISSING = "〓"
"""Printers' sign for a letter that is not in the case: plain to see, and in every Japanese encoding."""
# Letters that cp932 has under another number only: to the eye they are the same.
_TWINS = dict(zip("〜−‖—¢£¬", "～－∥―￠￡￢", strict=True))


class SeparatedText:
    """Writes one text file, row by row."""

    def __init__(
        self, file: Path, columns: Sequence[OutColumn], encoding: str, *, bom: bool, separator: Separator = ","
    ) -> None:
        self._columns = columns
        self._encoding = encoding
        self._row = 1
        name = "utf-8-sig" if encoding == "utf-8" and bom else encoding
        self._file = file.open("w", encoding=name, newline="")
        self._tabbed = separator == "\t"
        if self._tabbed:
            self._writer = csv.writer(
                self._file, delimiter="\t", lineterminator="\r\n", quoting=csv.QUOTE_NONE, quotechar=None
            )
        else:
            self._writer = csv.writer(self._file, lineterminator="\r\n")
        self._writer.writerow([self._held(one.title, one.title, []) for one in columns])

    def add(self, row: OutRow) -> list[LostCharacter]:
        """Write the next row and return what of it the encoding lacks."""
        self._row += 1
        lost: list[LostCharacter] = []
        texts = [_text(value) for value in row]
        if self._tabbed:
            texts = [_unquoted(text) for text in texts]
        if self._encoding != "utf-8":
            texts = [self._held(text, one.title, lost) for text, one in zip(texts, self._columns, strict=True)]
        self._writer.writerow(texts)
        return lost

    def close(self) -> None:
        """Finish the file."""
        self._file.close()

    def _held(self, text: str, column: str, lost: list[LostCharacter]) -> str:
        if _comes_back(text, self._encoding):
            return text
        return "".join(self._character(one, column, lost) for one in text)

    def _character(self, one: str, column: str, lost: list[LostCharacter]) -> str:
        if _comes_back(one, self._encoding):
            return one
        written = _TWINS.get(one, MISSING)
        lost.append(LostCharacter(self._row, column, one, written))
        return written


def _comes_back(text: str, encoding: str) -> bool:
    """Python's cp932 takes a few letters that it gives back as their twins: those count as lost too."""
    try:
        return text.encode(encoding).decode(encoding) == text
    except UnicodeError:
        return False


def _unquoted(text: str) -> str:
    """A text for a file without quotation marks around cells: on one line, and not beginning as if it had them."""
    line = " ".join(text.split()) if any(one in text for one in "\t\r\n") else text
    return f"'{line}" if line.startswith('"') else line


def _text(value: Value) -> str:
    if isinstance(value, Marked):
        return _text(value.value)
    if isinstance(value, str):
        return harmless(value)
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    return value.isoformat() if isinstance(value, date) else str(value)
