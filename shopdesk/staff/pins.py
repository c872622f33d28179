"""PINs: how they are kept (argon2), and how long the next try waits."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import pairwise

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from shopdesk.errors import InvalidInputError
from shopdesk.i18n import _

FORM = re.compile(r"[0-9]{4,8}", re.ASCII)
FREE_TRIES = 3
"""So many wrong PINs in a row are a slip of the finger; each further one doubles the wait."""
_FIRST_WAIT, _LONGEST_WAIT = timedelta(seconds=30), timedelta(minutes=15)
_HASHER = PasswordHasher()  # RFC 9106's second recommendation: 64 MiB, 3 passes


def hashed(pin: str) -> str:
    """Return what is kept of a PIN.

    Raises:
        InvalidInputError: it is not four to eight digits, or one that everybody tries first.
    """
    if not FORM.fullmatch(pin):
        raise InvalidInputError(_("A PIN has four to eight digits."))
    if _is_first_guess(pin):
        raise InvalidInputError(_("This PIN is easy to guess. Choose one whose digits neither repeat nor count up."))
    return _HASHER.hash(pin)


def is_right(pin: str, kept: str) -> bool:
    """Say whether this is the PIN; takes some 50 ms on purpose."""
    try:
        return _HASHER.verify(kept, pin)
    except VerifyMismatchError:
        return False


def wait_after(wrong: int) -> timedelta:
    """Return how long the next try waits after so many wrong ones in a row."""
    if wrong < FREE_TRIES:
        return timedelta(0)
    doubled: int = 2 ** min(wrong - FREE_TRIES, 10)
    return min(_FIRST_WAIT * doubled, _LONGEST_WAIT)


def _is_first_guess(pin: str) -> bool:
    steps = {int(after) - int(before) for before, after in pairwise(pin)}
    return steps in ({0}, {1}, {-1})
