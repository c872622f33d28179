"""Points that run out: written off when they have, and said before to whoever they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.cards import expiring
from shopdesk.staff import Act, needs

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shopdesk.cards.office import Office
    from shopdesk.cards.records import Notice


class RunningOut:
    """Sees to points whose time is over, or nearly."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._staff = office.staff

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

    @needs(Act.DRAFT)
    def notices(self) -> list[Notice]:
        """Return whose points expire soon and who was not told of it, for a message."""
        with self._office.database.read() as session:
            return expiring.notices(session, self._office.now(session))

    @needs(Act.DRAFT)
    def noticed(self, cards: Sequence[int]) -> None:
        """Note that the customers of these cards were told when their next points expire."""
        with self._office.database.write() as session:
            expiring.noticed(session, cards)
            self._office.staff.record(session, "notice", "card", cards)
