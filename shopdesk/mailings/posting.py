"""Posting: letter after letter over one connection, with back-off, until nobody is left or a person should look."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from shopdesk.broadcasts import TRIES, pause_s
from shopdesk.leases import RENEW_EVERY
from shopdesk.mail import Mail
from shopdesk.mailings.records import Became, Claimed

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from shopdesk.clock import Clock
    from shopdesk.leases import Lease
    from shopdesk.mail import Account, Posted
    from shopdesk.mailings.ledger import Ledger

# Providers of small shops slow down or shut out whoever sends faster.
APART_S = 0.2
_KINDS = {"taken": "accepted", "refused": "failed", "unsure": "unknown"}


class Posting:
    """Sends the letters of one mailing. `sleep` waits; tests give one that does not."""

    def __init__(
        self, account: Account, ledger: Ledger, lease: Lease, clock: Clock, sleep: Callable[[float], Awaitable[None]]
    ) -> None:
        self._account = account
        self._ledger = ledger
        self._lease = lease
        self._clock = clock
        self._sleep = sleep
        self._renewed_at = clock.now()

    async def run(self) -> None:
        """Send until done, stopped, or the provider takes nothing.

        Raises:
            LeaseLostError: another process mails now.
            QuarantinedError: the home is held back.
        """
        async with Mail(self._account) as mail:
            letter = self._ledger.step(None)
            while letter is not None:
                posted = await self._post(mail, letter)
                became = self._became(letter, posted)
                if became.state == "waiting":
                    self._ledger.pause(became, "account" if posted.kind == "account" else "network")
                    return
                letter = self._ledger.step(became)
                await self._sleep(APART_S)

    async def _post(self, mail: Mail, letter: Claimed) -> Posted:
        """Hand one letter over; again where it surely was not taken, some times."""
        for failures in range(1, TRIES + 1):
            self._keep_lease()
            posted = await mail.post(self._ledger.sender.address, letter.to, letter.body)
            if posted.kind != "later" or failures == TRIES:
                return posted
            await self._sleep(pause_s(failures, random.random()))  # noqa: S311 - spreads waits, guards nothing
        return posted

    def _keep_lease(self) -> None:
        if self._clock.now() - self._renewed_at >= RENEW_EVERY:
            self._lease.renew()
            self._renewed_at = self._clock.now()

    def _became(self, letter: Claimed, posted: Posted) -> Became:
        state = _KINDS.get(posted.kind, "waiting")
        reason = {"failed": "refused", "unknown": "unsure"}.get(state, "")
        return Became(letter.id, state, self._clock.now(), reason, posted.code, posted.said[:500])  # type: ignore[arg-type]
