"""Names that run from right to left, or are made to, beside words that run from left to right."""

from __future__ import annotations

from unicodedata import bidirectional, category

from shopdesk.i18n import _

_TURNS = {"R", "AL", "AN", "RLE", "RLO", "LRE", "LRO", "PDF"}
_ISOLATES = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))
FSI, PDI = "\u2068", "\u2069"


def isolated(text: str) -> str:
    """Return a text that turns no words around it: one that runs or is made to run from right to left stands apart."""
    plain = text.translate(_ISOLATES)
    return f"{FSI}{plain}{PDI}" if any(bidirectional(sign) in _TURNS for sign in plain) else plain


def named(*names: str) -> str:
    """Return the first of somebody's names of which anything can be seen, as it stands among other words."""
    return next(filter(None, map(seen, names)), "") or _("(no name)")


def seen(text: str) -> str:
    """Return a name as it stands among other words; empty where nothing of it can be seen: some are only zero-width signs."""
    return isolated(text) if any(category(sign) not in {"Cf", "Zs", "Cc", "Mn"} for sign in text) else ""
