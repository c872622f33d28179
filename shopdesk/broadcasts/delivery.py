"""Bringing one batch to LINE: call, read the answer, wait, repeat, or stop everything."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shopdesk.broadcasts import retrying
from shopdesk.broadcasts.pace import Pace
from shopdesk.broadcasts.records import Batch, Outcome
from shopdesk.errors import ShopDeskError
from shopdesk.line import Answer, Lost, UnreachableError, Verdict, judge, said

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from shopdesk.broadcasts.halting import Halt
    from shopdesk.broadcasts.holding import Holding
    from shopdesk.broadcasts.records import Kind
    from shopdesk.clock import Clock
    from shopdesk.line import Line, Sending

_HALTS = {Verdict.MONTHLY_LIMIT: "monthly_limit", Verdict.TOKEN: "token", Verdict.FORBIDDEN: "forbidden"}


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


class Delivery:
    """All calls of one sender; `line_date` is LINE's clock as last seen."""

    def __init__(
        self, line: Line, holding: Holding, halt: Halt, clock: Clock, sleep: Callable[[float], Awaitable[None]]
    ) -> None:
        self.line_date = line.date
        self._line = line
        self._holding = holding
        self._halt = halt
        self._clock = clock
        self._sleep = sleep
        self._token = ""
        self._minting = asyncio.Lock()
        self._paces: dict[str, Pace] = {}

    async def deliver(self, batch: Batch, door: Sending) -> Outcome:
        """Bring one batch to LINE and return what became of it."""
        course = _Course(batch, sure=not batch.resumed)
        while True:
            if course.tries and retrying.key_is_old(batch.first_tried_at, self._clock.now(), self.line_date):
                return _outcome(course, "unknown", reason="too_old")
            await self._pace(batch.endpoint).turn()
            await self._holding.sure()
            if self._halt.reason:
                return _left(course)
            outcome = await self._attempt(course, door)
            if outcome is not None:
                return outcome

    async def _attempt(self, course: _Course, door: Sending) -> Outcome | None:
        """Call LINE once; None means: try again."""
        batch = course.batch
        course.token = self._token
        course.tries += 1
        answer = await door.post(batch.endpoint, batch.body, batch.retry_key, course.token)
        verdict = judge(answer)
        if isinstance(answer, Lost):
            return await self._again(course, verdict)
        course.status = answer.status
        if answer.date is not None:
            self.line_date = max(answer.date, self.line_date or answer.date)
        if verdict is Verdict.ACCEPTED:
            return _outcome(course, "accepted", answer)
        if verdict is Verdict.REJECTED:
            return _outcome(course, "failed", answer, "rejected", said(answer))
        return await self._again(course, verdict, answer)

    async def _again(self, course: _Course, verdict: Verdict, answer: Answer | None = None) -> Outcome | None:
        """Wait as the answer wants it, or halt everything; None means: try again."""
        if verdict is Verdict.SLOW_DOWN:
            course.waits += 1
            if course.waits < retrying.WAITS:
                await self._wait(course.waits)
                return None
            self._halt.set("rate")
        elif verdict is Verdict.RETRY:
            course.sure = False
            course.failures += 1
            if course.failures < retrying.TRIES:
                await self._wait(course.failures)
                return None
            self._halt.set("network")
        elif verdict is Verdict.TOKEN and not course.renewed:
            course.renewed = True
            await self.renew_token(instead_of=course.token)
            return None
        else:
            self._halt.set(_HALTS[verdict])
        return _left(course, answer)

    async def _wait(self, failures: int) -> None:
        """Back off; a halt ends the wait."""
        seconds = retrying.pause_s(failures, random.random())  # noqa: S311 - spreads waits, guards nothing
        waits = (asyncio.ensure_future(self._sleep(seconds)), asyncio.ensure_future(self._halt.wait()))
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for one in waits:
            one.cancel()
        await self.renew_token()

    async def renew_token(self, instead_of: str = "") -> None:
        """Have a token that is good; of many who found theirs refused only the first takes a new one."""
        async with self._minting:
            fresh = bool(instead_of) and instead_of == self._token
            try:
                self._token = await asyncio.to_thread(self._line.token, fresh=fresh)
            except UnreachableError:
                self._halt.set("network")
            except ShopDeskError:
                self._halt.set("token")

    def _pace(self, endpoint: str) -> Pace:
        if endpoint not in self._paces:
            self._paces[endpoint] = Pace(endpoint, asyncio.get_running_loop().time)
        return self._paces[endpoint]


def _left(course: _Course, answer: Answer | None = None) -> Outcome:
    """A batch that is not settled: its people wait again where LINE surely has not taken it."""
    return _outcome(course, "returned" if course.sure else "open", answer)


def _outcome(course: _Course, kind: Kind, answer: Answer | None = None, reason: str = "", problem: str = "") -> Outcome:
    request_id, accepted = (answer.request_id, answer.accepted_request_id) if answer else ("", "")
    return Outcome(course.batch.id, kind, course.tries, course.status, request_id, accepted, reason, problem)
