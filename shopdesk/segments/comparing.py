"""How a figure, a moment or a day is compared with what a condition says."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import and_

from shopdesk.clock import japan_day, start_of_japan_day

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement

    from shopdesk.segments.forms import Test
    from shopdesk.segments.rules import Condition

EPOCH = date(1970, 1, 1)


def listed(condition: Condition) -> list[str]:
    """Return the names a condition holds."""
    return [str(one) for one in cast("tuple[str, ...]", condition.value)]


def chosen(column: Any, condition: Condition, values: list[str]) -> Test:
    """Whether a column has one of the values, or none of them."""
    same = column == values[0] if len(values) == 1 else column.in_(values)
    return cast("Test", same if condition.comparison == "is" else ~same)


def compared(figure: Any, condition: Condition) -> Test:
    """Compare a number."""
    value: Any = condition.value
    match condition.comparison:
        case "at_least":
            test = figure >= value
        case "at_most":
            test = figure <= value
        case "equals":
            test = figure == value
        case _:
            test = and_(figure >= value[0], figure <= value[1])
    return cast("ColumnElement[bool]", test)


def holds_for_none(condition: Condition) -> bool:
    """Tell whether a comparison of numbers is true of somebody with nothing to count."""
    value: Any = condition.value
    match condition.comparison:
        case "at_least" | "equals":
            return bool(value == 0)
        case "at_most":
            return True
        case _:
            return bool(value[0] <= 0 <= value[1])


def at_moment(time: Any, condition: Condition, now: datetime) -> Test:
    """Compare a moment by the days of Japan."""
    value: Any = condition.value
    match condition.comparison:
        case "within_days":
            test = time >= cutoff(now, value)
        case "before_days":
            test = time < cutoff(now, value)
        case "before":
            test = time < start_of_japan_day(value)
        case "after":
            test = time >= _end(value)
        case _:
            test = and_(time >= start_of_japan_day(value[0]), time < _end(value[1]))
    return cast("ColumnElement[bool]", test)


def on_day(day: Any, condition: Condition, now: datetime, stored: Any = None) -> Test:
    """Compare a day.

    Args:
        day: The column or figure.
        condition: What it is compared with.
        now: The moment of which days are counted back.
        stored: Turns a day into what the column holds; as it is by default.
    """
    value: Any = condition.value
    kept = stored or (lambda one: one)
    back = kept(japan_day(now) - timedelta(days=value)) if isinstance(value, int) else None
    match condition.comparison:
        case "within_days":
            test = and_(day >= back, day <= kept(japan_day(now)))
        case "before_days":
            test = day < back
        case "before":
            test = day < kept(value)
        case "after":
            test = day > kept(value)
        case _:
            test = and_(day >= kept(value[0]), day <= kept(value[1]))
    return test


def number_of(day: date) -> int:
    """Return a day as days since 1970: how `customer_products` keeps it."""
    return (day - EPOCH).days


def since_day(now: datetime, days: int) -> int:
    """Return the first of the last `days` days, as days since 1970."""
    return number_of(japan_day(now)) - days


def cutoff(now: datetime, days: int) -> datetime:
    """Return when the day began that lies `days` days back in Japan."""
    return start_of_japan_day(japan_day(now) - timedelta(days=days))


def _end(day: date) -> datetime:
    return start_of_japan_day(day + timedelta(days=1))
