"""Entries taken back: whole, once; or a purchase in part, as much of its points as of its yen."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, select, update

from shopdesk.cards import finding
from shopdesk.cards.book import Book, last_visit, movements
from shopdesk.cards.ledger import Ledger
from shopdesk.cards.records import Counted
from shopdesk.cards.refusals import LimitError, TooLateError
from shopdesk.cards.rules import MOST_POINTS
from shopdesk.cards.tables import CardEntryRow, CardRewardRow
from shopdesk.errors import InvalidInputError, NotFoundError
from shopdesk.i18n import _

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from shopdesk.cards.book import Act
    from shopdesk.cards.rules import Rules
    from shopdesk.coupons import Coupons

VOIDABLE = timedelta(minutes=10)


def reason_of(said: str) -> str:
    """Return a reason, trimmed. Raises InvalidInputError where there is none."""
    if not said.strip():
        raise InvalidInputError(_("Say why, in a few words: the owner sees it in the card's history."))
    return said.strip()


def entry(session: Session, entry_id: int) -> CardEntryRow:
    """Return an entry that can be taken back.

    Raises:
        NotFoundError: there is none of this number.
        InvalidInputError: it came about by itself or takes something back.
    """
    row = session.get(CardEntryRow, entry_id)
    if row is None:
        raise NotFoundError(_("There is no entry {id}. Look into the card's history.").format(id=entry_id))
    if row.kind not in {"earn", "welcome", "use", "adjust"} or row.cause_id is not None:
        raise InvalidInputError(
            _("This entry follows from another one. Take back the visit or the use that it belongs to.")
        )
    return row


def require_own(row: CardEntryRow, act: Act) -> None:
    """Refuse what somebody else wrote, or what is older than ten minutes. Raises TooLateError."""
    if row.actor != act.actor or not timedelta() <= act.at - row.at <= VOIDABLE:
        raise TooLateError(
            _("You can take back what you counted yourself, for ten minutes. Ask the owner or the manager to do it.")
        )


def reverse(session: Session, row: CardEntryRow, act: Act, coupons: Coupons, reason: str) -> Counted:
    """Take an entry back whole. What was done before changes nothing; what was used already is said to be missing."""
    book = Book.open(session, finding.living(session, row.card_id).id, act)
    before = _reversal(session, row)  # only now: another till may have had the card until here
    if before is not None:
        return Counted(before.id, book.row.id, before.points, book.ledger.balance, before.at, repeated=True)
    kept = 0
    if row.points < 0:
        own = _ledger_of(book, row)
        until = None if own is book.ledger else own.last_until(row.id)
        points, wanted = own.returnable(row.id), 0
        made = book.append("reverse", points, proved=True, until=until, reverses_id=row.id, reason=reason)
    else:
        kept = _take_rewards(book, row, coupons)
        wanted = _left_of(book, row)
        points, hundredths = -min(wanted, book.ledger.balance), -row.hundredths - _parts(session, row).hundredths
        made = book.append("reverse", points, hundredths=hundredths, proved=True, reverses_id=row.id, reason=reason)
        book.row.last_visit_at = last_visit(session, book.row.id)
    session.flush()
    missing = max(0, wanted + points)
    return Counted(made, book.row.id, points, book.ledger.balance, act.at, missing=missing, kept=kept)


def refund(session: Session, row: CardEntryRow, act: Act, yen: int, reason: str) -> Counted:
    """Take back the points of a part of a purchase: after all parts none are left, whatever was rounded between.

    Raises:
        InvalidInputError: it is no purchase, or more would be paid back than was paid.
    """
    book = Book.open(session, finding.living(session, row.card_id).id, act)
    before = _reversal(session, row)  # only now: another till may have had the card until here
    if before is not None:
        return Counted(before.id, book.row.id, before.points, book.ledger.balance, before.at, repeated=True)
    paid = row.yen or 0
    back = -_parts(session, row).yen
    if yen < 1 or back + yen > paid:
        said = _("Of this purchase {left} yen can be paid back. Give an amount up to that.")
        raise InvalidInputError(said.format(left=f"{paid - back:,}"))
    wanted, hundredths = (
        whole * (paid - back) // paid - whole * (paid - back - yen) // paid for whole in (row.points, row.hundredths)
    )
    points = -min(wanted, _left_of(book, row), book.ledger.balance)
    made = book.append(
        "reverse", points, hundredths=-hundredths, proved=True, part_of_id=row.id, yen=-yen, reason=reason
    )
    return Counted(made, book.row.id, points, book.ledger.balance, act.at, missing=wanted + points)


class _Parts(NamedTuple):
    """What was taken back in part of an entry: yen and hundredths of a point, both zero or as they were written."""

    yen: int
    hundredths: int


def _parts(session: Session, row: CardEntryRow) -> _Parts:
    part = CardEntryRow
    sums = (func.coalesce(func.sum(one), 0) for one in (part.yen, part.hundredths))
    return _Parts(*map(int, session.execute(select(*sums).where(part.part_of_id == row.id)).one()))


def adjust(book: Book, points: int, rules: Rules, reason: str) -> Counted:
    """Add points by hand, or take them off.

    Raises:
        InvalidInputError: it is nothing, or too much for any card.
        LimitError: more is to be taken than there is.
    """
    if not points or abs(points) > MOST_POINTS:
        raise InvalidInputError(_("Say how many points are added, or taken off with a minus: 5 or -5."))
    if -points > book.ledger.balance:
        said = _("The card has {balance} points. No more than that can be taken off.")
        raise LimitError(said.format(balance=book.ledger.balance), book.row.id)
    until = rules.until(book.act.at) if points > 0 else None
    made = book.append("adjust", points, proved=True, until=until, reason=reason)
    return Counted(made, book.row.id, points, book.ledger.balance, book.act.at)


def _ledger_of(book: Book, row: CardEntryRow) -> Ledger:
    """Return the ledger that an entry stands in: its card may have been merged into the one that is open."""
    return book.ledger if row.card_id == book.row.id else Ledger(movements(book.session, row.card_id))


def _left_of(book: Book, row: CardEntryRow) -> int:
    """Return how many of the points that an entry gave can be taken back.

    Of an entry whose card was part of another one for a time, parts may have been taken back on that other card.
    """
    part = CardEntryRow
    elsewhere = (part.part_of_id == row.id, part.kind == "reverse", part.card_id != row.card_id)
    taken = book.session.scalar(select(func.coalesce(func.sum(part.points), 0)).where(*elsewhere)) or 0
    return max(0, _ledger_of(book, row).returnable(row.id) + int(taken))


def _take_rewards(book: Book, row: CardEntryRow, coupons: Coupons) -> int:
    """Take back the rewards that an entry reached, the last first, and with a full card's the points it used.

    A used coupon stays used; return of how many that is so.
    """
    reward, kept = CardRewardRow, 0
    reached = select(reward).where(reward.entry_id == row.id, reward.withdrawn_at.is_(None)).order_by(reward.id.desc())
    for one in book.session.scalars(reached).all():
        if not coupons.withdraw(book.session, one.ticket_id):
            kept += 1
            continue
        book.session.execute(update(reward).where(reward.id == one.id).values(withdrawn_at=book.act.at))
        if one.use_id is not None and one.card_id == book.row.id:
            points = book.ledger.returnable(one.use_id)
            book.append("reverse", points, reverses_id=one.use_id)
    return kept


def _reversal(session: Session, row: CardEntryRow) -> CardEntryRow | None:
    """Return what took an entry back whole."""
    return session.scalar(select(CardEntryRow).where(CardEntryRow.reverses_id == row.id))
