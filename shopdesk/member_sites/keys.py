"""The secrets of the sites: worked out from one key in the key ring, so that a site registered later needs no new one there."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets

SITE = re.compile(r"[A-Za-z0-9_-]{11}")
"""What stands in the address of a site's sign-in; it is no secret."""
_LEAST = 32


def new_site() -> str:
    """Return the key of a new site."""
    return secrets.token_urlsafe(8)


def new_root() -> str:
    """Return a new key for the key ring: 256 random bits in hexadecimal digits."""
    return secrets.token_hex(32)


def is_strong(root: str) -> bool:
    """Say whether a key that somebody put into the keys file is long enough not to be guessed by a site that knows its own secret."""
    return len(root) >= _LEAST


def secret_of(root: str, site: str, generation: int) -> str:
    """Return the secret of a site: 43 letters, another one for each generation."""
    made = hmac.digest(root.encode(), f"site:{site}:{generation}".encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(made).decode().rstrip("=")


def mark_of(root: str) -> str:
    """Return by what it is told whether a key is the right one; nobody comes from it to the key."""
    return hmac.new(root.encode(), b"mark", hashlib.sha256).hexdigest()[:16]
