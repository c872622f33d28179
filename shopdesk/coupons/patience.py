"""A till that was refused too many codes within a minute waits, as it does for cards."""

from __future__ import annotations

import threading
from collections import defaultdict, deque
from datetime import timedelta
from typing import TYPE_CHECKING

from shopdesk.coupons.refusals import TooManyTriesError
from shopdesk.i18n import _

if TYPE_CHECKING:
    from datetime import datetime

MOST = 20
WITHIN = timedelta(minutes=1)


class Patience:
    """Counts codes that open nothing, by till, in memory: of 128 random bits a restart gives nothing away."""

    def __init__(self) -> None:
        self._bad: defaultdict[str, deque[datetime]] = defaultdict(deque)
        self._guard = threading.Lock()

    def require(self, till: str, now: datetime) -> None:
        """Refuse a till that tries one code after the other. Raises TooManyTriesError."""
        with self._guard:
            if len(self._recent(till, now)) >= MOST:
                raise TooManyTriesError(
                    _("Too many codes that are none of ours were read at this till. Wait a minute, then scan again.")
                )

    def note(self, till: str, now: datetime) -> None:
        """Count a code that opened nothing."""
        with self._guard:
            self._recent(till, now).append(now)

    def _recent(self, till: str, now: datetime) -> deque[datetime]:
        tries = self._bad[till]
        while tries and tries[0] <= now - WITHIN:
            tries.popleft()
        return tries
