"""How alike two texts are."""

from __future__ import annotations

import re
import unicodedata

# Measured on pairs of real shop messages' kind: a new price or date in a text of two lines leaves 0.8 and more of its
# threes of characters the same; two different offers written into one frame share about half. Between them lies 0.7.
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
