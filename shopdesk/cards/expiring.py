"""Points that have run out, written off in time; and who is to be told before."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, or_, select, update

from shopdesk.cards import publishing
from shopdesk.cards.book import Act, Book, movements
from shopdesk.cards.ledger import Ledger
from shopdesk.cards.records import Notice
from shopdesk.cards.tables import LIVE, CardRefusalRow, CardRow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

AT_ONCE = 200
"""So many cards are written in one transaction: a till waits no longer for it than for another till."""
REFUSALS_KEPT = timedelta(days=31)


def write_off(session: Session, now: datetime, actor: str) -> list[int]:
    """Write off what has expired on the next cards; return them, none when all is done."""
    row = CardRow
    due = select(row.id).where(row.expires_at <= now).order_by(row.expires_at, row.id).limit(AT_ONCE)
    cards = sorted(session.scalars(due).all())
    for one in cards:
        Book.open(session, one, Act(now, actor))
    return cards


def prune(session: Session, now: datetime) -> None:
    """Drop what tills were refused a month ago."""
    session.execute(delete(CardRefusalRow).where(CardRefusalRow.at < now - REFUSALS_KEPT))


def notices(session: Session, now: datetime) -> list[Notice]:
    """Return whose points expire within the days that the rules say, unless they were told of that date; the first to expire first."""
    _id, rules = publishing.current(session)
    row = CardRow
    soon = (row.state == LIVE, row.expires_at > now, row.expires_at <= now + timedelta(days=rules.notice_days))
    untold = or_(row.noticed_for.is_(None), row.noticed_for != row.expires_at)
    chosen = select(row.id, row.customer_id, row.expires_at).where(*soon, untold).order_by(row.expires_at, row.id)
    return [
        Notice(one.customer_id, one.id, Ledger(movements(session, one.id)).lapsed(one.expires_at), one.expires_at)
        for one in session.execute(chosen).all()
    ]


def noticed(session: Session, cards: Sequence[int]) -> None:
    """Note that the customers of these cards were told when their next points expire."""
    told = update(CardRow).where(CardRow.id.in_(cards))
    session.execute(told.values(noticed_for=CardRow.expires_at))
