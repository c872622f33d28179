"""How alike two texts are."""

from __future__ import annotations

import re
import unicodedata

# By trial on shop messages of one to three lines: other blanks, widths or endings, or one changed word in a long text,
# leave 0.7 and more of the threes of characters the same; another offer written into the same frame leaves less.
ALIKE = 0.7

_PLACEHOLDER = re.compile(r"\{[^{}]*\}")
_BLANK = re.compile(r"\s+")


def likeness(one: str, other: str) -> float:
    """Return from 0 to 1 which part of the threes of characters two texts share (Jaccard), however they are typed."""
    ours, theirs = _threes(one), _threes(other)
    if not ours or not theirs:
        return float(_plain(one) == _plain(other) != "")
    return len(ours & theirs) / len(ours | theirs)


def _plain(text: str) -> str:
    """Without placeholders, blanks, and the difference of widths and cases."""
    return _BLANK.sub("", unicodedata.normalize("NFKC", _PLACEHOLDER.sub("", text))).casefold()


def _threes(text: str) -> set[str]:
    plain = _plain(text)
    return {plain[place : place + 3] for place in range(len(plain) - 2)}
