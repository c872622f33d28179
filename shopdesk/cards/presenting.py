"""Points given as a present by another feature, in its transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from shopdesk.cards import issuing, publishing
from shopdesk.cards.book import Act, Book
from shopdesk.cards.tables import LIVE, CardRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from shopdesk.cards.office import Office


def present(office: Office, session: Session, customer_id: int, points: int, reason: str) -> None:
    """Put points on a customer's card; who has none gets one. The caller tells of cards after the commit.

    Raises:
        NotFoundError: there is no such customer.
    """
    mine = select(CardRow.id).where(CardRow.customer_id == customer_id, CardRow.state == LIVE)
    card_id = session.scalar(mine)
    if card_id is None:
        card_id = issuing.issue(session, office, customer_id, "").card.id
        office.staff.record(session, "issue", "card", [card_id])
    now, (rules_id, rules) = office.now(session), publishing.current(session)
    book = Book.open(session, card_id, Act(now, office.staff.actor.name, rules_id=rules_id))
    entry = book.append("adjust", points, until=rules.until(now), reason=reason)
    office.staff.record(session, "present", "card", [card_id, entry])
