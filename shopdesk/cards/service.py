"""Shop cards: scanned at the till, used, and looked at."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from shopdesk import scancodes
from shopdesk.cards import earning, figures, finding, presenting, publishing, reading, spending, suspicions
from shopdesk.cards.blanks import Blanks
from shopdesk.cards.corrections import Corrections
from shopdesk.cards.design import Design
from shopdesk.cards.giving import Giving
from shopdesk.cards.holders import Holders
from shopdesk.cards.merging import CardPart
from shopdesk.cards.office import Office
from shopdesk.cards.offline import Offline
from shopdesk.cards.pages import Pages
from shopdesk.cards.running_out import RunningOut
from shopdesk.cards.tills import Request, Tills
from shopdesk.cards.uncounted import UncountedVisits
from shopdesk.coupons import only_online
from shopdesk.staff import Act, needs

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy.orm import Session

    from shopdesk.cards.records import (
        AtTill,
        Card,
        Counted,
        Entry,
        Reached,
        SheetRow,
        Suspicion,
        Totals,
        Visits,
    )
    from shopdesk.cards.tables import CardRow
    from shopdesk.changes import Changes
    from shopdesk.clock import Clock
    from shopdesk.coupons import Coupons, Use
    from shopdesk.customers import Customers
    from shopdesk.database import Database
    from shopdesk.settings import Settings
    from shopdesk.staff import Staff


class Cards:
    """The shop cards of one shop. `design` holds the rules and the look, `holders` who has one, `blanks` printed ones that nobody has yet,
    `pages` what phones show, `offline` what a till does that cannot reach the data, `uncounted` what came of it and needs a person; what
    gives cards, corrects points and lets them run out is called here and described where it is done.

    Every write from a till takes a `nonce`, a UUID that the till makes once for what it wants done: asked again, it is answered again.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        staff: Staff,
        changes: Changes,
        *,
        customers: Customers,
        coupons: Coupons,
        journal: Path,
        settings: Settings,
        check_words: Callable[[str], object],
    ) -> None:
        self._office = Office(database, clock, staff, changes, customers, coupons)
        self._staff = staff
        self._tills = Tills(self._office)
        self.design, self.pages = Design(self._office, check_words), Pages(self._office, settings)
        corrections = Corrections(self._office, self._tills)
        self.uncounted = UncountedVisits(self._office, self._tills, corrections.require_amount)
        self.offline = Offline(self._office, self._tills, self.uncounted, journal)
        self.void, self.recount, self.reverse = corrections.void, corrections.recount, corrections.reverse
        self.refund, self.adjust = corrections.refund, corrections.adjust
        giving = Giving(self._office)
        self.issue, self.walk_in = giving.issue, giving.walk_in
        self.replace, self.print_codes = giving.replace, giving.print_codes
        self.expire_due = RunningOut(self._office).expire_due
        self.present = partial(presenting.present, self._office)
        self.holders, self.blanks = Holders(self._office), Blanks(self._office)
        self.part = CardPart(self._office)
        """What happens to a card whose customer is merged, forgotten or disclosed."""

    # At the till

    @needs(Act.SEE_CARD)
    def find(self, typed: str, *, till: str = "") -> list[Card]:
        """Return whose card a code, a card number or the last digits of a phone number may be; the likeliest first, one at least.

        Raises:
            NotOursError: nobody's here.
            ExpiredCodeError, RevokedError: it is a code of ours that is not taken.
            LimitError: this till was refused too many codes within a minute.
        """

        def found(session: Session, now: datetime) -> list[Card]:
            return [reading.card(session, row, now) for row in finding.candidates(session, typed, now)]

        return self._tills.look(till, found)

    @needs(Act.SCAN)
    def scan(
        self,
        typed: str,
        *,
        visits: int = 1,
        yen: int | None = None,
        till: str = "",
        nonce: str | None = None,
        at: datetime | None = None,
    ) -> Counted:
        """Count visits, yen spent, or both, on the card of a code or number.

        Args:
            typed: What the scanner or a person typed.
            visits: How many visits; 0 for a purchase alone.
            yen: What was paid, None where nobody said.
            till: The name of the till.
            nonce: The till's number of this request.
            at: When it was scanned, by a till that could not reach the data then; the code is judged and the visit counted as of that
                time, and a code that does not hold counts as the card's number that was said.

        Raises:
            NotOursError, ExpiredCodeError, RevokedError: the code is not taken.
            AlreadyCountedError: this visit was counted.
            LimitError: more than the rules allow in a day; or too many refused codes at this till within a minute.
            NonceReusedError: another request had this nonce.
            InvalidInputError: nothing is to be counted, or too much, or at a time that cannot be.
        """
        return earning.earn(self._tills, Request.of(typed, till, nonce, "scan", visits, yen, at=at))

    @needs(Act.SCAN)
    @only_online()
    def use(self, typed: str, points: int, *, till: str = "", nonce: str | None = None) -> Counted:
        """Use points of the card whose passing code is shown.

        Raises:
            NeedsPassingCodeError: the code is a printed one, or this passing code was used already.
            LimitError: the card has fewer points.
            OfflineError: the data cannot be reached, so it cannot be checked.
            NotOursError, ExpiredCodeError, RevokedError, NonceReusedError, InvalidInputError: as for `scan`.
        """
        spending.require_possible(points)
        request = Request.of(typed, till, nonce, "use", points)
        return self._tills.do(
            request, "use points", lambda session, now: spending.use(self._tills.desk(session, request, now), points)
        )

    @needs(Act.SCAN)
    @only_online()
    def hand_over(
        self, typed: str, ticket_id: int, *, till: str = "", nonce: str | None = None, sale_yen: int | None = None
    ) -> Use:
        """Use a coupon, a reward or another one, of the customer whose passing code is shown.

        Raises:
            NeedsPassingCodeError: the code is a printed one, and the rules do not take that.
            NotOursError, ExpiredCodeError, RevokedError, LimitError: the code is not taken, or the coupon is somebody else's.
            CouponError, NonceReusedError, InvalidInputError, OfflineError: as `Coupons.redeem_ticket` says.
        """
        proof = self._tills.look(till, lambda session, now: spending.proof_for(session, typed, ticket_id, now))
        return self._office.coupons.redeem_ticket(
            ticket_id, proof=proof, till=till, nonce=nonce or "", sale_yen=sale_yen
        )

    # Looking at cards

    @needs(Act.SEE_CARD)
    def at_till(self, till: str, since: datetime, limit: int = 20) -> list[AtTill]:
        """Return what was counted at a till since a moment, the newest first."""
        with self._office.database.read() as session:
            return reading.at_till(session, till, since, limit)

    @needs(Act.SEE_CARD)
    def get(self, card_id: int) -> Card:
        """Return a card by its number. Raises NotFoundError."""
        return self._read(lambda session: reading.stored(session, card_id))

    @needs(Act.SEE_CARD)
    def card_of(self, customer_id: int) -> Card:
        """Return a customer's card.

        Raises:
            NotFoundError: there is no such customer, or they have no card.
        """
        return self._read(lambda session: reading.stored_of(session, customer_id))

    @needs(Act.SEE_CARD)
    def called(self, customer_id: int) -> str:
        """Return what a customer with or without a card is called at the counter; '' where that is not known."""
        with self._office.database.read() as session:
            return reading.called(session, customer_id)

    def _read(self, find: Callable[[Session], CardRow]) -> Card:
        with self._office.database.read() as session:
            return reading.card(session, find(session), self._office.now(session))

    @needs(Act.SEE_CARD)
    def history(self, customer_id: int, limit: int | None = None) -> list[Entry]:
        """Return every movement on a customer's card and on those merged into it, the newest first."""
        with self._office.database.read() as session:
            return reading.history(session, customer_id, limit)

    @needs(Act.SEE_CARD)
    def visits(self, customer_id: int) -> Visits:
        """Return how often a customer came, and the visit that was counted today."""
        with self._office.database.read() as session:
            return reading.visits(session, customer_id, self._office.now(session))

    @needs(Act.SEE_CARD)
    def rewards(self, customer_id: int) -> list[Reached]:
        """Return the rewards that a customer reached, the newest first."""
        with self._office.database.read() as session:
            return reading.rewards(session, customer_id)

    @needs(Act.SERVE_PAGE)
    def passing_code(self, card_id: int) -> scancodes.Code:
        """Return the code that a card's page shows just now. Raises NotFoundError."""
        with self._office.database.read() as session:
            secret, now = reading.stored(session, card_id).secret, self._office.now(session)
        return scancodes.passing(card_id, secret, scancodes.slot_at(now.timestamp()))

    @needs(Act.SEE_CARD)
    def totals(self) -> Totals:
        """Return how many cards there are, their points, and what these are worth."""
        with self._office.database.read() as session:
            return figures.totals(session, publishing.current(session)[1])

    @needs(Act.SEE_CARD)
    def sheet(self) -> list[SheetRow]:
        """Return the balance of every card by name, to be printed for the day when nothing works."""
        with self._office.database.read() as session:
            return list(figures.sheet(session))

    @needs(Act.SEE_AUDIT)
    def suspicions(self, since: datetime) -> list[Suspicion]:
        """Return what at the tills looked odd since a moment, the newest first."""
        with self._office.database.read() as session:
            return suspicions.suspicions(session, since)
