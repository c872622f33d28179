"""Points and coupons used at the till, against what only the customer's phone shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from sqlalchemy import select

from shopdesk.cards import finding, publishing
from shopdesk.cards.records import Counted
from shopdesk.cards.refusals import LimitError, NeedsPassingCodeError, NotOursError, ReplayedError
from shopdesk.cards.rules import MOST_POINTS
from shopdesk.cards.tables import CardEntryRow, CardRow
from shopdesk.clock import in_japan
from shopdesk.coupons.tables import TicketRow
from shopdesk.errors import InvalidInputError
from shopdesk.i18n import _

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from shopdesk.cards.records import Proof
    from shopdesk.cards.rules import Rules
    from shopdesk.cards.tills import Desk


def require_possible(points: int) -> None:
    """Refuse what cannot be used. Raises InvalidInputError."""
    if not 1 <= points <= MOST_POINTS:
        raise InvalidInputError(_("Say how many points are used: 1 or more."))


def use(desk: Desk, points: int) -> Counted:
    """Take points off the card.

    Raises:
        NeedsPassingCodeError: a printed code or a number was given and the rules do not take that; or a passing code for the second time.
        LimitError: the card has fewer points.
    """
    book, act = desk.book, desk.book.act
    _require_proof(act.proof, desk.rules, book.row.id)
    _require_fresh(desk)
    if points > book.ledger.balance:
        said = _("The card has {balance} points, fewer than {points}. Nothing was used.")
        raise LimitError(said.format(balance=book.ledger.balance, points=points), book.row.id)
    entry_id = book.append("use", -points, proved=True)
    return Counted(entry_id, book.row.id, -points, book.ledger.balance, act.at)


def proof_for(session: Session, typed: str, ticket_id: int, now: datetime) -> Literal["passing", "static"]:
    """Return what was shown for a coupon of a card's customer.

    Raises:
        NeedsPassingCodeError: a printed code, and the rules do not take that.
        NotOursError, ExpiredCodeError, RevokedError: the code is not taken, or the coupon is somebody else's.
    """
    found = finding.shown(session, finding.wanted(typed), now)
    _require_proof(found.proof, publishing.current(session)[1], found.card_id)
    holder = session.scalar(select(TicketRow.customer_id).where(TicketRow.id == ticket_id))
    if holder is None or holder != session.get_one(CardRow, found.card_id).customer_id:
        raise NotOursError(_("This coupon is not this customer's. Look at what they have."), found.card_id)
    return "passing" if found.proof == "passing" else "static"


def _require_proof(proof: Proof, rules: Rules, card_id: int) -> None:
    if proof != "passing" and not rules.paper_rewards:
        said = _(
            "Points and rewards need the code on the customer's phone. Ask them to open the card there, and scan that."
        )
        raise NeedsPassingCodeError(said, card_id)


def _require_fresh(desk: Desk) -> None:
    act, row = desk.book.act, CardEntryRow
    if act.proof_hash is None:
        return
    before = desk.book.session.scalar(select(row.at).where(row.proof_hash == act.proof_hash, row.kind == "use"))
    if before is not None:
        said = _("Points were used with this very code at {time}. Wait for the next code on the phone, and scan that.")
        raise ReplayedError(said.format(time=in_japan(before).strftime("%H:%M")), desk.book.row.id)
