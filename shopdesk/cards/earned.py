"""What was earned in a stretch of time, as far as it still stands: for ranks, and for what may be earned in a day."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from shopdesk.cards.rules import months_after
from shopdesk.cards.tables import CardEntryRow, CardRow
from shopdesk.clock import japan_day, start_of_japan_day

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import BindParameter, ColumnElement
    from sqlalchemy.orm import Session

    from shopdesk.cards.rules import Rank, Rules


class Earned(NamedTuple):
    """Points and visits that were counted and not taken back."""

    points: int
    visits: int


def of_customer(customer_id: int | BindParameter[int]) -> ColumnElement[bool]:
    """Return the condition that an entry is of one of a customer's cards, merged ones included."""
    return CardEntryRow.card_id.in_(select(CardRow.id).where(CardRow.customer_id == customer_id))


def earned(session: Session, since: datetime, *of: ColumnElement[bool]) -> Earned:
    """Return what was earned since a moment by entries that meet the conditions."""
    row, back, part = CardEntryRow, aliased(CardEntryRow), aliased(CardEntryRow)
    mine = (row.kind == "earn", row.at >= since, *of)
    whole = select(back.id).where(back.reverses_id == row.id).exists()
    counted = select(func.coalesce(func.sum(row.points), 0), func.coalesce(func.sum(row.visits), 0)).where(
        *mine, ~whole
    )
    points, visits = session.execute(counted).one()
    parts = select(func.coalesce(func.sum(part.points), 0)).join(row, part.part_of_id == row.id).where(*mine, ~whole)
    return Earned(int(points) + int(session.scalar(parts) or 0), int(visits))


def visits(session: Session, customer_id: int) -> int:
    """Return how many visits of a customer still count."""
    row, back = CardEntryRow, aliased(CardEntryRow)
    whole = select(back.id).where(back.reverses_id == row.id).exists()
    mine = (row.kind == "earn", of_customer(customer_id))
    return int(session.scalar(select(func.coalesce(func.sum(row.visits), 0)).where(*mine, ~whole)) or 0)


def today(session: Session, now: datetime, *of: ColumnElement[bool]) -> Earned:
    """Return what was earned on this day in Japan."""
    begins, ends = _day(now)
    return earned(session, begins, CardEntryRow.at < ends, *of)


def rank(session: Session, customer_id: int, rules: Rules, now: datetime) -> Rank | None:
    """Return the rank that a customer's last twelve months reach."""
    if not rules.ranks:
        return None
    return rules.rank(*earned(session, year_before(now), of_customer(customer_id)))


def year_before(now: datetime) -> datetime:
    """Return the moment since which what was earned counts for a rank."""
    return start_of_japan_day(months_after(japan_day(now), -12))


def visit_of_today(session: Session, customer_id: int, now: datetime) -> CardEntryRow | None:
    """Return the visit of this day in Japan that still counts, None where there is none."""
    row, back = CardEntryRow, aliased(CardEntryRow)
    whole = select(back.id).where(back.reverses_id == row.id).exists()
    begins, ends = _day(now)
    mine = (row.kind == "earn", row.visits > 0, row.at >= begins, row.at < ends, of_customer(customer_id))
    return session.scalar(select(row).where(*mine, ~whole).order_by(row.id.desc()).limit(1))


def adjusted_by(session: Session, actor: str, now: datetime) -> int:
    """Return how many points somebody added or took off by hand on this day in Japan, both counted."""
    row, (begins, ends) = CardEntryRow, _day(now)
    mine = (row.kind == "adjust", row.actor == actor, row.at >= begins, row.at < ends)
    return int(session.scalar(select(func.coalesce(func.sum(func.abs(row.points)), 0)).where(*mine)) or 0)


def _day(now: datetime) -> tuple[datetime, datetime]:
    """Return when this day in Japan begins and ends."""
    day = japan_day(now)
    return start_of_japan_day(day), start_of_japan_day(day + timedelta(days=1))
