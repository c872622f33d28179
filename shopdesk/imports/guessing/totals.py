"""Which of a file's amounts is the order's total and which a line's: by arithmetic, else by a question."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, combinations
from typing import TYPE_CHECKING

from shopdesk.imports.reading import cells

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from shopdesk.imports.guessing.contents import Contents
    from shopdesk.imports.guessing.naming import Named

_NEARLY = 0.95
_FEW_ROWS = 3
_MOST_PARTS = 5
"""Fees or deductions tried in a sum: 32 × 32 sums at most."""


@dataclass(frozen=True, slots=True)
class Sums:
    """The amounts of one file. `number`, `quantity` and `unit` are the columns that hold these, if any does."""

    contents: Contents
    names: Sequence[Named]
    number: int | None
    quantity: int | None
    unit: int | None

    def is_line(self, index: int) -> bool:
        """Say whether a column is quantity times unit price in nearly every row."""
        products = self._products()
        pairs = [(yen, each) for yen, each in zip(self._yen(index), products, strict=True) if yen is not None and each]
        return len(pairs) >= _FEW_ROWS and sum(yen == each for yen, each in pairs) >= _NEARLY * len(pairs)

    def repeats(self) -> bool:
        """Say whether orders take several rows."""
        return any(len(group) > 1 for group in self._orders())

    def one_an_order(self, index: int) -> bool:
        """Say whether a column has one value an order, repeated or given once."""
        column = self._yen(index)
        groups = [[column[place] for place in group] for group in self._orders() if len(group) > 1]
        kept = sum(len({yen for yen in group if yen is not None}) <= 1 for group in groups)
        return kept >= _NEARLY * len(groups)

    def adds_up(self, index: int, goods: Sequence[int]) -> bool:
        """Say whether a column is the goods plus some fees less some deductions, the same ones in nearly every order."""
        firsts = [group[0] for group in self._orders()]
        total = self._yen(index)
        plus = self._parts({"money", "ship"})
        minus = self._parts({"discount", "points"})
        for sums in self._goods(goods):
            rows = [place for place in firsts if total[place] is not None and sums[place] is not None]
            gaps = [(total[place] or 0) - (sums[place] or 0) for place in rows]
            if len(rows) >= _FEW_ROWS and _explained(gaps, rows, plus, minus):
                return True
        return False

    def _goods(self, columns: Sequence[int]) -> Iterator[list[int | None]]:
        yield from (self._yen(index) for index in columns if not self.is_line(index))
        if self.unit is not None:
            products = self._products()
            sums: list[int | None] = [None] * len(products)
            for group in self._orders():
                sums[group[0]] = sum(products[place] or 0 for place in group)
            yield sums

    def _parts(self, tags: set[str]) -> list[list[int]]:
        wanted = (index for index, each in enumerate(self.names) if each.tags & tags)
        columns = [self._yen(index) for index in wanted if self.contents.is_like(index, "yen")]
        return [[abs(yen or 0) for yen in column] for column in columns[:_MOST_PARTS]]

    def _orders(self) -> list[list[int]]:
        if self.number is None:
            return [[place] for place in range(len(self.contents.rows))]
        return self.contents.groups(self.number)

    def _yen(self, index: int) -> list[int | None]:
        return [cells.yen(cell) if cell != "" else None for cell in self.contents.column(index)]

    def _products(self) -> list[int | None]:
        if self.quantity is None or self.unit is None:
            return [None] * len(self.contents.rows)
        pairs = zip(self._yen(self.quantity), self._yen(self.unit), strict=True)
        return [None if price is None else price * (1 if count is None else count) for count, price in pairs]


def _explained(gaps: list[int], rows: list[int], plus: list[list[int]], minus: list[list[int]]) -> bool:
    for added in _choices(plus):
        left = [gap - sum(part[place] for part in added) for gap, place in zip(gaps, rows, strict=True)]
        for taken in _choices(minus):
            right = sum(gap + sum(part[place] for part in taken) == 0 for gap, place in zip(left, rows, strict=True))
            if right >= _NEARLY * len(rows):
                return True
    return False


def _choices(parts: list[list[int]]) -> Iterable[tuple[list[int], ...]]:
    return chain.from_iterable(combinations(parts, count) for count in range(len(parts) + 1))
