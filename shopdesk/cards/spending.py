"""Points used at the till, against what only the customer's phone shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from shopdesk.cards.records import Counted
from shopdesk.cards.refusals import LimitError, NeedsPassingCodeError
from shopdesk.cards.rules import MOST_POINTS
from shopdesk.cards.tables import CardEntryRow
from shopdesk.clock import in_japan
from shopdesk.errors import InvalidInputError
from shopdesk.i18n import _

if TYPE_CHECKING:
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
    if act.proof != "passing" and not desk.rules.paper_rewards:
        raise NeedsPassingCodeError(
            _(
                "Points are used with the code on the customer's phone. Ask them to open the card there, and scan that code."
            ),
            book.row.id,
        )
    _require_fresh(desk)
    if points > book.ledger.balance:
        said = _("The card has {balance} points, fewer than {points}. Nothing was used.")
        raise LimitError(said.format(balance=book.ledger.balance, points=points), book.row.id)
    entry_id = book.append("use", -points, proved=True)
    return Counted(entry_id, book.row.id, -points, book.ledger.balance, act.at)


def _require_fresh(desk: Desk) -> None:
    act, row = desk.book.act, CardEntryRow
    if act.proof_hash is None:
        return
    before = desk.book.session.scalar(select(row.at).where(row.proof_hash == act.proof_hash, row.kind == "use"))
    if before is not None:
        said = _("Points were used with this very code at {time}. Wait for the next code on the phone, and scan that.")
        raise NeedsPassingCodeError(said.format(time=in_japan(before).strftime("%H:%M")), desk.book.row.id)
