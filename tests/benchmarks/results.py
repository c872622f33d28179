"""What a benchmark says: one line a comparison, and how it is printed."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import NamedTuple


class Figure(NamedTuple):
    """A measured value and its unit: s, ms, MB."""

    value: float
    unit: str

    def __str__(self) -> str:
        digits = 0 if self.value >= 100 else 1 if self.value >= 10 else 3 if self.unit == "s" else 2
        return f"{self.value:.{digits}f} {self.unit}"


@dataclass(frozen=True, slots=True)
class Line:
    """One comparison. `ratio` is product / anchor, and the goal is that it is at most `goal`; None where it is not measured."""

    name: str
    what: str
    anchor: Figure | None = None
    product: Figure | None = None
    goal: float | None = None
    ratio: float | None = None
    note: str = ""

    @classmethod
    def of(cls, name: str, what: str, anchor: Figure, product: Figure, goal: float | None, note: str = "") -> Line:
        """Return the line of two figures with their ratio."""
        return cls(name, what, anchor, product, goal, product.value / anchor.value, note)

    @property
    def verdict(self) -> str:
        """`met`, `MISSED`, `beside` (the table's own figures) where there is no goal, or `not measured`."""
        if self.ratio is None and self.product is None:
            return "not measured"
        if self.ratio is None or self.goal is None:
            return "beside"
        return "met" if self.ratio <= self.goal else "MISSED"


_TITLES = ("", "what", "anchor", "product", "ratio", "goal", "verdict", "note")


def table(lines: list[Line]) -> str:
    """Return the lines as a table in plain text."""
    rows = [_TITLES, *map(_cells, lines)]
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return "\n".join(_row(row, widths) for row in rows)


def _cells(line: Line) -> tuple[str, ...]:
    ratio = "-" if line.ratio is None else f"{line.ratio:.2f}"
    goal = "-" if line.goal is None else f"<= {line.goal:.2f}"
    figures = ("-" if figure is None else str(figure) for figure in (line.anchor, line.product))
    return (line.name, line.what, *figures, ratio, goal, line.verdict, line.note)


def _row(cells: tuple[str, ...], widths: list[int]) -> str:
    return "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(cells, widths, strict=True)).rstrip()


def _width(text: str) -> int:
    return sum(1 + (unicodedata.east_asian_width(character) in "WF") for character in text)
