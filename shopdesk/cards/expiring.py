"""Points that have run out, written off in time; and who is to be told before."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, or_, select, update

from shopdesk.cards import publishing
from shopdesk.cards.book import Act, Book
from shopdesk.cards.tables import LIVE, CardRefusalRow, CardRow
from shopdesk.customers.tables import CustomerRow
from shopdesk.friends.tables import FriendRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from shopdesk.cards.rules import Rules

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


def to_tell(session: Session, now: datetime) -> Select[int | None] | None:
    """Return the query for the customers whose points expire within the days that the rules say, but who were told of that date.

    None where the shop tells nobody.
    """
    _id, rules = publishing.current(session)
    return _soon(rules, now, timedelta()) if rules.notice else None


def notice_words(session: Session) -> str:
    """Return the shop's own words of the notice, '' where it has none."""
    _id, rules = publishing.current(session)
    return rules.notice_text


def told(session: Session, customers: Select[int | None]) -> None:
    """Note that these customers are told when their next points expire."""
    theirs = update(CardRow).where(CardRow.state == LIVE, CardRow.customer_id.in_(customers))
    session.execute(theirs.values(noticed_for=CardRow.expires_at), execution_options={"synchronize_session": False})


def told_a_month(session: Session, rules: Rules, now: datetime) -> int:
    """Count whom these rules would tell within thirty days: friends on LINE who take messages."""
    friend, customer = FriendRow, CustomerRow
    reached = select(func.count()).select_from(friend).join(customer, customer.id == friend.customer_id)
    reached = reached.where(friend.state == "friend", customer.consent_line.is_(True))
    return session.scalar(reached.where(customer.id.in_(_soon(rules, now, timedelta(days=30))))) or 0


def _soon(rules: Rules, now: datetime, later: timedelta) -> Select[int | None]:
    """Those who are to be told now, or by so much later if nobody comes."""
    row = CardRow
    within = (row.expires_at > now, row.expires_at <= now + timedelta(days=rules.notice_days) + later)
    untold = or_(row.noticed_for.is_(None), row.noticed_for != row.expires_at)
    return select(row.customer_id).where(row.state == LIVE, row.balance > 0, *within, untold)
