"""Whether LINE has fallen silent, measured by how long this shop is used to hearing nothing."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

ENOUGH_DAYS = 7
"""Who heard something on fewer days has no usual yet."""
LEAST_DAYS = 3
"""Also a busy shop is not alarmed by a long weekend."""
TIMES_USUAL = 2


def silent_days(heard: Sequence[date], today: date) -> int:
    """Return for how many days nothing has come, 0 where that is nothing unusual.

    Args:
        heard: The days on which something came, the last one first.
        today: In Japan.
    """
    if len(heard) < ENOUGH_DAYS:
        return 0
    longest = max((later - earlier).days for later, earlier in pairwise(heard))
    quiet = (today - heard[0]).days
    return quiet if quiet > max(LEAST_DAYS, TIMES_USUAL * longest) else 0
