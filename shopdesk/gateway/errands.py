"""What follows from events and takes LINE's time (files, profiles, what was left half sent), and what has its time. On threads of their own."""

from __future__ import annotations

import logging
import threading
from functools import partial
from typing import TYPE_CHECKING

from shopdesk import due
from shopdesk.errors import ShopDeskError
from shopdesk.staff import PROGRAM

if TYPE_CHECKING:
    from collections.abc import Callable

    from shopdesk.inbox import Inbox
    from shopdesk.shop import Shop
    from shopdesk.staff import Staff

logger = logging.getLogger(__name__)

EVERY_S = 20.0
"""So often it looks although nobody called: LINE may still be preparing a film, or was out of reach."""


class Errands:
    """Runs errands one after the other whenever it is called, and now and then, as the program's own work. What fails is tried again.

    `every_s`: so often it looks although nobody called. `gather_s`: so long it lets calls gather.
    """

    def __init__(
        self, name: str, staff: Staff, *errands: Callable[[], object], every_s: float = EVERY_S, gather_s: float = 0.0
    ) -> None:
        self._staff, self._errands, self._every_s, self._gather_s = staff, errands, every_s, gather_s
        self._called = threading.Event()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def call(self) -> None:
        """Say that there may be something to do."""
        self._called.set()

    def stop(self) -> None:
        """End after the errand in hand."""
        self._ended.set()
        self._called.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._ended.is_set():
            for errand in self._errands:
                try:
                    with self._staff.acting(PROGRAM):
                        errand()
                except ShopDeskError as trouble:
                    logger.info("an errand waits: %s", trouble.code)
                except Exception:
                    logger.exception("an errand failed")
            if self._called.wait(self._every_s):
                self._ended.wait(self._gather_s)
            self._called.clear()


def errands_of(shop: Shop, inbox: Inbox) -> Errands:
    """Return what may take its time."""
    return Errands(
        "errands",
        shop.staff,
        partial(shop.events.erase_from, inbox),
        shop.answer_linking,
        shop.talks.go_on,
        shop.talks.files.fetch,
        shop.friends.profiles.name_new,
        shop.friends.profiles.renew,
        partial(_tidy, shop, inbox),
    )


def answers_of(shop: Shop) -> Errands:
    """Return what may not: a reply token lives a minute, whatever film is being fetched meanwhile."""
    return Errands("answers", shop.staff, shop.talks.machine.speak)


def assistance_of(shop: Shop) -> Errands:
    """Return what waits for somebody else's computer."""
    return Errands("assistance", shop.staff, shop.talks.machine.assist)


def due_work_of(shop: Shop) -> Errands:
    """Return what is due at its time, as the window does it: whoever holds the lease does a round, the other stands back.

    Folders lie on one computer. Where the database is a server's, the windows and the scheduler of the computer that
    has them write into them and look into them, and this sends.
    """
    return Errands("due", shop.staff, partial(_do_due, shop), every_s=due.EVERY_S)


def _do_due(shop: Shop) -> None:
    for one in due.run_due(shop, send=partial(due.start, shop), folders=shop.database.on_sqlite):
        if one.message:  # home says it to whoever opens a window
            logger.warning("due: %s %s is %s", one.kind, one.broadcast_id or "", one.state)


def _tidy(shop: Shop, inbox: Inbox) -> None:
    """Let go of bodies and ids that nobody needs any more."""
    if inbox.prune(shop.clock.now()):
        shop.events.prune()
        shop.friends.proofs.prune()
