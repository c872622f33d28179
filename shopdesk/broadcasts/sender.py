"""The sender: posts committed batches, reads LINE's answers, and stops where a person should look."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shopdesk.broadcasts import retrying
from shopdesk.broadcasts.pace import Pace
from shopdesk.broadcasts.records import Batch, Outcome
from shopdesk.errors import ShopDeskError
from shopdesk.leases import LASTS, RENEW_EVERY, LeaseLostError
from shopdesk.line import Answer, Lost, UnreachableError, Verdict, judge, said

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from shopdesk.broadcasts.ledger import Ledger
    from shopdesk.broadcasts.records import Kind
    from shopdesk.clock import Clock
    from shopdesk.leases import Lease
    from shopdesk.line import Line, Sending

CALLS_AT_ONCE = 160


@dataclass(slots=True)
class _Course:
    """One batch on its way in this process. `sure`: LINE cannot have taken it so far."""

    batch: Batch
    sure: bool
    tries: int = 0
    failures: int = 0
    waits: int = 0
    status: int | None = None
    token: str = ""
    renewed: bool = False


class Sender:
    """Sends one broadcast until nobody remains or something stops it. Runs in a process of its own, under a lease."""

    def __init__(
        self, line: Line, ledger: Ledger, lease: Lease, clock: Clock, sleep: Callable[[float], Awaitable[None]]
    ) -> None:
        self._line = line
        self._ledger = ledger
        self._lease = lease
        self._clock = clock
        self._sleep = sleep
        self._halted = asyncio.Event()
        self._reason = ""
        self._token = ""
        self._minting = asyncio.Lock()
        self._paces: dict[str, Pace] = {}
        self._line_date = line.date
        self._held_until = clock.now() + LASTS
        self._door: Sending

    def stop(self) -> None:
        """Stop cleanly: what is on its way is finished and written down."""
        self._halt("stopped")

    async def run(self) -> None:
        """Send until done, paused or stopped.

        Raises:
            LeaseLostError: another process sends now.
            QuarantinedError: the home is held back.
        """
        holding = asyncio.create_task(self._hold())
        try:
            async with self._line.sending() as self._door:
                await self._waves()
        finally:
            holding.cancel()
            await asyncio.gather(holding, return_exceptions=True)

    async def _waves(self) -> None:
        outcomes: list[Outcome] = []
        while not self._reason:
            batches = await asyncio.to_thread(self._ledger.step, outcomes, self._line_date)
            if not batches:
                return
            await self._renew_token()
            slots = asyncio.Semaphore(CALLS_AT_ONCE)
            async with asyncio.TaskGroup() as group:
                on_the_way = [group.create_task(self._deliver(batch, slots)) for batch in batches]
            outcomes = [one.result() for one in on_the_way]
        await asyncio.to_thread(self._ledger.pause, outcomes, self._reason)

    async def _deliver(self, batch: Batch, slots: asyncio.Semaphore) -> Outcome:
        course = _Course(batch, sure=not batch.resumed)
        async with slots:
            while True:
                if course.tries and self._is_old(batch):
                    return self._outcome(course, "unknown", "too_old")
                await self._pace(batch.endpoint).turn()
                await self._still_holding()
                if self._reason:
                    return self._left(course)
                outcome = await self._attempt(course)
                if outcome is not None:
                    return outcome

    async def _attempt(self, course: _Course) -> Outcome | None:
        """Call LINE once; None means: try again."""
        batch = course.batch
        course.token = self._token
        course.tries += 1
        answer = await self._door.post(batch.endpoint, batch.body, batch.retry_key, course.token)
        verdict = judge(answer)
        if isinstance(answer, Answer):
            course.status = answer.status
            if answer.date is not None:
                self._line_date = max(answer.date, self._line_date or answer.date)
        if verdict is Verdict.ACCEPTED and isinstance(answer, Answer):
            return self._outcome(course, "accepted", request_id=answer.accepted_request_id or answer.request_id)
        if verdict is Verdict.REJECTED and isinstance(answer, Answer):
            return self._outcome(course, "failed", "rejected", said(answer), answer.request_id)
        return await self._again(course, verdict, answer)

    async def _again(self, course: _Course, verdict: Verdict, answer: Answer | Lost) -> Outcome | None:
        """Wait as the answer wants it, or halt everything; None means: try again."""
        if verdict is Verdict.SLOW_DOWN:
            course.waits += 1
            if course.waits < retrying.WAITS:
                await self._wait(course.waits)
                return None
            self._halt("rate")
        elif verdict is Verdict.RETRY:
            course.sure = False
            course.failures += 1
            if course.failures < retrying.TRIES:
                await self._wait(course.failures)
                return None
            self._halt("network")
        elif verdict is Verdict.TOKEN and not course.renewed:
            course.renewed = True
            await self._renew_token(instead_of=course.token)
            return None
        else:
            self._halt({Verdict.MONTHLY_LIMIT: "monthly_limit", Verdict.TOKEN: "token"}.get(verdict, "forbidden"))
        return self._left(course, answer)

    def _left(self, course: _Course, answer: Answer | Lost | None = None) -> Outcome:
        """A batch that is not settled: its people wait again where LINE surely has not taken it."""
        request_id = answer.request_id if isinstance(answer, Answer) else ""
        return self._outcome(course, "returned" if course.sure else "open", request_id=request_id)

    @staticmethod
    def _outcome(course: _Course, kind: Kind, reason: str = "", problem: str = "", request_id: str = "") -> Outcome:
        return Outcome(course.batch.id, kind, course.tries, course.status, request_id, reason, problem)

    def _halt(self, reason: str) -> None:
        self._reason = self._reason or reason
        self._halted.set()

    async def _wait(self, failures: int) -> None:
        """Back off; a halt ends the wait."""
        seconds = retrying.pause_s(failures, random.random())  # noqa: S311 - spreads waits, guards nothing
        waits = (asyncio.ensure_future(self._sleep(seconds)), asyncio.ensure_future(self._halted.wait()))
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for one in waits:
            one.cancel()
        await self._renew_token()

    async def _renew_token(self, instead_of: str = "") -> None:
        """Have a token that is good; of many who found theirs refused only the first takes a new one."""
        async with self._minting:
            fresh = bool(instead_of) and instead_of == self._token
            try:
                self._token = await asyncio.to_thread(self._line.token, fresh=fresh)
            except UnreachableError:
                self._halt("network")
            except ShopDeskError:
                self._halt("token")

    def _is_old(self, batch: Batch) -> bool:
        return retrying.key_is_old(batch.first_tried_at, self._clock.now(), self._line_date)

    def _pace(self, endpoint: str) -> Pace:
        if endpoint not in self._paces:
            self._paces[endpoint] = Pace(endpoint, asyncio.get_running_loop().time)
        return self._paces[endpoint]

    async def _hold(self) -> None:
        """Keep the lease while we work."""
        while True:
            await asyncio.sleep(RENEW_EVERY.total_seconds())
            await self._renew_lease()

    async def _still_holding(self) -> None:
        """A process that slept past its lease asks before it calls."""
        if self._clock.now() >= self._held_until:
            await self._renew_lease()

    async def _renew_lease(self) -> None:
        asked = self._clock.now()
        try:
            await asyncio.to_thread(self._lease.renew)
        except LeaseLostError:
            self._halt("lease")  # never written: whoever writes next finds out and raises
        except ShopDeskError:
            if self._clock.now() >= self._held_until:
                self._halt("stopped")
        else:
            self._held_until = asked + LASTS
