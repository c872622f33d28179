"""How often one address of the internet, and all of them together, may try something."""

from __future__ import annotations

import threading
from collections import defaultdict, deque
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from shopdesk.clock import Clock

WITHIN = timedelta(minutes=10)
EACH, ALL = 20, 300
"""Many phones share one address of their carrier; a person needs two or three tries."""


class Limit:
    """Counts tries of the last ten minutes, in memory: a restart forgives, the codes' own five tries do not."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._tries: dict[str, deque[datetime]] = defaultdict(deque)
        self._all: deque[datetime] = deque()
        self._guard = threading.Lock()

    def allows(self, who: str) -> bool:
        """Count a try of this address; say whether it may go on."""
        now = self._clock.now()
        with self._guard:
            for times in (self._all, *([self._tries[who]])):
                while times and times[0] <= now - WITHIN:
                    times.popleft()
            if len(self._all) >= ALL or len(self._tries[who]) >= EACH:
                return False
            if not self._all:
                self._tries.clear()  # nobody tried for ten minutes: nobody need be remembered
            self._all.append(now)
            self._tries[who].append(now)
            return True
