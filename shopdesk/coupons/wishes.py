"""What a friend sends to get a coupon: the page of one types it for them, a button says it unseen."""

from __future__ import annotations

import re

KEY = re.compile(r"[A-Za-z0-9_-]{22}")
"""What stands in the address of a coupon's page."""
_WORD = "クーポン"
_POSTBACK = "shopdesk=coupon:"
_TYPED = re.compile(rf"{_WORD}[\s:：]+({KEY.pattern})")


def typed(page_key: str) -> str:
    """Return what a friend sends into the talk to get the coupon of a page."""
    return f"{_WORD} {page_key}"


def key_in(said: str) -> str:
    """Return the key of a coupon's page in what a friend wrote, '' where that is none."""
    found = _TYPED.fullmatch(said.strip())
    return found[1] if found else ""


def postback(page_key: str) -> str:
    """Return the data of a button, or of a rich menu, that asks for the coupon of a page."""
    return _POSTBACK + page_key


def key_asked(data: object) -> str:
    """Return the key of a coupon's page in the data of a button, '' where that is none."""
    found = str(data or "")
    key = found.removeprefix(_POSTBACK)
    return key if found.startswith(_POSTBACK) and KEY.fullmatch(key) else ""
