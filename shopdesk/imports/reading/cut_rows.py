"""Rows of a text table that end too early, as where a crash cut the file: read as they stand they would take away what is stored.

The rule: a row is cut where it lacks a column that bears an order or a person, and it is alone in that: the rows right
before and after it are whole. Programs that leave trailing blanks out do so for runs of rows (Excel by sixteens), or,
where that is a file's way, twice at least in its first rows; such rows are read, what they lack being blank.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.i18n import _
from shopdesk.imports.reading.neutral import Lost, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from shopdesk.imports.carts import Source
    from shopdesk.imports.headers import Header
    from shopdesk.spreadsheets import Cell, Row

_BEARING = (
    *("line.", "subscription.", "consent.", "product.price_yen"),
    *("order.number", "order.date", "order.total_yen", "order.status", "order.cancelled"),
    *("customer.name", "customer.member_id", "customer.email", "customer.phone"),
)
_A_WAY = 2
"""So many short rows among the first ones are the file's way and no accident."""


def least_cells(sources: Mapping[str, Source], header: Header, below: Sequence[Sequence[Cell]]) -> int:
    """Return how many cells a row of a text table has unless it is cut; 0 where short rows are this file's way.

    `below` are its first rows, as short as they are.
    """
    bearing = (source for word, source in sources.items() if word.startswith(_BEARING))
    least = max((index + 1 for source in bearing for index in source.indexes(header)), default=0)
    return 0 if sum(len(row) < least for row in below) >= _A_WAY else least


def noting_cut(rows: Iterator[Row], least: int, cut: set[int]) -> Iterator[Row]:
    """Yield the rows, each that is cut only after its number was added to `cut`."""
    held: Row | None = None
    alone = before = False
    for entry in rows:
        short = len(entry[1]) < least
        if held is not None:
            if alone and not short:
                cut.add(held[0])
            yield held
            held = None
        if short:
            held, alone = entry, not before
        else:
            yield entry
        before = short
    if held is not None:
        if alone:
            cut.add(held[0])
        yield held


def cut_row(file: str, row: int, number: str = "") -> Problem:
    """Return the problem of a row that is cut; `number` is its order's, '' where it is of none."""
    sentence = (
        _(
            "This row ends too early, as in a file cut short; its order was left out. Complete it, or export the file again."
        )
        if number
        else _(
            "This row ends too early, as in a file cut short; it was left out. Complete it, or export the file again."
        )
    )
    return Problem(file, row, "", number, sentence, Lost.ORDER)
