"""Who reads which of two texts and who is left out at random: by a hash of the seed and the person, never by order."""

from __future__ import annotations

import hashlib
import secrets
from typing import Literal

Variant = Literal["a", "b"]

_WHOLE = 1 << 64


def new_seed() -> str:
    """Return a seed for one broadcast."""
    return secrets.token_hex(8)


def left_out(seed: str, user_id: str, percent: int) -> bool:
    """Tell whether a person belongs to the `percent` who get nothing."""
    return _place(seed, "holdout", user_id) * 100 < percent


def variant(seed: str, user_id: str, percent: int) -> Variant:
    """Return `b` for `percent` of the people, `a` for the others; independent of who is left out."""
    return "b" if _place(seed, "split", user_id) * 100 < percent else "a"


def _place(seed: str, what: str, user_id: str) -> float:
    """A number from 0 up to 1 that is always the same for the same person."""
    digest = hashlib.sha256(f"{seed}:{what}:{user_id}".encode()).digest()
    return int.from_bytes(digest[:8]) / _WHOLE
