"""The one drainer: bodies from the inbox into the shop, each event in one transaction with the note that it had its effect."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

from shopdesk.database import BusyError, DatabaseError
from shopdesk.line import read_webhook

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from shopdesk.inbox import Inbox, Stored
    from shopdesk.line import Webhook
    from shopdesk.shop import Shop

logger = logging.getLogger(__name__)

AT_ONCE = 100
LOOKS_EVERY_S = 1.0
"""So often it looks although nobody called: a body may have been kept by a process that was killed."""


class Drainer:
    """Works the inbox off on a thread of its own, in the order in which bodies came."""

    def __init__(self, shop: Shop, inbox: Inbox, then: Callable[[], None] = lambda: None) -> None:
        self._shop, self._inbox, self._then = shop, inbox, then
        self._begun = False
        self._news = threading.Event()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="drainer", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def call(self) -> None:
        """Say that something was kept."""
        self._news.set()

    def stop(self) -> None:
        """End after the body in hand."""
        self._ended.set()
        self._news.set()
        self._thread.join()

    def drain(self) -> None:
        """Work off everything that waits, and call `then` after each group; what cannot be had just now stays waiting.

        First what the drainer before this one left unsaid is said: it may be the question that is answered next.

        Raises:
            BusyError, DatabaseError: the main database cannot be written now.
        """
        if not self._begun:
            self._shop.talks.machine.go_on()
            self._begun = True
        while not self._ended.is_set() and (bodies := self._inbox.waiting(AT_ONCE)):
            self._inbox.done(self._worked_off(bodies))
            self._then()

    def _run(self) -> None:
        while not self._ended.is_set():
            self._news.wait(LOOKS_EVERY_S)
            self._news.clear()
            try:
                self.drain()
            except (BusyError, DatabaseError) as busy:
                logger.warning("the inbox waits: %s", busy.code)
            except Exception:  # whatever it was: it is the only drainer, and looks again soon
                logger.exception("the inbox waits")

    def _worked_off(self, bodies: Sequence[Stored]) -> dict[int, str]:
        """Apply the events of some bodies; return for each body what was set aside of it and why, '' where nothing was."""
        webhooks = {one.id: read_webhook(one.body) for one in bodies}
        ours = {number: one for number, one in webhooks.items() if self._is_ours(one.destination)}
        failed = self._shop.apply([event for one in ours.values() for event in one.events])
        for number, wrong in failed.items():
            logger.error("the event %s was set aside", number, exc_info=wrong)
        return {number: _problem(one, failed, ours=number in ours) for number, one in webhooks.items()}

    def _is_ours(self, destination: str) -> bool:
        """Say whether a body is for this account; before LINE told us who we are, the signature has to do."""
        return not destination or self._shop.settings.get("line_bot") in {"", destination}


def _problem(webhook: Webhook, failed: Mapping[str, Exception], *, ours: bool) -> str:
    if not ours:
        return "for another bot"
    failures = [f"{one.id}: {type(failed[one.id]).__name__}" for one in webhook.events if one.id in failed]
    return "; ".join([*webhook.unread, *failures])
