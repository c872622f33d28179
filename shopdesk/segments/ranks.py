"""Conditions on how a person buys beside the shop's other buyers (RFM): by bounds that are read once for a rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, false, func, type_coerce

from shopdesk.customers import FIFTHS, fifth
from shopdesk.customers.tables import CustomerRow
from shopdesk.database import BigId
from shopdesk.segments.figures import last_at, orders_ever, spent_ever
from shopdesk.segments.forms import Bounded

if TYPE_CHECKING:
    from datetime import datetime

    from shopdesk.segments.forms import Test
    from shopdesk.segments.rules import Condition


def recency(condition: Condition, _now: datetime) -> Bounded:
    """How lately the last order was."""
    return _ranked(CustomerRow.last_order_at, last_at, condition)


def frequency(condition: Condition, _now: datetime) -> Bounded:
    """How many orders there are."""
    return _ranked(CustomerRow.orders, orders_ever, condition)


def money(condition: Condition, _now: datetime) -> Bounded:
    """How much was spent."""
    return _ranked(CustomerRow.spent_yen, spent_ever, condition)


def _ranked(column: Any, unindexed: Any, condition: Condition) -> Bounded:
    """Compare a rank: it is reached from the bound below it on, and left at its own; where a bound lacks nobody is above it."""
    value: Any = condition.value
    low, high = value if condition.comparison == "between" else (value, value)
    low = 1 if condition.comparison == "at_most" else low
    high = FIFTHS if condition.comparison == "at_least" else high
    figure, bought = type_coerce(unindexed, BigId), last_at.is_not(None)

    def from_on(bound: Any) -> Test:
        return false() if bound is None else func.coalesce(figure >= bound, false())

    def test(*bounds: Any) -> Test:
        if low > FIFTHS or high < max(1, low):
            return false()
        ends: list[Test] = [bought]
        if low > 1:
            ends.append(from_on(bounds[low - 2]))
        if high < FIFTHS:
            ends.append(~from_on(bounds[high - 1]))
        return and_(*ends)

    return Bounded(tuple(fifth(column, number) for number in range(1, FIFTHS)), test)
