"""The sender: a line of committed batches, callers that bring them to LINE, and one book that writes what became of them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from shopdesk.broadcasts.delivery import Delivery
from shopdesk.broadcasts.halting import Halt
from shopdesk.broadcasts.holding import Holding
from shopdesk.broadcasts.records import Step

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from shopdesk.broadcasts.ledger import Ledger
    from shopdesk.broadcasts.records import Batch, Outcome
    from shopdesk.clock import Clock
    from shopdesk.leases import Lease
    from shopdesk.line import Line, Sending

CALLS_AT_ONCE = 160
# What has come back is written down within this time even where it is little.
WRITTEN_WITHIN_S = 0.25


class Sender:
    """Sends one broadcast until nobody remains or something stops it. Runs in a process of its own, under a lease.

    Calls never wait for a commit: while one is written, the next batches are on their way. What is in hand is bounded,
    and a pause finishes exactly that; a cancel only what is on its way.
    """

    def __init__(
        self, line: Line, ledger: Ledger, lease: Lease, clock: Clock, sleep: Callable[[float], Awaitable[None]]
    ) -> None:
        self._line = line
        self._ledger = ledger
        self._halt = Halt()
        self._holding = Holding(lease, clock, self._halt)
        self._delivery = Delivery(line, self._holding, self._halt, clock, sleep)
        self._ready: asyncio.Queue[Batch] = asyncio.Queue()
        self._settled: list[Outcome] = []
        self._in_hand = 0
        self._step = Step()
        self._came_back = asyncio.Event()
        self._broken: BaseException | None = None

    def stop(self) -> None:
        """Stop cleanly: what is on its way is finished and written down."""
        self._halt.set("stopped")

    async def run(self) -> None:
        """Send until done, paused or stopped.

        Raises:
            LeaseLostError: another process sends now.
            QuarantinedError: the home is held back.
        """
        await self._delivery.renew_token()
        async with self._line.sending() as door:
            workers = [asyncio.create_task(self._holding.keep(self._delivery.renew_token))]
            workers += [asyncio.create_task(self._call(door)) for _ in range(CALLS_AT_ONCE)]
            for one in workers:
                one.add_done_callback(self._look_at)
            try:
                await self._keep_book()
            finally:
                for one in workers:
                    one.cancel()
                await asyncio.gather(*workers, return_exceptions=True)

    async def _call(self, door: Sending) -> None:
        """Bring one batch after the other to LINE."""
        while True:
            batch = await self._ready.get()
            outcome = await self._delivery.deliver(batch, door)
            self._settled.append(outcome)
            if len(self._settled) >= min(self._step.at_once, self._in_hand):
                self._came_back.set()

    async def _keep_book(self) -> None:
        """Write outcomes and claim the next batches, commit after commit, until nothing is in hand and nothing more comes."""
        while True:
            outcomes, self._settled = self._settled, []
            self._came_back.clear()
            self._in_hand -= len(outcomes)
            line_date, claiming = self._delivery.line_date, not self._ended
            step = await asyncio.to_thread(self._ledger.step, outcomes, line_date, self._in_hand, claiming=claiming)
            self._step = Step((), self._step.stop or step.stop, step.at_once, step.most)
            self._in_hand += len(step.batches)
            if step.stop == "cancel":
                self._halt.set("cancel")  # what is not on its way yet is not sent any more
            for batch in step.batches:
                self._ready.put_nowait(batch)
            if not self._in_hand and self._ended:
                break
            await self._until_worth_writing()
        await asyncio.to_thread(self._ledger.close, [], self._halt.reason or self._step.stop)

    @property
    def _ended(self) -> bool:
        return bool(self._step.stop or self._halt.reason)

    async def _until_worth_writing(self) -> None:
        """Wait for enough outcomes for one commit, or for as many as there can be; not at all where more can be claimed."""
        hungry = not self._ended and self._in_hand + self._step.at_once <= self._step.most
        while not hungry and len(self._settled) < min(self._step.at_once, self._in_hand):
            if self._broken is not None:
                raise self._broken
            try:
                await asyncio.wait_for(self._came_back.wait(), WRITTEN_WITHIN_S)
            except TimeoutError:
                if self._settled:
                    return

    def _look_at(self, worker: asyncio.Task[None]) -> None:
        """A worker never ends by itself: whatever ended it ends the sender."""
        if not worker.cancelled():
            self._broken = worker.exception()
            self._came_back.set()
