"""What stands in our short addresses and QR codes, and what a friend sends who came by one."""

from __future__ import annotations

import re
import secrets

from shopdesk.japanese import nfkc

_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that looks like another
_LONG = 6
LINK = re.compile(r"[A-Za-z0-9_-]{8}")
"""The key of a link for everybody: short, and no secret."""
TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")
"""The address of a link as one person got it: 128 random bits, for it says who."""
SOURCE = re.compile(f"[{_LETTERS}]{{{_LONG}}}")
_WORD = "友だち追加"
_SAID = re.compile(rf"{_WORD}[\s:：]*([{_LETTERS}]{{{_LONG}}})", re.IGNORECASE)


def new_link() -> str:
    """Return the key of a new link."""
    return secrets.token_urlsafe(6)


def new_token() -> str:
    """Return the address of a link for one person."""
    return secrets.token_urlsafe(16)


def new_source() -> str:
    """Return the key of a new source: a person can read it and type it."""
    return "".join(secrets.choice(_LETTERS) for _ in range(_LONG))


def typed(key: str) -> str:
    """Return what a friend sends into the talk to say by which source they came."""
    return f"{_WORD} {key}"


def source_in(said: str) -> str:
    """Return the key of a source in what a friend wrote, '' where that is none."""
    found = _SAID.fullmatch(nfkc(said).strip())
    return found[1].upper() if found else ""
