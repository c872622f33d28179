"""Lengths as LINE counts them: UTF-16 code units, or characters as a reader sees them, by the field."""

from __future__ import annotations

import unicodedata

_JOINER = "\u200d"
_MARKS = frozenset({"Mn", "Me", "Mc"})


def units(text: str) -> int:
    """Return the length as LINE counts most texts: UTF-16 code units, two for an emoji."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def graphemes(text: str) -> int:
    """Return the length as LINE counts labels and texts of templates: what a reader sees as one character.

    A mark, a skin tone or a joined emoji counts with the sign it stands on, and two halves of a flag as one. Where the
    rules of Unicode (UAX 29) join more than that, such as Hangul syllables in parts, this counts more, never fewer.
    """
    count, before, half_flag = 0, "", False
    for sign in text:
        is_half = "\U0001f1e6" <= sign <= "\U0001f1ff"
        closes_flag = is_half and half_flag
        joined = bool(before) and (_extends(sign) or closes_flag or (before == _JOINER and _pictured(sign)))
        count += not (joined or (before == "\r" and sign == "\n"))
        before, half_flag = sign, is_half and not closes_flag
    return count


def _extends(sign: str) -> bool:
    return (
        unicodedata.category(sign) in _MARKS
        or sign in "\u200c\u200d\uff9e\uff9f"
        or "\U0001f3fb" <= sign <= "\U0001f3ff"
        or "\U000e0020" <= sign <= "\U000e007f"
    )


def _pictured(sign: str) -> bool:
    """Whether a sign can follow a joiner: emoji, arrows and other symbols."""
    return unicodedata.category(sign) in {"So", "Sm"} or sign > "\U0001f000"
