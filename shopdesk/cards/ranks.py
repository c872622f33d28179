"""Everybody's rank at once, as a query: by the same entries as `earned.rank`, which asks for one person."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import aliased

from shopdesk.cards.earned import year_before
from shopdesk.cards.tables import LIVE, CardEntryRow, CardRankRow, CardRow, CardRulesRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, Select

    from shopdesk.cards.rules import Rules


def rows(rules_id: int, rules: Rules) -> list[dict[str, Any]]:
    """Return the rows of `CardRankRow` for rules that are published."""
    steps = sorted(rules.ranks, key=lambda one: one.least)
    ends = [one.least for one in steps[1:]]
    return [
        {"rules_id": rules_id, "least": one.least, "below": below, "rank_by": rules.rank_by, "name": one.name}
        for one, below in zip_longest(steps, ends)
    ]


def names() -> Select[Any]:
    """Return the query for the names of the ranks in force."""
    return select(CardRankRow.name).where(_in_force()).distinct()


def ranked(now: datetime) -> Select[int | None, str]:
    """Return the query for (customer_id, name) of everybody whose card has a rank."""
    rank, card = CardRankRow, CardRow
    reached = case((rank.rank_by == "points", _points(now)), else_=_visits(now))
    theirs = and_(_in_force(), reached >= rank.least, or_(rank.below.is_(None), reached < rank.below))
    return select(card.customer_id, rank.name).join(rank, theirs).where(card.state == LIVE)


def _in_force() -> ColumnElement[bool]:
    return CardRankRow.rules_id == select(func.max(CardRulesRow.id)).scalar_subquery()


def _points(now: datetime) -> ColumnElement[int]:
    entry, part = CardEntryRow, aliased(CardEntryRow)
    taken = select(func.sum(part.points)).where(part.part_of_id == entry.id).correlate(entry).scalar_subquery()
    return _summed(entry.points + func.coalesce(taken, 0), now)


def _visits(now: datetime) -> ColumnElement[int]:
    return _summed(CardEntryRow.visits, now)


def _summed(figure: ColumnElement[int] | Any, now: datetime) -> ColumnElement[int]:
    """Sum a figure of what the person of a card earned within the year and kept, on all cards that were put together with it."""
    entry, back, theirs = CardEntryRow, aliased(CardEntryRow), aliased(CardRow)
    whole = select(back.id).where(back.reverses_id == entry.id).exists()
    counted = (
        select(func.coalesce(func.sum(figure), 0))
        .select_from(entry)
        .join(theirs, theirs.id == entry.card_id)
        .where(theirs.customer_id == CardRow.customer_id, entry.kind == "earn", entry.at >= year_before(now), ~whole)
    )
    return counted.correlate(CardRow).scalar_subquery()
