"""An order's yen over its rows: written once and repeated, or the sum of what its rows say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.imports.reading import cells
from shopdesk.imports.reading.cells import Issue, text
from shopdesk.imports.reading.files import first_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopdesk.imports.carts import Cart
    from shopdesk.imports.headers import Header
    from shopdesk.spreadsheets import Cell, Row


class UnreadableTotalError(Exception):
    """A row's part of the total is no amount; the cell is the argument."""

    def __init__(self, row: int, cell: Cell) -> None:
        super().__init__(row, cell)
        self.row, self.cell = row, cell


UNDETERMINED = -9999
"""What carts write for a total that is not known yet; no order's total is that much below nothing."""


class Amount:
    """One of an order's amounts, its columns resolved once."""

    def __init__(self, cart: Cart, header: Header, word: str) -> None:
        source = cart.sources.get(word)
        self.word = word
        self.summed = source is not None and source.total
        self._places = source.indexes(header) if source else ()
        self._first = first_of(self._places)
        self._sign = cart.yen_sign

    def filled(self, row: Sequence[Cell]) -> bool:
        """Say whether the row says anything about this amount."""
        return self._first(row) != ""

    def of(self, group: Sequence[Row], head: Row) -> int | None:
        """Return the order's whole yen; None where no row says it, or the cart has not determined it.

        Raises:
            UnreadableTotalError: a cell is no amount.
        """
        if self.summed:
            return self._sum(group)
        number, row = head
        cell = self._first(row)
        yen = None if cell == "" else self._yen(number, cell)
        return None if yen == UNDETERMINED else yen

    def _sum(self, group: Sequence[Row]) -> int | None:
        written = ((number, row[place]) for number, row in group for place in self._places)
        found = [self._yen(number, cell) for number, cell in written if cell != ""]
        return sum(found) if found and UNDETERMINED not in found else None

    def _yen(self, number: int, cell: Cell) -> int:
        yen = cells.yen(cell, self._sign)
        if yen is None:
            raise UnreadableTotalError(number, cell)
        return yen

    def taken_back(self, refunds: Sequence[Row]) -> int:
        """Return the yen that an order's refund rows take back: there any amount below nothing is meant.

        Raises:
            UnreadableTotalError: a cell is no amount.
        """
        return sum(abs(self._taken(entry)) for entry in refunds)

    def _taken(self, entry: Row) -> int:
        number, row = entry
        written = [row[place] for place in self._places if row[place] != ""]
        return sum(self._yen(number, cell) for cell in (written if self.summed else written[:1]))

    def less(self, group: Sequence[Row], head: Row, issues: list[tuple[int, Issue]]) -> int:
        """Return yen that were given back or taken off: some carts write them negative. What cannot be read is 0."""
        try:
            return abs(self.of(group, head) or 0)
        except UnreadableTotalError as error:
            issues.append((error.row, Issue(self.word, text(error.cell), cells.BAD_YEN)))
            return 0
