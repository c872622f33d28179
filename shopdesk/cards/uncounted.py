"""Visits that tills noted without the data and that could not be counted: seen to by a person, one way or the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select, update

from shopdesk.cards import publishing, reading, reversing
from shopdesk.cards.book import Book
from shopdesk.cards.records import Uncounted
from shopdesk.cards.tables import CardUncountedRow
from shopdesk.cards.tills import Request
from shopdesk.database import portions
from shopdesk.errors import NotFoundError
from shopdesk.i18n import _
from shopdesk.staff import Act, needs

if TYPE_CHECKING:
    import builtins
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from typing import Any

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from shopdesk.cards.office import Office
    from shopdesk.cards.records import Counted
    from shopdesk.cards.tills import Tills

_FULL_RATE = 100


class UncountedVisits:
    """The list of what was refused when the data was back. `require_amount` asks for the owner's word where many points are given."""

    def __init__(self, office: Office, tills: Tills, require_amount: Callable[[int], None]) -> None:
        self._office, self._tills, self._require_amount = office, tills, require_amount
        self._staff = office.staff

    def keep(self, nonce: str, values: dict[str, Any]) -> None:
        """Put a visit on the list; it is one already where this was begun before."""
        with self._office.database.write() as session:
            session.execute(insert(CardUncountedRow).values(nonce=nonce, settled_at=None, **values))
            self._staff.record(session, "refused", "card", [nonce])
        self._office.tell()

    def knows(self, nonce: str) -> bool:
        """Say whether a visit is or was on the list."""
        with self._office.database.read() as session:
            return session.get(CardUncountedRow, nonce) is not None

    def withdraw(self, nonce: str) -> None:
        """Take a visit off the list, where it is on it: whoever noted it has taken it back."""
        row = CardUncountedRow
        with self._office.database.write() as session:
            here = update(row).where(row.nonce == nonce, row.settled_at.is_(None))
            session.execute(here.values(settled_at=self._office.now(session)))
            self._staff.record(session, "reverse", "card", [nonce])
        self._office.tell()

    @needs(Act.SEE_AUDIT)
    def list(self) -> builtins.list[Uncounted]:
        """Return the visits that nobody has seen to; the newest first."""
        row = CardUncountedRow
        chosen = _shown().where(row.settled_at.is_(None)).order_by(row.at.desc(), row.nonce)
        with self._office.database.read() as session:
            return [Uncounted(*one) for one in session.execute(chosen)]

    @needs(Act.SEE_AUDIT)
    def count(self) -> int:
        """Return how many visits nobody has seen to."""
        chosen = select(func.count()).select_from(CardUncountedRow).where(CardUncountedRow.settled_at.is_(None))
        with self._office.database.read() as session:
            return session.scalar(chosen) or 0

    @needs(Act.ADJUST)
    def settle(self, nonces: Sequence[str]) -> int:
        """Take visits off the list: somebody has seen to them. Return how many were on it. Raises NotFoundError: none of them."""
        with self._office.database.write() as session:
            done = self._take_off(session, nonces)
            self._staff.record(session, "settle", "card", done)
        self._office.tell()
        return len(done)

    @needs(Act.ADJUST)
    def put_back(self, nonces: Sequence[str]) -> None:
        """Put visits on the list again that somebody took off."""
        row = CardUncountedRow
        with self._office.database.write() as session:
            for some in portions(nonces):
                session.execute(update(row).where(row.nonce.in_(some)).values(settled_at=None))
            self._staff.record(session, "put back", "card", nonces)
        self._office.tell()

    @needs(Act.ADJUST)
    def count_for(self, nonce: str, card_id: int, reason: str) -> Counted:
        """Give a card what a visit brings by the rules of today, by hand, and take the visit off the list: both or neither.

        Raises:
            NotFoundError: there is no such card, or the visit is not on the list any more: it counts once.
            InvalidInputError: no reason is given, or the rules give nothing for it.
            NeedsOwnerError: a manager has changed much by hand today, and the owner has to confirm this.
        """
        why = reversing.reason_of(reason)
        with self._office.database.read() as session:
            found = session.execute(_shown().where(CardUncountedRow.nonce == nonce)).first()
            points = 0 if found is None else self._points(session, Uncounted(*found))
        self._require_amount(points)
        request = Request.of("", "", None, "count noted", nonce, card_id)

        def act(session: Session, now: datetime) -> Counted:
            self._take_off(session, [nonce])
            by, rules = self._tills.act(session, request, now)
            book = Book.open(session, reading.stored(session, card_id).id, by)
            return reversing.adjust(book, points, rules, why)

        return self._tills.do(request, "adjust", act)

    @staticmethod
    def _points(session: Session, one: Uncounted) -> int:
        return publishing.current(session)[1].worth(one.visits, one.yen or 0, _FULL_RATE) // _FULL_RATE

    def _take_off(self, session: Session, nonces: Sequence[str]) -> Sequence[str]:
        row, now = CardUncountedRow, self._office.now(session)
        done: builtins.list[str] = []
        for some in portions(nonces):
            seen = update(row).where(row.nonce.in_(some), row.settled_at.is_(None)).values(settled_at=now)
            done += session.scalars(seen.returning(row.nonce)).all()
        if not done:
            raise NotFoundError(_("This visit is not on the list any more. Look at the list again."))
        return done


def _shown() -> Select[*tuple[Any, ...]]:
    row = CardUncountedRow
    return select(row.nonce, row.at, row.till, row.actor, row.card_number, row.visits, row.yen, row.code, row.why)
