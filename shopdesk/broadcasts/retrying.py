"""How long and how often a request is repeated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.line import limits

if TYPE_CHECKING:
    from datetime import datetime

# Six tries in a row take about a minute; then a person should look.
TRIES = 6
# LINE says "slower" seldom below its limits; after this many waits something else is wrong.
WAITS = 12
_FIRST_S, _GROWTH, _SPREAD, _LONGEST_S = 0.5, 3.0, 0.4, 60.0


def pause_s(failures: int, chance: float) -> float:
    """Return the seconds to wait after so many failures in a row (from 1).

    Each wait is at least twice the one before until the longest is reached; `chance` (0–1) spreads them, so that many
    do not come back at once.
    """
    return float(min(_LONGEST_S, _FIRST_S * _GROWTH ** (failures - 1)) * (1 + _SPREAD * chance))


def key_is_old(first_tried_at: datetime, local: datetime, line: datetime | None) -> bool:
    """Tell whether a retry key is too old to be used again, by the later of our clock and LINE's."""
    latest = local if line is None else max(local, line)
    return latest - first_tried_at >= limits.RETRY_UNTIL
