"""The rows with something to check as a workbook of their own, to be put right in Excel and dropped again."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from shopdesk.errors import InvalidInputError
from shopdesk.i18n import _
from shopdesk.imports.reading.cells import number, text
from shopdesk.spreadsheets import Marked, OutColumn, write_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from shopdesk.imports.reading.files import SourceFile
    from shopdesk.imports.records import RowProblem
    from shopdesk.spreadsheets import Cell, OutRow, Row


def require_workbook(target: Path) -> None:
    """Refuse a name that is none of a workbook: marked cells need one.

    Raises:
        InvalidInputError: the name does not end in .xlsx.
    """
    if target.suffix.lower() != ".xlsx":
        raise InvalidInputError(_("Give the file for the rows to check a name that ends in .xlsx."))


def write_corrections(files: Sequence[SourceFile], problems: Sequence[RowProblem], target: Path) -> tuple[Path, ...]:
    """Write the rows with problems under the file's own header, what is wrong beside them; return the files written.

    All rows of an order come along: an order that came back with one of its rows would lose the others. Of several
    files that belong together each has its own: `target`, then `target-2`.

    Raises:
        FileNotWrittenError: with the reason.
    """
    orders = {order for file in files for order in _orders_with_problems(file, problems)}
    written: list[Path] = []
    for file in files:
        mine = _by_row(file, problems)
        if not mine and not orders:
            continue
        place = target.with_stem(f"{target.stem}-{len(written) + 1}") if written else target
        rows = (
            _marked(file, row, mine.get(at, [])) for at, row in _rows(file) if at in mine or _order(file, row) in orders
        )
        write_table(place, _columns(file), rows)
        written.append(place)
    return tuple(written)


def _by_row(file: SourceFile, problems: Sequence[RowProblem]) -> dict[int, list[RowProblem]]:
    found: dict[int, list[RowProblem]] = {}
    for one in problems:
        if one.file == file.table.path.name and one.row:
            found.setdefault(one.row, []).append(one)
    return found


def _rows(file: SourceFile) -> Iterator[Row]:
    found = file.recognition
    return (entry for entry in file.table.rows(found.sheet) if entry[0] > found.header_row)


def _order(file: SourceFile, row: Sequence[Cell]) -> str:
    """The row's order number, '' where it has none."""
    source = file.recognition.cart.sources.get("order.number")
    places = source.indexes(file.recognition.header) if source else ()
    return next((number(row[at]) for at in places if at < len(row) and row[at] != ""), "")


def _orders_with_problems(file: SourceFile, problems: Sequence[RowProblem]) -> set[str]:
    rows = _by_row(file, problems)
    found = {_order(file, row) for at, row in _rows(file) if at in rows} if rows else set()
    return found - {""}


def _columns(file: SourceFile) -> list[OutColumn]:
    return [*(OutColumn(name, width=16) for name in file.recognition.header.names), OutColumn(_("To check"), width=60)]


def _marked(file: SourceFile, row: Sequence[Cell], problems: Sequence[RowProblem]) -> OutRow:
    names = file.recognition.header.names
    wrong = {names.index(one.column) for one in problems if one.column in names}
    values = [_value(row[at]) if at < len(row) else "" for at in range(len(names))]
    said = " ".join(dict.fromkeys(one.message for one in problems))
    cells = (Marked(value or "") if at in wrong else value for at, value in enumerate(values))
    return (*cells, Marked(said) if said else "")


def _value(cell: Cell) -> str | int | float | date:
    """Times and durations have no kind of their own in what is written."""
    return cell if isinstance(cell, str | int | float | date) else text(cell)
