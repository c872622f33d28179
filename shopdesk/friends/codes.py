"""Tokens and codes that prove who somebody is: how they are made, kept and found in what a friend writes.

Nothing here proves anything by being known about a person (a name, a phone, an order): only what the shop gave out does.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import timedelta

from shopdesk.japanese import fold

CARD_LASTS = timedelta(days=30)
"""So long a link on a card, in a parcel or at the counter can be used, once."""
CODE_LASTS = timedelta(minutes=10)
"""So long a mailed code and a nonce hold: as long as LINE's own link token."""
TRIES = 5
"""So often a mailed code may be typed wrong before it is worth nothing."""
CODES_PER_HOUR, CODES_PER_DAY = 3, 10
"""So many codes are mailed to one customer; who asks for more is told the same and gets none."""
TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")
# Words a friend sends; the page types the first one for them.
_WORD = "連携コード"
_TYPED = re.compile(rf"{_WORD}[\s:：]*({TOKEN.pattern})")
_LINK, _UNLINK = fold("連携"), fold("連携解除")
POSTBACK = "shopdesk=link"
"""The data of a button or of a rich menu that asks to link the accounts."""


def new_token() -> str:
    """Return 128 random bits as 22 letters that can stand in an address and be LINE's nonce."""
    return secrets.token_urlsafe(16)


def new_code() -> str:
    """Return six random digits."""
    return f"{secrets.randbelow(1_000_000):06d}"


def hashed(token: str, code: str = "") -> str:
    """Return what is kept of a token, or of a code that goes with one: nobody who reads it can use it."""
    return hashlib.sha256(f"{token}:{code}".encode()).hexdigest()


def typed(token: str) -> str:
    """Return what a friend sends into the talk to use a token."""
    return f"{_WORD} {token}"


def token_in(said: str) -> str:
    """Return the token in what a friend wrote, '' where there is none."""
    found = _TYPED.search(said)
    return found[1] if found else ""


def asks_to_link(said: str) -> bool:
    """Say whether a friend wrote that they want the accounts linked."""
    return fold(said) == _LINK


def asks_to_unlink(said: str) -> bool:
    """Say whether a friend wrote that they want the link taken away."""
    return fold(said) == _UNLINK
