"""Lengths as LINE counts them: UTF-16 code units, or what a reader sees as one character."""

from __future__ import annotations

import unicodedata

_ZERO_WIDTH_JOINER = "\u200d"


def utf16_length(text: str) -> int:
    """Return the number of UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def grapheme_length(text: str) -> int:
    """Return the number of characters a reader sees: marks, joiners, skin tones and flags count with their base."""
    count, before, flags = 0, "", 0
    for character in text:
        flags = flags + 1 if _is_flag_half(character) else 0
        joined = before == _ZERO_WIDTH_JOINER or _extends(character) or (flags > 0 and flags % 2 == 0)
        count += not joined or not before
        before = character
    return count


def _is_flag_half(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _extends(character: str) -> bool:
    return (
        character == _ZERO_WIDTH_JOINER
        or unicodedata.category(character) in {"Mn", "Me", "Mc"}
        or "\U0001f3fb" <= character <= "\U0001f3ff"
        or "\U000e0020" <= character <= "\U000e007f"
        or character in "\uff9e\uff9f"
    )
