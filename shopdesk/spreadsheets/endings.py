"""How a text table ends: a file that a broken download or copy cut short ends in the middle of something."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

END_OF_FILE = "\x1a"
"""Ctrl-Z, which old programs write after the last line."""
_LONGEST = 4
_CONTINUES = (0b11000000, 0b10000000)
"""The bits of a letter's further bytes: which are looked at, and what they are."""
_LEADS = ((0b11110000, 4), (0b11100000, 3), (0b11000000, 2))


class Ending:
    """Watches the lines of a text table go by. `line_open`: the last one had no line end; `letter_open`: it ended within a letter."""

    def __init__(self, path: Path, encoding: str) -> None:
        self._path, self._encoding = path, encoding
        self.line_open = self.letter_open = False

    def watched(self, lines: Iterator[str]) -> Iterator[str]:
        """Yield the lines and then Ctrl-Z as one more: a quotation that nobody closed swallows it."""
        line = "\n"
        for line in lines:
            yield line
        self.line_open = not line.endswith(("\n", "\r", END_OF_FILE))
        self.letter_open = self.line_open and self._within_a_letter(line)
        yield END_OF_FILE

    def _within_a_letter(self, line: str) -> bool:
        """UTF-8 is looked at as bytes: of a line that is none, cp932 may have made other letters."""
        if not self._encoding.startswith("utf-8"):
            return line.endswith("\ufffd")
        with self._path.open("rb") as file:
            file.seek(-min(_LONGEST, file.seek(0, os.SEEK_END)), os.SEEK_END)
            return _is_half(file.read())


def _is_half(tail: bytes) -> bool:
    """Say whether the last bytes begin a letter of UTF-8 and do not finish it."""
    for count, byte in enumerate(reversed(tail), 1):
        if byte & _CONTINUES[0] != _CONTINUES[1]:
            return any(byte >= lead and count < length for lead, length in _LEADS)
    return False
