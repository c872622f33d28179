"""A QR code as shapes: where its dark squares lie, and what is left free for a logo."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shopdesk.qr.squares import QUIET

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Rows = Sequence[Sequence[bool]]

_COVERED = 0.24
"""Of a side: so much the logo with its rim may cover; with 30 % of a code spared, phones read it still."""


@dataclass(frozen=True, slots=True)
class Code:
    """A code to draw. `colour` is #rrggbb, that of its dark squares; `logo` is a square JPEG or PNG in its middle, b'' for none."""

    text: str
    rows: Rows
    colour: str = "#000000"
    logo: bytes = b""

    @property
    def side(self) -> int:
        """Squares of a side, those of light around among them."""
        return len(self.rows) + 2 * QUIET

    @property
    def hole(self) -> tuple[int, int]:
        """Where the logo lies: from which square on, and how many of a side; (0, 0) without one."""
        if not self.logo:
            return 0, 0
        covered = int(len(self.rows) * _COVERED) | 1
        return QUIET + (len(self.rows) - covered) // 2, covered


def path(rows: Rows) -> str:
    """Return the dark squares as the data of an SVG path, a square being one unit."""
    return "".join(f"M{x} {y}h{wide}v1h-{wide}z" for x, y, wide in runs(rows))


def runs(rows: Rows) -> Iterator[tuple[int, int, int]]:
    """Give the dark squares that lie side by side: from which one of which row on, and how many."""
    for y, row in enumerate(rows):
        for found in re.finditer("1+", "".join("1" if dark else "0" for dark in row)):
            yield found.start(), y, found.end() - found.start()
