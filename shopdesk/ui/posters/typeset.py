"""Words broken into lines that fit a room on paper, in the same places on every device."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF

from shopdesk.japanese import phrased
from shopdesk.ui.paint import lines_of
from shopdesk.ui.theme import light

if TYPE_CHECKING:
    from collections.abc import Callable

    _Breaking = Callable[[str, QFont, float], list[str]]

PER_MM = 20.0
"""Dots on a millimetre that words are measured in: what a screen shows small breaks where the paper does."""
_LEADING = 1.35
_PARTS = re.compile(r"[^ 、。]*[ 、。]+|[^ 、。]+")
_JOINER = "\N{WORD JOINER}"
_AS_WRITTEN = str.maketrans({_JOINER: None, "\N{NO-BREAK SPACE}": " "})
_SMALLEST_MM = 1.6
_STEP = 0.94


class Fitted(NamedTuple):
    """A font in dots, how high a line of it is in dots, and the lines."""

    font: QFont
    high: float
    lines: tuple[str, ...]


@lru_cache(64)
def fit(words: str, width: float, height: float, size: float, *, bold: bool) -> Fitted:
    """Return words as they fit a room; lengths are millimetres, `size` is the largest a letter is.

    What does not fit in the smallest letters either ends with ….
    """
    typed = words.split("\n")
    room, most = width * PER_MM, height * PER_MM
    for breaking, part in _WAYS:
        least = max(_SMALLEST_MM, size * part)
        each = size
        while each >= least:
            found = _set(typed, room, each, breaking, bold=bold)
            if found.high * len(found.lines) <= most and _widest(found) <= room:
                return found
            each *= _STEP
    found = _set(typed, room, min(size, _SMALLEST_MM), _evenly, bold=bold)
    return found._replace(lines=_ended(found, room, max(1, int(most / found.high))))


def _set(typed: list[str], room: float, size: float, breaking: _Breaking, *, bold: bool) -> Fitted:
    font = QFont(light().font("body", bold))
    font.setPixelSize(max(1, round(size * PER_MM)))
    lines = tuple(part for line in typed for part in breaking(line, font, room))
    return Fitted(font, font.pixelSize() * _LEADING, lines)


def _widest(found: Fitted) -> float:
    return max(map(QFontMetricsF(found.font).horizontalAdvance, found.lines))


def _whole(line: str, _font: QFont, _room: float) -> list[str]:
    return [line]


def _between(line: str, font: QFont, room: float) -> list[str]:
    """Break a line where one reads on anyway: at blanks, and after a comma or full stop."""
    metrics, lines = QFontMetricsF(font), [""]
    for part in _PARTS.findall(phrased(line)):
        longer = lines[-1] + part
        if metrics.horizontalAdvance(longer.rstrip()) <= room:
            lines[-1] = longer
        else:
            lines.append(part)
    return [_written(one) for one in lines if one.strip()]


def _phrases(line: str, font: QFont, room: float) -> list[str]:
    """Break a line between phrases; where one of them is longer than the room, do not."""
    parts = _even(line, font, room)
    inside = any(_JOINER in {one[-1:], other[:1]} for one, other in pairwise(parts))
    return [line] if inside else [_written(one) for one in parts]


def _evenly(line: str, font: QFont, room: float) -> list[str]:
    """Break a line wherever it has to."""
    return [_written(one) for one in _even(line, font, room)]


def _even(line: str, font: QFont, room: float) -> list[str]:
    """Break a line into as few as its room asks for, of about the same length: none is left with one letter."""
    parts = _break(line, font, room)
    if len(parts) == 1:
        return parts
    letter = float(font.pixelSize())
    narrow = QFontMetricsF(font).horizontalAdvance(line) / len(parts)
    while narrow < room:
        tried = _break(line, font, narrow)
        if len(tried) <= len(parts):
            return tried
        narrow += letter / 2
    return parts


_WAYS: tuple[tuple[_Breaking, float], ...] = ((_whole, 0.75), (_between, 0.6), (_phrases, 0.45), (_evenly, 0))
"""How lines are broken, the best way first, each down to a part of their size: below it the next one is easier to read."""


def _break(line: str, font: QFont, room: float) -> list[str]:
    held = phrased(line)
    layout, _height = lines_of(held, font, room, 0)
    ends = [one.textStart() + one.textLength() for one in map(layout.lineAt, range(layout.lineCount()))]
    units = held.encode("utf-16-le")  # Qt counts 𠮷 as two
    starts = [0, *ends[:-1]]
    return [units[2 * start : 2 * end].decode("utf-16-le") for start, end in zip(starts, ends, strict=True)] or [line]


def _written(line: str) -> str:
    return line.translate(_AS_WRITTEN).strip()


def _ended(found: Fitted, room: float, most: int) -> tuple[str, ...]:
    from_there = " ".join(found.lines[most - 1 :])
    metrics = QFontMetricsF(found.font)
    return (*found.lines[: most - 1], metrics.elidedText(from_there, Qt.TextElideMode.ElideRight, room))
