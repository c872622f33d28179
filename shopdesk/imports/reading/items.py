"""Item files: goods that belong to the orders of another file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.errors import ShopDeskError
from shopdesk.i18n import _
from shopdesk.imports.reading import cells
from shopdesk.imports.reading.cut_rows import cut_row
from shopdesk.imports.reading.files import SourceFile, cell_problem, data_rows, first_filled, lost_characters, picker
from shopdesk.imports.reading.lines import line_columns, line_reader
from shopdesk.imports.reading.neutral import Lost, NeutralLine, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator


class LonelyItemsError(ShopDeskError):
    """An item file was given without the order file it belongs to."""

    code = "needs_companion"


class Items:
    """The goods of an item file by order number, held until their orders come by."""

    def __init__(self) -> None:
        self._lines: dict[str, list[NeutralLine]] = {}
        self._rows: dict[str, tuple[str, int]] = {}
        self.cut: set[str] = set()
        """Orders whose goods are not all here: a row ends too early."""

    def load(self, file: SourceFile) -> Iterator[Problem]:
        """Take in a whole item file; yield what of it could not be read."""
        found = file.recognition
        pick, read = picker(line_columns(found.cart, found.header)), line_reader(found.cart, found.header)
        numbers = picker(found.cart.sources["order.number"].indexes(found.header))
        for row_number, row in data_rows(file):
            number = cells.number(first_filled(numbers(row)))
            if not number:
                continue
            if row_number in file.cut:
                self.cut.add(number)
                yield cut_row(file.table.path.name, row_number, number)
            lines, issues = read(pick(row))
            self._lines.setdefault(number, []).extend(lines)
            self._rows.setdefault(number, (file.table.path.name, row_number))
            for issue in issues:
                yield cell_problem(file, row_number, issue)
        yield from lost_characters(file)

    def take(self, number: str) -> tuple[NeutralLine, ...] | None:
        """Return the goods of an order, once; None where the item files have none."""
        self._rows.pop(number, None)
        lines = self._lines.pop(number, None)
        return None if lines is None else tuple(lines)

    def left_over(self) -> Iterator[Problem]:
        """Yield a problem for each order number that no order file has."""
        for number, (name, row) in self._rows.items():
            message = _("No order file has the order of these goods; they were left out.")
            yield Problem(name, row, "", number, message, Lost.ORDER)
