"""What a friend sends to get a coupon whose page they have open: the page types it for them."""

from __future__ import annotations

import re

KEY = re.compile(r"[A-Za-z0-9_-]{22}")
"""What stands in the address of a coupon's page."""
_WORD = "クーポン"
_TYPED = re.compile(rf"{_WORD}[\s:：]+({KEY.pattern})")


def typed(page_key: str) -> str:
    """Return what a friend sends into the talk to get the coupon of a page."""
    return f"{_WORD} {page_key}"


def key_in(said: str) -> str:
    """Return the key of a coupon's page in what a friend wrote, '' where that is none."""
    found = _TYPED.fullmatch(said.strip())
    return found[1] if found else ""
