"""Who was erased: gone again after a restore, and out of what still holds their text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.changes import Topic
from shopdesk.customers import former, leaving
from shopdesk.customers.searching import INDEX
from shopdesk.customers.views import stored
from shopdesk.staff import Act, needs

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shopdesk.customers.merges import Merges
    from shopdesk.customers.office import Office
    from shopdesk.customers.records import Former


class Erased:
    """`afterwards` takes the last traces of erased people out of what later features keep; `services.py` says what does."""

    def __init__(self, office: Office, merges: Merges) -> None:
        self.afterwards: tuple[Callable[[], object], ...] = ()
        self._office, self._merges = office, merges
        self._staff = office.staff

    @needs(Act.SEE_PEOPLE)
    def list(self) -> list[Former]:
        """Return everybody who was erased: for a restore, which reads this before and applies it after."""
        with self._office.database.read() as session:
            return former.forgotten(session)

    @needs(Act.MANAGE)
    def erase_again(self, gone: Sequence[Former]) -> int:
        """Erase those of `gone` whom a restored backup brought back; return how many these were."""
        now = self._office.clock.now()
        with self._office.database.write() as session:
            back = former.still_here(session, gone)
            for one in back:
                row = stored(session, one)
                session.expunge(row)
                leaving.erase(session, row, self._merges.parts[::-1], now)
            former.remember_gone(session, gone, now)
            self._staff.record(session, "forget again", "customer", back)
        self.leave_no_trace()
        return len(back)

    def leave_no_trace(self) -> None:
        """Rewrite what still holds erased text, in short transactions, and empty the WAL."""
        INDEX.purge_all(self._office.database)
        for erase in self.afterwards:
            erase()
        self._office.database.checkpoint()
        self._office.changes.tell(Topic.CUSTOMERS, Topic.ORDERS)
