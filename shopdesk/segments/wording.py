"""What each condition is called in a sentence.

A clause is a translated template: `**…**` is set bold, `{name}` is filled. A language in which a clause looks different
in the middle of a sentence, at its end, and before an "or" gives these forms with `|` between them:
「…が前で|…が前の|…が前」. The last one given stands for those that follow it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from shopdesk.i18n import _, _n

if TYPE_CHECKING:
    from datetime import date

    from shopdesk.segments.rules import Condition


@dataclass(frozen=True, slots=True)
class Names:
    """Several names of which any will do, each set bold."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """A template and what fills it: texts, names, or further clauses."""

    text: str
    values: dict[str, str | Names | Clause]


NOTHING = Clause("", {})


def what(condition: Condition) -> Clause:
    """The products in the object's place."""
    return Clause(_(" {products}"), {"products": Names(condition.products)}) if condition.products else NOTHING


def of(condition: Condition) -> Clause:
    """The products whose orders count."""
    return Clause(_(" of {products}"), {"products": Names(condition.products)}) if condition.products else NOTHING


def when(condition: Condition) -> Clause:
    """The stretch of time."""
    days = condition.within_days
    if days is None:
        return NOTHING
    return Clause(_n(" in the last **{n} day**", " in the last **{n} days**", days), {"n": f"{days:,}"})


def names(condition: Condition) -> Names:
    """The names a condition holds."""
    return Names(cast("tuple[str, ...]", condition.value))


def titled(condition: Condition, titles: dict[str, str]) -> Names:
    """The titles of what a condition holds."""
    return Names(tuple(_(titles[one]) for one in names(condition).names))


def count(value: Any) -> int:
    """The number by which a plural is chosen."""
    return value if isinstance(value, int) else 0


def days(value: Any) -> dict[str, str]:
    """What fills a clause about a time."""
    if isinstance(value, int):
        return {"n": f"{value:,}"}
    if isinstance(value, tuple):
        return {"from": shown_day(value[0]), "to": shown_day(value[1])}
    return {"day": shown_day(value)}


def shown_day(day: date) -> str:
    """A day as people read it."""
    return _("{year}-{month:02}-{day:02}").format(year=day.year, month=day.month, day=day.day)


def numbers(value: Any, comparison: str) -> dict[str, str]:
    """What fills a clause about a number: `n`, or `from` and `to`."""
    return {"from": f"{value[0]:,}", "to": f"{value[1]:,}"} if comparison == "between" else {"n": f"{value:,}"}
