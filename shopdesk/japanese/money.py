"""Yen as people and spreadsheets write them."""

from __future__ import annotations

import re

from shopdesk.japanese.texts import DASHES, nfkc

_YEN = re.compile(r"(?:¥|\\|jpy)?(\d{1,3}(?:,\d{3})+|\d+)(?:\.0*)?(?:円|yen|jpy)?-?", re.IGNORECASE)
_MOST_YEN = 10**13


def yen(value: str | float | None) -> int | None:
    """Return whole yen, or None where the text is no amount. `¥1,200`, `1,200円`, `1200.00`, `(1,200)`, `△1,200`."""
    if isinstance(value, str):
        return _yen_text(value)
    if value is None or isinstance(value, bool) or not -_MOST_YEN < value < _MOST_YEN or value != int(value):
        return None
    return int(value)


def _yen_text(value: str) -> int | None:
    if len(value) > 40:  # noqa: PLR2004 - no amount is that long
        return None
    text = DASHES.sub("-", nfkc(value)).replace(" ", "").strip("'\t\n")
    minus = text[:1] in "-△▲(" or text[:2] in {"¥-", "\\-"}
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1]
    text = text.lstrip("-△▲+")
    found = _YEN.fullmatch(text.replace("¥-", "¥").replace("\\-", "\\"))
    amount = int(found[1].replace(",", "")) if found else _MOST_YEN
    return None if amount >= _MOST_YEN else -amount if minus else amount
