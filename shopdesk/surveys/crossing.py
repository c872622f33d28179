"""Answers compared by who people are: sex, age, prefecture, how often they bought."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from shopdesk.clock import japan_day
from shopdesk.customers.tables import CustomerRow
from shopdesk.japanese import PREFECTURES
from shopdesk.surveys.records import CHOICES, CrossRow
from shopdesk.surveys.tables import SurveyAnswerRow, SurveyResponseRow

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from shopdesk.surveys.records import Dimension, Question

_BANDS = ((0, 0, "0"), (1, 1, "1"), (2, 4, "2-4"))
_MANY = "5-"
_OLDEST_BAND = 80


def cross(session: Session, version_id: int, one: Question, by: Dimension, now: datetime) -> list[CrossRow]:
    """Return a row for each group that answered; who is not known, or has not said it, comes last with no label."""
    column, group, order = _dimension(by, japan_day(now))
    row, response = SurveyAnswerRow, SurveyResponseRow
    said = (row.option != "") | (row.text != "") | row.number.is_not(None)

    def chosen(*columns: Any) -> Any:
        found = select(column, *columns).select_from(row).join(response, response.id == row.response_id)
        found = found.outerjoin(CustomerRow, CustomerRow.id == response.customer_id)
        mine = (response.version_id == version_id, response.state == "finished", row.question == one.name, said)
        return found.where(*mine)

    people: dict[str, int] = defaultdict(int)
    for value, many in session.execute(chosen(func.count(row.response_id.distinct())).group_by(column)):
        people[group(value)] += many
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    sums: dict[str, int] = defaultdict(int)
    answers = chosen(row.option, row.number, func.count()).group_by(column, row.option, row.number)
    for value, option, number, many in session.execute(answers):
        counts[group(value)][option or str(number)] += many
        sums[group(value)] += (number or 0) * many
    labels = _labels(one)
    found = (
        CrossRow(
            label,
            many,
            tuple(counts[label][answer] for answer in labels),
            None if one.kind in CHOICES else sums[label] / many,
        )
        for label, many in people.items()
    )
    return sorted(found, key=lambda each: (each.label == "", order(each.label)))


def _labels(one: Question) -> list[str]:
    if one.kind == "rating":
        return [str(number) for number in range(one.least or 0, (one.most or 0) + 1)]
    return [option.label for option in one.options]


def _dimension(by: Dimension, today: date) -> tuple[Any, Callable[[Any], str], Callable[[str], int]]:
    """Return the column, how its value is grouped, and how the groups are sorted."""

    def age(born: date | None) -> str:
        if born is None:
            return ""
        years = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
        return str(min(max(years, 0) // 10 * 10, _OLDEST_BAND))

    def orders(count: int | None) -> str:
        if count is None:
            return ""
        return next((label for least, most, label in _BANDS if least <= count <= most), _MANY)

    places: Mapping[str, int] = {name: place for place, name in enumerate(PREFECTURES)}
    bands = {label: place for place, label in enumerate([*(label for _l, _m, label in _BANDS), _MANY])}
    found: dict[Dimension, tuple[Any, Callable[[Any], str], Callable[[str], int]]] = {
        "sex": (
            CustomerRow.sex,
            lambda value: value or "",
            lambda label: ["female", "male"].index(label) if label else 2,
        ),
        "age": (CustomerRow.birth_date, age, lambda label: int(label or 0)),
        "prefecture": (CustomerRow.prefecture, lambda value: value or "", lambda label: places.get(label, len(places))),
        "orders": (CustomerRow.orders, orders, lambda label: bands.get(label, len(bands))),
    }
    return found[by]
