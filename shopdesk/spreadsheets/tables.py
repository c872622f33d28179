"""A table of any kind as a stream of rows, numbered as Excel shows them."""

from __future__ import annotations

import codecs
import csv
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Literal, Protocol

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

from shopdesk.i18n import _
from shopdesk.spreadsheets.encodings import text_form
from shopdesk.spreadsheets.endings import END_OF_FILE, Ending
from shopdesk.spreadsheets.errors import DamagedFileError, UnreadableFileError
from shopdesk.spreadsheets.guards import BLANK_ROWS_END, LONGEST_CELL, check_archive, check_compound
from shopdesk.spreadsheets.kinds import Kind, damaged, kind_of, locked, protected
from shopdesk.spreadsheets.lines import lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Cell = str | int | float | bool | date | datetime | time | timedelta
"""What a cell holds; a blank one is ''. The same column may give a `date` for midnight and a `datetime` elsewhere."""
Row = tuple[int, list[Cell]]
"""The row's number as Excel shows it, from 1, and its cells from column A; text tables may have short rows."""

_KNOWN_AS = {
    "utf-8-sig": "utf-8",
    "utf-16-le": "utf-16",
    "utf-16-be": "utf-16",
    "iso2022_jp_ext": "iso-2022-jp",
    "euc_jp": "euc-jp",
    "euc_jis_2004": "euc-jp",
}


class Table(Protocol):
    """An opened file. `encoding` is that of a text table, else `xlsx`, `xls`, `xlsb` or `ods`."""

    path: Path
    encoding: str
    sheets: tuple[str, ...]

    def rows(self, sheet: str | None = None) -> Iterator[Row]:
        """Stream the rows of a sheet (the first one if none is named), blank ones left out."""
        ...

    def lost_characters(self) -> int:
        """Return how many characters so far could not be decoded and were put as U+FFFD."""
        ...

    def ends_open(self) -> bool:
        """Say, once its rows are read, whether the last one had no line end: it may be cut short."""
        ...


def open_table(path: Path, encoding: str | None = None) -> Table:
    """Open a table of any supported kind; a text table is never read whole.

    Raises:
        UnreadableFileError: with one sentence that says why and what to do.
    """
    kind = kind_of(path)
    try:
        if kind is Kind.TEXT:
            return TextTable(path, encoding)
        if kind is Kind.XLS:
            check_compound(path)
        else:
            check_archive(path)
        return Workbook(path, kind)
    except PermissionError as error:
        raise locked(path) from error


class TextTable:
    """Comma, tab or semicolon separated text."""

    def __init__(self, path: Path, encoding: str | None) -> None:
        self.path = path
        try:
            self._form = text_form(path, encoding)
        except LookupError as error:
            raise UnreadableFileError(_("There is no encoding named {name}.").format(name=encoding)) from error
        self.encoding = _KNOWN_AS.get(self._form.encoding, self._form.encoding)
        self.sheets: tuple[str, ...] = ()
        self._lost = 0
        self._ending = Ending(path, self._form.encoding)
        self._handler = f"shopdesk-{id(self)}"

    def lost_characters(self) -> int:
        """Return how many bytes so far made no character."""
        return self._lost

    def ends_open(self) -> bool:
        """Say whether the last row that was read had no line end."""
        return self._ending.line_open

    def rows(self, sheet: str | None = None) -> Iterator[Row]:  # noqa: ARG002 - a text table has one sheet
        """Stream the rows; numbers count records, as Excel does, not lines."""
        self._lost = 0
        codecs.register_error(self._handler, self._replace)
        csv.field_size_limit(LONGEST_CELL)
        number, row = 0, [END_OF_FILE]
        try:
            text = self._ending.watched(lines(self.path, self._form.encoding, self._handler))
            if self._form.announced:
                next(text)
            quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if self._form.quoted else csv.QUOTE_NONE
            for number, row in enumerate(csv.reader(text, delimiter=self._form.separator, quoting=quoting), 1):
                if row and row != [END_OF_FILE]:
                    yield number, row  # type: ignore[misc] # a list of str is read only
            if self._ending.letter_open or row != [END_OF_FILE]:
                raise damaged(self.path)
        except (csv.Error, UnicodeError) as error:
            raise self._broken(number + 1, error) from error
        except PermissionError as error:
            raise locked(self.path) from error

    def _replace(self, error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeDecodeError):
            raise error
        self._lost += 1
        return "\ufffd", error.start + 1

    def _broken(self, number: int, error: Exception) -> DamagedFileError:
        if "limit" in str(error):
            sentence = _(
                "A cell in row {row} of “{file}” is longer than 32,767 characters; a quotation mark may be missing."
            )
        else:
            sentence = _("Row {row} of “{file}” is not readable text. Export it again from the cart.")
        return DamagedFileError(sentence.format(row=number, file=self.path.name))


class Workbook:
    """A workbook of Excel or LibreOffice; formulas give the value that was saved with them."""

    def __init__(self, path: Path, kind: Kind) -> None:
        self.path = path
        self.encoding = kind.value
        self._book = _load(path, kind)
        self._parsed: dict[str, CalamineSheet] = {}
        shown = [sheet for sheet in self._book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        visible = [sheet.name for sheet in shown if sheet.visible == SheetVisibleEnum.Visible]
        self.sheets = tuple(visible or [sheet.name for sheet in shown])
        if not self.sheets:
            raise damaged(path)

    def lost_characters(self) -> int:
        """Workbooks say their encoding: nothing is lost."""
        return 0

    def ends_open(self) -> bool:
        """A workbook that is cut short cannot be opened at all."""
        return False

    def rows(self, sheet: str | None = None) -> Iterator[Row]:
        """Stream the rows of one sheet. Numbers are floats, blank cells ''."""
        found = self._sheet(sheet or self.sheets[0])
        before: list[Cell] = [""] * (found.start[1] if found.start else 0)
        blank = 0
        for number, row in enumerate(found.iter_rows(), 1):
            if not any(row) and all(cell == "" for cell in row):
                blank += 1
                if blank >= BLANK_ROWS_END and number > BLANK_ROWS_END + (found.start[0] if found.start else 0):
                    return
                continue
            blank = 0
            yield number, before + row if before else row

    def _sheet(self, name: str) -> CalamineSheet:
        if name not in self._parsed:  # parsing is nearly all of the time a workbook takes: once a sheet
            with _said_plainly(self.path):
                self._parsed[name] = self._book.get_sheet_by_name(name)
        return self._parsed[name]


def _load(path: Path, kind: Kind) -> CalamineWorkbook:
    """Open the workbook; the reader believes a path's ending and looks only at the bytes of a stream."""
    with _said_plainly(path):
        return load_workbook(path if path.suffix.lower() == f".{kind.value}" else BytesIO(path.read_bytes()))


@contextmanager
def _said_plainly(path: Path) -> Iterator[None]:
    """Turn whatever the reader ends with into a sentence. Its panics are no `Exception`, and have no name to import."""
    try:
        yield
    except PasswordError as error:
        raise protected(path) from error
    except CalamineError as error:
        raise (protected(path) if "password" in str(error).lower() else damaged(path)) from error
    except PermissionError:
        raise
    except (OSError, ValueError) as error:
        raise damaged(path) from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise damaged(path) from error
        raise
