"""Keeping the sender's lease while it works."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from shopdesk.errors import ShopDeskError
from shopdesk.leases import LASTS, RENEW_EVERY, LeaseLostError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from shopdesk.broadcasts.halting import Halt
    from shopdesk.clock import Clock
    from shopdesk.leases import Lease


class Holding:
    """Renews the lease every five seconds; a process that slept past it asks before it calls."""

    def __init__(self, lease: Lease, clock: Clock, halt: Halt) -> None:
        self._lease = lease
        self._clock = clock
        self._halt = halt
        self._until = clock.now() + LASTS

    async def keep(self, also: Callable[[], Awaitable[None]]) -> None:
        """Renew until cancelled; `also` is done each time."""
        while True:
            await asyncio.sleep(RENEW_EVERY.total_seconds())
            await self._renew()
            await also()

    async def sure(self) -> None:
        """Return when the lease is ours; halts where it is not."""
        if self._clock.now() >= self._until:
            await self._renew()

    async def _renew(self) -> None:
        asked = self._clock.now()
        try:
            await asyncio.to_thread(self._lease.renew)
        except LeaseLostError:
            self._halt.set("lease")  # never written: whoever writes next finds out and raises
        except ShopDeskError:
            if self._clock.now() >= self._until:
                self._halt.set("stopped")
        else:
            self._until = asked + LASTS
