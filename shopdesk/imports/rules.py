"""Rules a cart file states about a row: when an order is cancelled, which rows are goods."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from shopdesk.imports.reading.cells import text, yen
from shopdesk.japanese import fold

if TYPE_CHECKING:
    from shopdesk.imports.headers import Header
    from shopdesk.spreadsheets import Cell

Test = Callable[[Sequence["Cell"]], bool]


@dataclass(frozen=True, slots=True)
class Condition:
    """One column – the first that the file has of these – and what its cell must be.

    Filled, negative (an amount that may have `sign` for ¥), one of some texts, none of them, containing one or beginning with one.
    """

    columns: tuple[str, ...]
    filled: bool
    negative: bool
    equal: frozenset[str]
    other_than: frozenset[str]
    containing: tuple[str, ...]
    beginning: tuple[str, ...]
    sign: str = ""

    @staticmethod
    def from_toml(written: Mapping[str, Any]) -> Condition:
        """Read `{ column = …, is = […] }`, or with `is_not`, `contains`, `begins`, `filled = true`, `negative = true`."""
        column = written["column"]
        return Condition(
            columns=(column,) if isinstance(column, str) else tuple(column),
            filled=bool(written.get("filled", False)),
            negative=bool(written.get("negative", False)),
            equal=frozenset(map(fold, written.get("is", ()))),
            other_than=frozenset(map(fold, written.get("is_not", ()))),
            containing=tuple(map(fold, written.get("contains", ()))),
            beginning=tuple(map(fold, written.get("begins", ()))),
            sign=written.get("sign", ""),
        )

    def index(self, header: Header) -> int | None:
        """Return where this file has the column, None where it has none."""
        return next((index for name in self.columns if (index := header.index(name)) is not None), None)

    def holds(self, cell: Cell) -> bool:
        """Say whether a filled cell is as the condition asks."""
        if self.negative:
            return (yen(cell, self.sign) or 0) < 0
        word = fold(text(cell))
        if self.filled or self.other_than:
            return bool(word) and word not in self.other_than
        return word in self.equal or word.startswith(self.beginning) or any(part in word for part in self.containing)


def any_of(conditions: tuple[Condition, ...], header: Header) -> Test | None:
    """Return a test over rows: at least one condition holds. None where the file has none of the columns."""
    known = [
        (index, lru_cache(maxsize=1024)(condition.holds))
        for condition in conditions
        if (index := condition.index(header)) is not None
    ]

    def test(row: Sequence[Cell]) -> bool:
        for index, holds in known:
            cell = row[index]
            if cell != "" and holds(cell):
                return True
        return False

    return test if known else None


def first_known(conditions: tuple[Condition, ...], header: Header) -> Test | None:
    """Return the test of the first condition whose column the file has, None where it has none of them."""
    known = (condition for condition in conditions if condition.index(header) is not None)
    return any_of(tuple(known)[:1], header)
