"""Cards that are printed before they are anybody's: whoever is handed one at the counter has it from then on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, insert

from shopdesk import scancodes
from shopdesk.cards import issuing
from shopdesk.cards.refusals import BlankTakenError, NotOursError
from shopdesk.cards.tables import CardBlankRow
from shopdesk.changes import Topic
from shopdesk.errors import InvalidInputError
from shopdesk.i18n import _
from shopdesk.staff import Act, needs

if TYPE_CHECKING:
    from shopdesk.cards.office import Office
    from shopdesk.cards.records import Issued

MOST_BLANKS = 1_000


class Blanks:
    """Makes blank cards and gives them away."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._staff = office.staff

    @needs(Act.DESIGN)
    def make(self, count: int) -> list[scancodes.Code]:
        """Make codes to be printed, which are shown only now; at most a thousand at once. Raises InvalidInputError."""
        if not 1 <= count <= MOST_BLANKS:
            raise InvalidInputError(_("Say how many cards, from 1 to {n}.").format(n=f"{MOST_BLANKS:,}"))
        made = [scancodes.new("card") for _one in range(count)]
        with self._office.database.write() as session:
            now = self._office.now(session)
            session.execute(insert(CardBlankRow), [{"hash": one.hashed, "made_at": now} for one in made])
            self._staff.record(session, "print blank", "card", [f"({count})"])
        return made

    @needs(Act.SCAN)
    def give(self, typed: str, nickname: str = "") -> Issued:
        """Give a blank card to somebody who is not known: a customer of that name, or without one, is made with it.

        Of two tills that do it at once one does, and the other is told.

        Raises:
            NotOursError: it is no code of a card.
            BlankTakenError: it is not blank (any more).
        """
        code = scancodes.read(typed)
        if code is None or code.kind != "card":
            raise NotOursError(_("This is no card of this shop. Scan the card's code, or type the card's number."))
        office = self._office
        with office.database.write() as session:
            gone = delete(CardBlankRow).where(CardBlankRow.hash == code.hashed).returning(CardBlankRow.hash)
            if session.execute(gone).first() is None:
                raise BlankTakenError(_("This card was given to somebody just now. Scan it again to see whose it is."))
            customer_id = office.customers.enter(session, nickname)
            self._staff.record(session, "add", "customer", [customer_id])
            issued = issuing.issue(session, office, customer_id, nickname, code)
            self._staff.record(session, "issue", "card", [issued.card.id])
        office.tell()
        office.changes.tell(Topic.CUSTOMERS)
        return issued
