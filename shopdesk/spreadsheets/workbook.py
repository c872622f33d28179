"""A workbook for Excel: real numbers and dates, texts that stay texts, a header that stays in sight and filters."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import xlsxwriter

from shopdesk.errors import ShopDeskError
from shopdesk.i18n import _
from shopdesk.spreadsheets.outgoing import LostCharacter, Marked

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from shopdesk.spreadsheets.outgoing import OutColumn, OutRow, Value

MOST_ROWS = 1_048_576
LONGEST_CELL = 32_767
_FORMATS = {"text": "@", "number": "#,##0", "yen": "#,##0", "date": "yyyy-mm-dd", "moment": "yyyy-mm-dd hh:mm:ss"}
_HEADER = {"bold": True, "bg_color": "#E8F0EC", "bottom": 1, "valign": "vcenter"}
_MARKED = {"bg_color": "#FFE4B5"}
_FIRST_DAY = date(1900, 3, 1)
"""Excel counts a 29 February 1900 that never was; days before the day after it come out wrong."""


class TooManyRowsError(ShopDeskError):
    """A sheet of Excel ends before the table does."""

    code = "too_many_rows"


class ExcelFile:
    """Writes one .xlsx file, row by row, with no more than one row in memory."""

    def __init__(self, file: Path, columns: Sequence[OutColumn]) -> None:
        options = {
            "constant_memory": True,
            "tmpdir": str(file.parent),
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "nan_inf_to_errors": True,
        }
        self._book = xlsxwriter.Workbook(str(file), options)
        self._sheet: Any = self._book.add_worksheet("ShopDesk")
        self._columns = columns
        self._row = 0
        self._plain = [self._book.add_format({"num_format": _FORMATS[one.kind]}) for one in columns]
        self._marked = [self._book.add_format({"num_format": _FORMATS[one.kind]} | _MARKED) for one in columns]
        self._days = {kind: self._book.add_format({"num_format": _FORMATS[kind]}) for kind in ("date", "moment")}
        self._dress()

    def _dress(self) -> None:
        header = self._book.add_format(_HEADER)
        for at, one in enumerate(self._columns):
            self._sheet.set_column(at, at, one.width, self._plain[at])
            self._sheet.write_string(0, at, one.title, header)
        self._sheet.freeze_panes(1, 0)
        self._sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{MOST_ROWS}"})  # phones are no mistake

    def add(self, row: OutRow) -> list[LostCharacter]:
        """Write the next row; return where a text was too long for a cell and was cut.

        Raises:
            TooManyRowsError: the sheet is full.
        """
        self._row += 1
        if self._row >= MOST_ROWS:
            raise TooManyRowsError(_("Excel holds 1,048,575 rows. Write a .csv file, or fewer people."))
        lost: list[LostCharacter] = []
        for at, value in enumerate(row):
            if isinstance(value, Marked):
                self._cell(at, value.value, self._marked[at], lost)
            elif value is not None and value != "":
                self._cell(at, value, self._plain[at], lost)
        return lost

    def _cell(self, at: int, value: Value, form: Any, lost: list[LostCharacter]) -> None:
        if value == "":
            self._sheet.write_blank(self._row, at, None, form)
        elif isinstance(value, bool):
            self._sheet.write_boolean(self._row, at, value, form)
        elif isinstance(value, int | float):
            self._sheet.write_number(self._row, at, value, form)
        elif isinstance(value, date):
            self._day(at, value, form if self._columns[at].kind != "text" else self._days[_kind_of(value)])
        else:
            self._text(at, str(value), form, lost)

    def _day(self, at: int, value: date, form: Any) -> None:
        day = value.date() if isinstance(value, datetime) else value
        if day < _FIRST_DAY:
            self._sheet.write_string(self._row, at, value.isoformat(), form)
        else:
            self._sheet.write_datetime(self._row, at, value, form)

    def _text(self, at: int, text: str, form: Any, lost: list[LostCharacter]) -> None:
        shown = f"'{text}" if text.startswith("'") else text  # reading takes one off, as from a .csv
        if len(shown) > LONGEST_CELL:
            lost.append(LostCharacter(self._row + 1, self._columns[at].title, shown[LONGEST_CELL - 1 :][:1], "…"))
            shown = f"{shown[: LONGEST_CELL - 1]}…"
        self._sheet.write_string(self._row, at, shown, form)

    def close(self) -> None:
        """Finish the file: every column can be filtered."""
        if self._columns:
            self._sheet.autofilter(0, 0, max(self._row, 1), len(self._columns) - 1)
        self._book.close()


def _kind_of(day: date) -> str:
    return "moment" if isinstance(day, datetime) else "date"
