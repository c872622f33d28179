"""Opened files, their data rows, and picking cells and naming problems in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TYPE_CHECKING

from shopdesk.i18n import _
from shopdesk.imports.reading.cut_rows import noting_cut
from shopdesk.imports.reading.neutral import Lost, Problem
from shopdesk.imports.recognition import recognise
from shopdesk.spreadsheets import damaged, open_table

if TYPE_CHECKING:
    from pathlib import Path

    from shopdesk.imports.mapping import Mapping
    from shopdesk.imports.reading.cells import Issue
    from shopdesk.imports.recognition import Recall, Recognition
    from shopdesk.spreadsheets import Cell, Row, Table

Pick = Callable[[Sequence["Cell"]], tuple["Cell", ...]]


@dataclass(slots=True)
class SourceFile:
    """An opened and recognised file. While it is read, `rows` counts its data rows and `cut` gathers those that end too early."""

    table: Table
    recognition: Recognition
    rows: int = 0
    cut: set[int] = field(default_factory=set)


def open_file(
    path: Path, *, cart: str | None = None, mapping: Mapping | None = None, recall: Recall = lambda _header: None
) -> SourceFile:
    """Open and recognise one file.

    Raises:
        UnreadableFileError, NotRecognisedError, NoRowsError, NotFoundError, InvalidInputError: each says what to do.
    """
    table = open_table(path, mapping.encoding if mapping else None)
    return SourceFile(table, recognise(table, cart=cart, mapping=mapping, recall=recall))


def data_rows(file: SourceFile, *, counted: bool = True) -> Iterator[Row]:
    """Yield the rows below the header, at least as wide as it, blank ones left out; count them in `file.rows`.

    Raises:
        DamagedFileError: the last row has no line end and, alone of all, too few cells: the file is cut short.
    """
    found, width = file.recognition, len(file.recognition.header.names)
    short, last_short = 0, False
    below = (entry for entry in file.table.rows(found.sheet) if entry[0] > found.header_row)
    for entry in noting_cut(below, found.least_cells, file.cut) if found.least_cells else below:
        row = entry[1]
        last_short = len(row) < width
        if last_short:
            short += 1
            if not any(row):
                continue
            row.extend([""] * (width - len(row)))
        elif not any(row):
            continue
        file.rows += counted
        yield entry
    if last_short and short == 1 and file.table.ends_open():
        raise damaged(file.table.path)


def first_of(indexes: tuple[int, ...]) -> Callable[[Sequence[Cell]], Cell]:
    """Return a function from a row to the first filled of its cells at `indexes`, else a blank."""
    if not indexes:
        return lambda row: ""  # noqa: ARG005 - the shape itemgetter has
    if len(indexes) == 1:
        return itemgetter(indexes[0])
    return lambda row: next((row[index] for index in indexes if row[index] != ""), "")


def first_filled(row: tuple[Cell, ...]) -> Cell:
    """Return the first cell that is not blank, else a blank."""
    return next((cell for cell in row if cell != ""), "")


def picker(indexes: tuple[int, ...]) -> Pick:
    """Return a function from a row to the tuple of its cells at `indexes`."""
    if not indexes:
        return lambda row: ()  # noqa: ARG005 - the shape itemgetter has
    if len(indexes) == 1:
        index = indexes[0]
        return lambda row: (row[index],)
    return itemgetter(*indexes)


def column_name(file: SourceFile, word: str) -> str:
    """Return the header of the field's column in this file, '' where it has none."""
    found = file.recognition
    indexes = found.cart.sources[word].indexes(found.header) if word in found.cart.sources else ()
    return " ".join(found.header.names[index] for index in indexes[:1])


def cell_problem(file: SourceFile, row: int, issue: Issue) -> Problem:
    """Return the problem of a cell that was left out."""
    column = issue.column or column_name(file, issue.field)
    return Problem(file.table.path.name, row, column, issue.value[:200], _(issue.message), Lost.CELL)


def lost_characters(file: SourceFile) -> Iterator[Problem]:
    """Yield one problem where characters of a text file could not be decoded."""
    count = file.table.lost_characters()
    if count:
        message = _("{count} characters could not be read and show as �. Export the file again if they matter.")
        yield Problem(file.table.path.name, 0, "", "", message.format(count=count), Lost.CELL)
