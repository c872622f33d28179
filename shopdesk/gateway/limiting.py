"""How often one address of the internet, and all of them together, may try something."""

from __future__ import annotations

import threading
from collections import Counter, deque
from datetime import timedelta
from ipaddress import IPv4Address, IPv6Network, ip_address
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from starlette.requests import Request

    from shopdesk.clock import Clock

WITHIN = timedelta(minutes=10)
EACH, ALL = 20, 300
"""Many phones share one address of their carrier; a person needs two or three tries."""
_NETWORK_BITS = 64


def whence(request: Request) -> str:
    """Return from where a request comes: its address, or of IPv6 the network, in which one subscriber has 2⁶⁴ addresses."""
    host = request.client.host if request.client else ""
    try:
        found = ip_address(host)
    except ValueError:
        return host
    if isinstance(found, IPv4Address):
        return host
    return str(found.ipv4_mapped or IPv6Network((found, _NETWORK_BITS), strict=False))


class Limit:
    """Counts the tries of the last ten minutes, in memory: a restart forgives, the codes' own five tries do not."""

    def __init__(self, clock: Clock, most: int = ALL) -> None:
        """Count by this clock; `most` are the tries of all addresses together."""
        self._clock, self._most = clock, most
        self._tries: deque[tuple[datetime, str]] = deque()
        self._of: Counter[str] = Counter()
        self._guard = threading.Lock()

    def allows(self, who: str) -> bool:
        """Count a try of this address, '' for what only all together are limited in; say whether it may go on.

        What is refused is not counted, nor remembered.
        """
        now = self._clock.now()
        with self._guard:
            while self._tries and self._tries[0][0] <= now - WITHIN:
                _at, gone = self._tries.popleft()
                self._of[gone] -= 1
                if not self._of[gone]:
                    del self._of[gone]
            if len(self._tries) >= self._most or (who and self._of[who] >= EACH):
                return False
            self._tries.append((now, who))
            self._of[who] += 1
            return True
