"""What a customer's phone shows: the page of their card, opened by a key that nobody can guess, and the code that changes on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from shopdesk import scancodes
from shopdesk.cards import finding, issuing, publishing, reading
from shopdesk.cards.records import Passing, Shown, Waymark
from shopdesk.cards.refusals import CardRefusedError
from shopdesk.cards.tables import LIVE, CardRow
from shopdesk.errors import NotFoundError
from shopdesk.friends import NoFixedAddressError
from shopdesk.i18n import N_, _
from shopdesk.japanese import fold
from shopdesk.staff import Act, needs

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from shopdesk.cards.office import Office
    from shopdesk.cards.rules import Rules
    from shopdesk.coupons import Token
    from shopdesk.settings import Settings

POSTBACK = "shopdesk=card"
"""The data of a button or of a rich menu that asks for the card."""
NO_ADDRESS = N_(
    "The card's page needs a fixed public address. Until then print the card or say its number: "
    "both earn points, only the page can use them."
)
"""What the owner is told while phones can show no card."""
_WORDS = frozenset(map(fold, ("カード", "ショップカード", "ポイントカード", "スタンプカード")))
_MOST_ENTRIES = 50


def asks_for_card(said: str) -> bool:
    """Say whether a friend wrote that they want to see their card."""
    return fold(said) in _WORDS


class Pages:
    """The pages of a shop's cards. A key that opens nothing and one that was replaced are told the same: NotFoundError."""

    def __init__(self, office: Office, settings: Settings) -> None:
        self._office, self._staff, self._settings = office, office.staff, settings

    @needs(Act.SERVE_PAGE)  # not the counter: whoever has it has the codes that use points
    def address(self, card_id: int) -> str:
        """Return where the customer of a card sees it: whoever has the address sees the card.

        Raises:
            NotFoundError: there is no such card.
            NoFixedAddressError: the shop has no address that stays.
        """
        base = self._settings.fixed_address()
        if not base:
            raise NoFixedAddressError(_(NO_ADDRESS))
        with self._office.database.read() as session:
            return _address(base, reading.stored(session, card_id))

    def wished(self, session: Session, customer_id: int) -> tuple[int, str]:
        """Return, in the caller's transaction, the number of a customer's card and the address of its page, '' without a fixed one.

        Who has no card gets one, with the welcome points; 0 and '' where the shop has no cards.
        """
        row = session.scalar(select(CardRow).where(CardRow.customer_id == customer_id, CardRow.state == LIVE))
        if row is None:
            if not self.offered(session):
                return 0, ""
            made = issuing.issue(session, self._office, customer_id, "").card
            self._staff.record(session, "issue", "card", [made.id])
            row = reading.stored(session, made.id)
        base = self._settings.fixed_address()
        return row.id, _address(base, row) if base else ""

    @staticmethod
    def offered(session: Session) -> bool:
        """Say whether the shop gives cards: it has put rules in force, or somebody has a card."""
        return publishing.current(session)[0] is not None or session.scalar(select(CardRow.id).limit(1)) is not None

    @needs(Act.SERVE_PAGE)
    def show(self, key: str) -> Shown:
        """Return what the page of a key shows. Raises NotFoundError."""
        office = self._office
        with office.database.read() as session:
            row, now = self._of(session, key), office.now(session)
            rules = publishing.current(session)[1]
            card, passing = reading.card(session, row, now, rules), _passing(row, now)
            history = tuple(reading.history(session, card.customer_id, _MOST_ENTRIES))
        coupons = tuple(office.coupons.held_by(card.customer_id))
        return Shown(card, rules, self._waymarks(rules), coupons, history, passing)

    def _waymarks(self, rules: Rules) -> tuple[Waymark, ...]:
        """Return what the rewards are, the nearest first."""
        nearest = sorted(rules.rewards, key=lambda one: one.points)
        coupons = self._office.coupons.several({one.coupon_id for one in nearest})
        return tuple(Waymark(one.points, coupons[one.coupon_id].offer) for one in nearest)

    @needs(Act.SERVE_PAGE)
    def passing(self, key: str) -> Passing:
        """Return the code that the page of a key shows just now. Raises NotFoundError."""
        with self._office.database.read() as session:
            return _passing(self._of(session, key), self._office.now(session))

    @needs(Act.SERVE_PAGE)
    def take(self, key: str, ticket_id: int) -> Token:
        """Make a code for a coupon of the customer whose card a key opens. Raises NotFoundError: also where it is somebody else's."""
        coupons = self._office.coupons
        with self._office.database.read() as session:
            customer_id = self._of(session, key).customer_id
        if customer_id is None or ticket_id not in {one.ticket_id for one in coupons.held_by(customer_id)}:
            raise NotFoundError(_("This person has no such coupon to use. Look at what they have."))
        return coupons.code_again(ticket_id)

    @staticmethod
    def _of(session: Session, key: str) -> CardRow:
        try:
            return finding.by_page(session, key)
        except CardRefusedError as gone:  # erased meanwhile
            raise NotFoundError(gone.message) from gone


def _address(base: str, row: CardRow) -> str:
    return f"{base}/card/{reading.page_key(row.secret)}"


def _passing(row: CardRow, now: datetime) -> Passing:
    seconds = now.timestamp()
    code = scancodes.passing(row.id, row.secret, scancodes.slot_at(seconds))
    return Passing(code, scancodes.SLOT_SECONDS - seconds % scancodes.SLOT_SECONDS)
