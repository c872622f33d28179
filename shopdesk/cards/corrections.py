"""Points corrected: an entry taken back whole or in part, points added or taken off by hand. Each says why, and counts once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from shopdesk.cards import earned, earning, finding, reading, reversing
from shopdesk.cards.book import Book
from shopdesk.cards.tills import Desk, Request
from shopdesk.staff import MOST_ADJUSTED_ALONE, Act, needs

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from shopdesk.cards import book
    from shopdesk.cards.office import Office
    from shopdesk.cards.records import Counted
    from shopdesk.cards.tables import CardEntryRow
    from shopdesk.cards.tills import Tills


class Corrections:
    """Corrects the points of cards."""

    def __init__(self, office: Office, tills: Tills) -> None:
        self._office = office
        self._staff = office.staff
        self._tills = tills

    @needs(Act.SCAN)
    def void(self, entry_id: int, reason: str, *, till: str = "", nonce: str | None = None) -> Counted:
        """Take back what one counted or used oneself, within ten minutes. What was taken back before stays so.

        Raises:
            NotFoundError, InvalidInputError: there is no such entry, it cannot be taken back, or no reason is given.
            TooLateError: it is older, or somebody else's.
        """
        request = Request.of("", till, nonce, "void", entry_id)
        return self._take_back(request, entry_id, reason, reversing.require_own)

    @needs(Act.SCAN)
    def recount(self, entry_id: int, yen: int, reason: str, *, till: str = "", nonce: str | None = None) -> Counted:
        """Count a visit of one's own anew, with another amount: what was counted before is taken back with it, or nothing is done.

        Raises:
            NotFoundError, InvalidInputError, TooLateError: the entry cannot be taken back, as for `void`; or the amount cannot be.
            LimitError: with this amount there would be more than the rules allow in a day.
        """
        why = reversing.reason_of(reason)
        request = Request.of("", till, nonce, "recount", entry_id, yen)

        def act(session: Session, now: datetime) -> Counted:
            row, (by, rules) = reversing.entry(session, entry_id), self._tills.act(session, request, now)
            earning.require_possible(row.visits, yen)
            reversing.require_own(row, by)
            reversing.reverse(session, row, replace(by, nonce=None), self._office.coupons, why)
            book = Book.open(session, finding.living(session, row.card_id).id, replace(by, proof="static"))
            return earning.count(Desk(book, rules, self._office), row.visits, yen)

        return self._tills.do(request, "recount", act)

    @needs(Act.ADJUST)
    def reverse(self, entry_id: int, reason: str, *, till: str = "", nonce: str | None = None) -> Counted:
        """Take back any entry, however old. Raises as `void`, but for TooLateError."""
        request = Request.of("", till, nonce, "reverse", entry_id)
        return self._take_back(request, entry_id, reason, lambda _row, _act: None)

    def _take_back(
        self, request: Request, entry_id: int, reason: str, require: Callable[[CardEntryRow, book.Act], None]
    ) -> Counted:
        why = reversing.reason_of(reason)

        def act(session: Session, now: datetime) -> Counted:
            row, (by, _rules) = reversing.entry(session, entry_id), self._tills.act(session, request, now)
            require(row, by)
            return reversing.reverse(session, row, by, self._office.coupons, why)

        return self._tills.do(request, "reverse", act)

    @needs(Act.ADJUST)
    def refund(self, entry_id: int, yen: int, reason: str = "", *, till: str = "", nonce: str | None = None) -> Counted:
        """Take back the points of a part of a purchase that is paid back, in proportion to its yen.

        Raises:
            NotFoundError, InvalidInputError: there is no such purchase, or less than that was paid.
        """
        request = Request.of("", till, nonce, "refund", entry_id, yen)

        def act(session: Session, now: datetime) -> Counted:
            row, (by, _rules) = reversing.entry(session, entry_id), self._tills.act(session, request, now)
            return reversing.refund(session, row, by, yen, reason.strip())

        return self._tills.do(request, "refund", act)

    @needs(Act.ADJUST)
    def adjust(self, card_id: int, points: int, reason: str, *, till: str = "", nonce: str | None = None) -> Counted:
        """Add points by hand, or take them off where negative, with a reason.

        Raises:
            NotFoundError, InvalidInputError: there is no such card, no points or no reason.
            LimitError: the card has fewer points than are to be taken off.
            NeedsOwnerError: a manager has changed much by hand today, and the owner has to confirm this.
        """
        why = reversing.reason_of(reason)
        self.require_amount(abs(points))
        request = Request.of("", till, nonce, "adjust", card_id, points)

        def act(session: Session, now: datetime) -> Counted:
            by, rules = self._tills.act(session, request, now)
            book = Book.open(session, reading.stored(session, card_id).id, by)
            return reversing.adjust(book, points, rules, why)

        return self._tills.do(request, "adjust", act)

    def require_amount(self, points: int) -> None:
        """Ask for the owner's word where a manager changes more by hand than a day allows. Raises NeedsOwnerError."""
        if self._staff.right(Act.ADJUST_MUCH) == "yes":
            return
        with self._office.database.read() as session:
            today = earned.adjusted_by(session, self._staff.actor.name, self._office.now(session))
        if today + points > MOST_ADJUSTED_ALONE:
            self._staff.require(Act.ADJUST_MUCH)
