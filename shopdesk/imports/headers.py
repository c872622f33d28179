"""Header rows: names folded for comparing, found by name and never by position, twins kept apart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shopdesk.imports.reading.cells import text
from shopdesk.japanese import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopdesk.spreadsheets import Cell

_MARKS = re.compile(r"[()\[\]{}<>【】「」『』〔〕_・:;*※/\\.,'\"-]")


def fold_header(name: str) -> str:
    """Return a header for comparing: width, case, spaces, brackets and punctuation do not count."""
    folded = fold(name)
    return _MARKS.sub("", folded) or folded


class Header:
    """The names of the columns of one table."""

    def __init__(self, cells: Sequence[Cell]) -> None:
        self.names = tuple(text(cell) for cell in cells)
        self.folded = tuple(fold_header(name) for name in self.names)
        self._places: dict[str, list[int]] = {}
        for index, name in enumerate(self.folded):
            if name:
                self._places.setdefault(name, []).append(index)

    def __contains__(self, name: str) -> bool:
        return self.index(name) is not None

    def index(self, name: str) -> int | None:
        """Return where the column is; `発送状態#2` is the second column of that name, `#3` the one at index 3."""
        plain, mark, count = name.rpartition("#")
        if mark and count.isdecimal():
            if not plain:
                return int(count) if int(count) < len(self.names) else None
            places = self._places.get(fold_header(plain), [])
            return places[int(count) - 1] if 0 < int(count) <= len(places) else None
        places = self._places.get(fold_header(name), [])
        return places[0] if places else None


def joined_header(above: Sequence[Cell], cells: Sequence[Cell]) -> tuple[Header, ...]:
    """Return the header of two merged rows, `注文者` over `氏名` and `電話`: one that tells more than the lower row is the file's.

    A group's name stands in the first of its columns and holds for the blank ones after it; a name over a blank cell
    is its own column's. Returns nothing where the rows are no such pair.
    """
    lower = [text(cell) for cell in cells]
    upper = [text(cell) for cell in above[: len(lower)]] + [""] * (len(lower) - len(above))
    data = any("@" in name or not any(map(str.isalpha, name)) for name in lower if name)
    filled = [name for name in lower if name]
    if not any(upper[1:]) or (data and len(set(filled)) == len(lower)):
        return ()
    names, group = [], ""
    for over, name in zip(upper, lower, strict=True):
        group = over or group
        names.append(f"{group}{name}" if name else over)
        group = group if name else ""
    return (Header(names),)
