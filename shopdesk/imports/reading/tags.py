"""A person's tags as one cell of our own files: `常連, "A, B"`."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from shopdesk import japanese

if TYPE_CHECKING:
    from collections.abc import Iterable


def written(names: Iterable[str]) -> str:
    """Return tags as one cell; a name with a comma or a quote stands in quotes."""
    return ", ".join(_quoted(name) if "," in name or '"' in name else name for name in names)


def read(cell: str) -> tuple[str, ...]:
    """Return the tags of a cell, each once."""
    names = next(csv.reader([cell], skipinitialspace=True), [])
    return tuple(dict.fromkeys(filter(None, map(japanese.tidy, names))))


def _quoted(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'
