"""The one thing that stops a sender: why, and everybody who waits hears of it."""

from __future__ import annotations

import asyncio


class Halt:
    """Set once, with a reason; `reason` is empty as long as nothing stops us."""

    def __init__(self) -> None:
        self.reason = ""
        self._event = asyncio.Event()

    def set(self, reason: str) -> None:
        """Stop, for this reason unless there is one already."""
        self.reason = self.reason or reason
        self._event.set()

    async def wait(self) -> None:
        """Return when something stops us."""
        await self._event.wait()
