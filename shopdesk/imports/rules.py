"""Rules a cart file states about a row: when an order is cancelled, which rows are goods."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from shopdesk.imports.cells import text
from shopdesk.japanese import fold

if TYPE_CHECKING:
    from shopdesk.imports.headers import Header
    from shopdesk.spreadsheets import Cell

Test = Callable[[Sequence["Cell"]], bool]


@dataclass(frozen=True, slots=True)
class Condition:
    """One column and what its cell must be: filled, one of some texts, or containing one of some texts."""

    column: str
    filled: bool
    equal: frozenset[str]
    containing: tuple[str, ...]

    @staticmethod
    def from_toml(written: Mapping[str, Any]) -> Condition:
        """Read `{ column = …, filled = true }`, `{ column = …, is = […] }` or `{ column = …, contains = […] }`."""
        return Condition(
            column=written["column"],
            filled=bool(written.get("filled", False)),
            equal=frozenset(fold(word) for word in written.get("is", ())),
            containing=tuple(fold(word) for word in written.get("contains", ())),
        )

    def holds(self, cell: Cell) -> bool:
        """Say whether the cell is as the condition asks."""
        word = fold(text(cell))
        if self.filled:
            return bool(word)
        return word in self.equal or any(part in word for part in self.containing)


def any_of(conditions: tuple[Condition, ...], header: Header) -> Test | None:
    """Return a test over rows: at least one condition holds. None where the file has none of the columns."""
    known = [
        (index, lru_cache(maxsize=1024)(condition.holds))
        for condition in conditions
        if (index := header.index(condition.column)) is not None
    ]

    def test(row: Sequence[Cell]) -> bool:
        for index, holds in known:
            cell = row[index]
            if cell != "" and holds(cell):
                return True
        return False

    return test if known else None
