"""What a file to write is made of: columns with a kind, rows of values, and what a file could not hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, NamedTuple

Kind = Literal["text", "number", "yen", "date", "moment"]


@dataclass(frozen=True, slots=True)
class OutColumn:
    """One column: its title, what its cells are, and how wide it is, in characters of Excel's own font."""

    title: str
    kind: Kind = "text"
    width: int = 14


class Marked(NamedTuple):
    """A value whose cell is coloured, so that a person finds it."""

    value: str | int | float | bool | date | datetime


Value = str | int | float | bool | date | datetime | Marked | None
"""What a cell can be given: moments are wall-clock times without a zone; None and '' are blank."""
OutRow = tuple[Value, ...]


class LostCharacter(NamedTuple):
    """A character that the file's encoding lacks: at which row (as Excel counts) and column, and what stands there instead."""

    row: int
    column: str
    character: str
    written: str


_FORMULA = tuple("=+-@\t\r＝＋－＠'")


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: `'` before what could begin one (OWASP ASVS 1.2.10).

    A text that begins with `'` itself gets another, so that reading takes off exactly what writing put on.
    """
    return f"'{text}" if text.startswith(_FORMULA) else text
