"""Cards given out, and the codes that open them: to customers, to walk-ins, for one that is lost, for a sheet of labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.cards import issuing
from shopdesk.changes import Topic
from shopdesk.staff import Act, needs

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy.orm import Session

    from shopdesk.cards.office import Office
    from shopdesk.cards.records import Issued


class Giving:
    """Gives cards and codes out. A code is shown once, when it is made."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._staff = office.staff

    @needs(Act.SCAN)
    def issue(self, customer_id: int, nickname: str = "") -> Issued:
        """Give a customer a card. The code to print is shown only now.

        Raises:
            NotFoundError: there is no such customer.
            AlreadyIssuedError: they have one.
        """
        return self._write("issue", lambda session: issuing.issue(session, self._office, customer_id, nickname))

    @needs(Act.SCAN)
    def walk_in(self, nickname: str = "") -> Issued:
        """Give a card to somebody who is not known: a customer of that name, or without one, is made with it."""

        def made(session: Session) -> Issued:
            customer_id = self._office.customers.enter(session, nickname)
            self._office.staff.record(session, "add", "customer", [customer_id])
            return issuing.issue(session, self._office, customer_id, nickname)

        issued = self._write("issue", made)
        self._office.changes.tell(Topic.CUSTOMERS)
        return issued

    @needs(Act.SCAN)
    def replace(self, card_id: int) -> Issued:
        """Give a card a new code and a new page; the old ones open nothing any more, the points stay.

        Raises:
            NotFoundError: there is no such card.
        """
        return self._write("replace code", lambda session: issuing.replace(session, self._office, card_id))

    @needs(Act.DESIGN)
    def print_codes(self, card_ids: Sequence[int]) -> list[Issued]:
        """Make a further code for each of these cards, to be printed now: only now it is shown. Codes printed before stay good.

        Raises:
            NotFoundError: there is no card of one of the numbers.
        """
        with self._office.database.write() as session:
            made = issuing.further_codes(session, self._office, card_ids)
            self._office.staff.record(session, "print code", "card", [one.card.id for one in made])
        return made

    def _write(self, what: str, make: Callable[[Session], Issued]) -> Issued:
        with self._office.database.write() as session:
            made = make(session)
            self._office.staff.record(session, what, "card", [made.card.id])
        self._office.tell()
        return made
