"""Points that run out: written off when they have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.cards import expiring

if TYPE_CHECKING:
    from collections.abc import Callable

    from shopdesk.cards.office import Office


class RunningOut:
    """Sees to points whose time is over."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def expire_due(self, between: Callable[[], object] = lambda: None) -> int:
        """Write off points that have expired, and drop what tills were refused a month ago; return of how many cards.

        `between` is called after every few hundred cards.
        """
        office, done = self._office, 0
        while True:
            with office.database.write() as session:
                now = office.now(session)
                cards = expiring.write_off(session, now, office.staff.actor.name)
                if not cards:
                    expiring.prune(session, now)
                    break
                office.staff.record(session, "expire", "card", cards)
            done += len(cards)
            between()
        if done:
            office.tell()
        return done
