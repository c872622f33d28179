"""Names that run from right to left, or are made to, beside words that run from left to right."""

from __future__ import annotations

from unicodedata import bidirectional

_TURNS = {"R", "AL", "AN", "RLE", "RLO", "LRE", "LRO", "PDF"}
_ISOLATES = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))
FSI, PDI = "\u2068", "\u2069"


def isolated(text: str) -> str:
    """Return a text that turns no words around it: one that runs or is made to run from right to left stands apart."""
    plain = text.translate(_ISOLATES)
    return f"{FSI}{plain}{PDI}" if any(bidirectional(sign) in _TURNS for sign in plain) else plain
