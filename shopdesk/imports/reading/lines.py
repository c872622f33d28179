"""A row's goods: one line, or several packed into one cell."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from shopdesk.imports.reading import cells
from shopdesk.imports.reading.cells import Issue, text
from shopdesk.imports.reading.neutral import NeutralLine

if TYPE_CHECKING:
    from shopdesk.imports.carts import Cart
    from shopdesk.imports.headers import Header
    from shopdesk.spreadsheets import Cell

Cells = tuple["Cell", ...]
ReadLines = Callable[[Cells], tuple[tuple[NeutralLine, ...], tuple[Issue, ...]]]

_WORDS = ("line.product", "line.code", "line.quantity", "line.unit_price_yen", "line.total_yen")
_REMEMBERED = 1 << 12
_MOST_PIECES = 1_000_000
_NUMBERED = re.compile(r"(?:^|&)L(\d+)=")
_COUNTED = re.compile(r"(?:^|,\s*)(\d{1,6})(?:\s*×\s*|x\s+)")


class _Places(NamedTuple):
    sign: str
    product: tuple[int, ...]
    code: tuple[int, ...]
    quantity: tuple[int, ...]
    unit_price: tuple[int, ...]
    total: tuple[int, ...]


def line_columns(cart: Cart, header: Header) -> tuple[int, ...]:
    """Return the columns about goods, for `line_reader`'s cells, in that order."""
    indexes = (index for word in _WORDS if word in cart.sources for index in cart.sources[word].indexes(header))
    return tuple(dict.fromkeys(indexes))


def line_reader(cart: Cart, header: Header) -> ReadLines:
    """Return a function from the cells of `line_columns` to the goods lines in them and what could not be read."""
    columns = line_columns(cart, header)
    found = [
        tuple(columns.index(index) for index in cart.sources[word].indexes(header)) if word in cart.sources else ()
        for word in _WORDS
    ]
    places = _Places(cart.yen_sign, *found)

    def single(row: Cells) -> tuple[tuple[NeutralLine, ...], tuple[Issue, ...]]:
        return _line(row, places)

    def numbered(row: Cells) -> tuple[tuple[NeutralLine, ...], tuple[Issue, ...]]:
        found = [_line(part, places) for part in _unpacked(row)]
        return tuple(line for lines, _ in found for line in lines), tuple(issue for _, more in found for issue in more)

    def counted(row: Cells) -> tuple[tuple[NeutralLine, ...], tuple[Issue, ...]]:
        found = _counted(text(_first(row, places.product)))
        return (found, ()) if found else single(row)

    reader = {"": single, "numbered": numbered, "counted": counted}[cart.packed_lines]
    return lru_cache(maxsize=_REMEMBERED)(reader)


def with_surcharge(line: NeutralLine, option: tuple[NeutralLine, ...]) -> NeutralLine:
    """Return the goods with the price of an option chosen for them, which came on a row of its own."""
    more = sum(one.unit_price_yen or 0 for one in option)
    return line._replace(unit_price_yen=(line.unit_price_yen or 0) + more) if more else line


def _line(row: Cells, places: _Places) -> tuple[tuple[NeutralLine, ...], tuple[Issue, ...]]:
    product, code = _first(row, places.product), _first(row, places.code)
    name, number = text(product), text(code)
    if not name and not number:
        return (), ()
    issues: list[Issue] = []
    if isinstance(code, date):
        issues.append(Issue("line.code", number, cells.DATE_CODE))
    line = NeutralLine(
        name,
        number,
        _quantity(_first(row, places.quantity), issues),
        _yen("line.unit_price_yen", _first(row, places.unit_price), places.sign, issues),
        _yen("line.total_yen", _first(row, places.total), places.sign, issues),
    )
    return (line,), tuple(issues)


def _first(row: Cells, places: tuple[int, ...]) -> Cell:
    return next((row[place] for place in places if row[place] != ""), "")


def _quantity(cell: Cell, issues: list[Issue]) -> int:
    if cell == "":
        return 1
    found = cells.yen(cell)  # a whole number, with the same commas and widths
    if found is None or abs(found) > _MOST_PIECES:
        issues.append(Issue("line.quantity", text(cell), cells.BAD_QUANTITY))
        return 1
    return found


def _yen(word: str, cell: Cell, sign: str, issues: list[Issue]) -> int | None:
    if cell == "":
        return None
    found = cells.yen(cell, sign)
    if found is None:
        issues.append(Issue(word, text(cell), cells.BAD_YEN))
    return found


def _unpacked(row: Cells) -> list[Cells]:
    """Split `L1=a&L2=b` in each cell; a cell without marks is the first line's."""
    split = [_pieces(cell) for cell in row]
    numbers = sorted({number for pieces in split for number in pieces})
    return [tuple(pieces.get(number, "") for pieces in split) for number in numbers]


def _pieces(cell: Cell) -> dict[int, Cell]:
    if not isinstance(cell, str) or not _NUMBERED.match(cell):
        return {1: cell} if cell != "" else {}
    parts = _NUMBERED.split(cell)
    return {int(number[:9]): value for number, value in zip(parts[1::2], parts[2::2], strict=True)}


def _counted(said: str) -> tuple[NeutralLine, ...]:
    """Split `2× Name, 1× Name`; nothing where the cell does not begin so."""
    if not _COUNTED.match(said):
        return ()
    _, *parts = _COUNTED.split(said)
    return tuple(
        NeutralLine(name.strip(), "", int(count), None, None)
        for count, name in zip(parts[::2], parts[1::2], strict=True)
    )
