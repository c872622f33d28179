"""What happens to a card whose customer is merged, forgotten or disclosed."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select, update

from shopdesk.cards import finding, reading
from shopdesk.cards.book import Act, Book, last_visit
from shopdesk.cards.tables import ERASED, LIVE, MERGED, CardCodeRow, CardEntryRow, CardReasonRow, CardRow
from shopdesk.clock import in_japan
from shopdesk.customers import Event
from shopdesk.i18n import _

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from shopdesk.cards.office import Office

_PRINTED_DIGITS = 5


class CardPart:
    """The cards' part in a person's life."""

    name = "cards"

    def __init__(self, office: Office) -> None:
        self._office = office

    def move(self, session: Session, keep: int, other: int) -> list[Any]:
        """Give `keep` the cards of `other`; where both have one, the other's leads to it from now on and its points go there.

        Returns the numbers of the cards; then, where two became one, the card that went, the one it went into, and the entries
        that brought its points there.
        """
        cards = select(CardRow).where(CardRow.customer_id.in_((keep, other))).order_by(CardRow.id)
        rows = session.scalars(cards.with_for_update()).all()
        theirs = [row.id for row in rows if row.customer_id == other]
        mine = next((row for row in rows if row.customer_id == keep and row.state == LIVE), None)
        gone = next((row for row in rows if row.customer_id == other and row.state == LIVE), None)
        joined: list[Any] = []
        if mine is not None and gone is not None:
            joined = [gone.id, mine.id, self._join(session, gone.id, mine.id)]
        for one in theirs:
            session.execute(update(CardRow).where(CardRow.id == one).values(customer_id=keep))
        return [theirs, *joined] if theirs else []

    def _join(self, session: Session, gone_id: int, into_id: int) -> list[int]:
        """Bring all points of a card to another, each with its expiry, and what was below one; return the entries that hold them there."""
        gone, into = (Book.open(session, one, self._act(session)) for one in (gone_id, into_id))
        lots, hundredths = gone.ledger.open_lots(), gone.ledger.hundredths
        brought = [into.append("merge", lot.left, until=lot.until) for lot in lots]
        if hundredths:
            brought.append(into.append("merge", 0, hundredths=hundredths))
        if brought:
            gone.append("merge", -gone.ledger.balance, hundredths=-hundredths)
        gone.row.state, gone.row.merged_into_id = MERGED, into.row.id
        into.row.last_visit_at = max(filter(None, (gone.row.last_visit_at, into.row.last_visit_at)), default=None)
        session.flush()
        return brought

    def move_back(self, session: Session, keep: int, other: int, moved: list[Any]) -> None:
        """Give `other` its cards again, with as many of the points they brought as are still there."""
        if not moved:
            return
        theirs, *joined = moved
        for one in theirs:
            mine = (CardRow.id == one, CardRow.customer_id == keep)
            session.execute(update(CardRow).where(*mine).values(customer_id=other))
        if joined:
            session.expire_all()
            self._part(session, *joined)

    def _part(self, session: Session, back_id: int, from_id: int, brought: list[int]) -> None:
        act = self._act(session)
        source, back = (Book.open(session, one, act) for one in (from_id, back_id))
        if back.row.state != MERGED:  # erased since
            return
        back.row.state, back.row.merged_into_id = LIVE, None
        lots = {lot.entry_id: lot for lot in source.ledger.open_lots()}
        for lot in [lots[one] for one in brought if one in lots]:
            points, until = lot.left, lot.until
            source.append("merge", -points, part_of_id=lot.entry_id)
            back.append("merge", points, until=until)
        for entry_id, hundredths in _below_one(session, brought):
            source.append("merge", 0, hundredths=-hundredths, part_of_id=entry_id)
            back.append("merge", 0, hundredths=hundredths)
        source.row.last_visit_at = last_visit(session, from_id)
        session.flush()

    def _act(self, session: Session) -> Act:
        return Act(self._office.now(session), self._office.staff.actor.name)

    def erase(self, session: Session, customer_id: int) -> None:
        """Leave the figures without the person: no name, no reason, no code that opens anything."""
        cards = session.scalars(select(CardRow.id).where(CardRow.customer_id == customer_id)).all()
        entries = select(CardEntryRow.id).where(CardEntryRow.card_id.in_(cards))
        session.execute(delete(CardReasonRow).where(CardReasonRow.entry_id.in_(entries)))
        now = self._office.now(session)
        revoked = update(CardCodeRow).where(CardCodeRow.card_id.in_(cards), CardCodeRow.revoked_at.is_(None))
        session.execute(revoked.values(revoked_at=now))
        for one in cards:
            nothing = {"customer_id": None, "nickname": "", "state": ERASED, "secret": reading.new_secret()}
            nothing |= {"merged_into_id": None, "page_hash": reading.page_hash(reading.new_secret())}
            session.execute(update(CardRow).where(CardRow.id == one).values(**nothing))

    def disclose(self, session: Session, customer_id: int) -> dict[str, Any]:
        """Return the cards and every movement of their points."""
        cards = session.scalars(select(CardRow).where(CardRow.customer_id == customer_id).order_by(CardRow.id)).all()
        held = [
            {
                "card": row.id,
                "name": row.nickname,
                "points": row.balance,
                "issued_at": in_japan(row.issued_at).isoformat(),
                "expires_at": in_japan(row.expires_at).isoformat() if row.expires_at else None,
            }
            for row in cards
        ]
        entries = reading.history(session, customer_id)
        shown = ("at", "kind", "points", "visits", "yen", "reason")
        told = [{name: asdict(one)[name] for name in shown} | {"at": in_japan(one.at).isoformat()} for one in entries]
        return {"cards": held, "card_entries": told}

    def timeline(self, session: Session, customer_id: int, limit: int) -> list[Event]:
        """Return the newest movements of points."""
        titles = {
            "earn": _("Visit or purchase"),
            "welcome": _("Shop card issued"),
            "use": _("Points used"),
            "expire": _("Points expired"),
            "reverse": _("Points taken back"),
            "adjust": _("Points corrected"),
            "merge": _("Cards put together or parted"),
        }
        return [
            Event(
                one.at, "card", titles[one.kind], _("{points} points").format(points=f"{one.points:+,}"), (one.card_id,)
            )
            for one in reading.history(session, customer_id, limit)
        ]

    def find(self, session: Session, text: str, limit: int) -> list[int]:
        """Return the customer of a card number as it is printed: 00218-26, 00218, or No. 218."""
        del limit
        printed = text.strip().lower().startswith("no") or len(text.strip()) == _PRINTED_DIGITS or "-" in text
        number = finding.card_number(text) if printed else None
        row = None if number is None else session.get(CardRow, number)
        return [] if row is None or row.customer_id is None else [row.customer_id]


def _below_one(session: Session, entries: list[int]) -> list[tuple[int, int]]:
    """Return which of the entries brought hundredths of a point, and how many."""
    row = CardEntryRow
    chosen = select(row.id, row.hundredths).where(row.id.in_(entries), row.hundredths != 0).order_by(row.id)
    return [(one.id, one.hundredths) for one in session.execute(chosen)]
