"""Conditions on the person: where they live, when they were born, what they allow, what the shop wrote on them."""

from __future__ import annotations

from calendar import isleap
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import Numeric, Text, and_, case, cast as sql_cast, exists, func, or_, select, union_all

from shopdesk.clock import japan_day
from shopdesk.customers.tables import (
    CustomerRelationRow,
    CustomerRow,
    CustomerTagRow,
    OwnFieldRow,
    OwnValueRow,
    TagRow,
)
from shopdesk.segments.comparing import chosen, compared, holds_for_none, listed, on_day
from shopdesk.segments.forms import Among, InOneCase

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Select

    from shopdesk.segments.forms import Test
    from shopdesk.segments.rules import Condition

OWN = "own."
_BORN = CustomerRow.birth_date
_WHOLE_YEAR = 365


def tags(condition: Condition, _now: datetime) -> Among:
    """Whether any of the tags is carried."""
    carrying = select(CustomerTagRow.customer_id).where(
        CustomerTagRow.tag_id.in_(select(TagRow.id).where(TagRow.name.in_(listed(condition))))
    )
    test = exists(carrying.where(CustomerTagRow.customer_id == CustomerRow.id).correlate(CustomerRow))
    return Among((carrying,), test, (carrying,), negated=condition.comparison == "is_not")


def prefecture(condition: Condition, _now: datetime) -> Test:
    """Where the customer lives."""
    return chosen(CustomerRow.prefecture, condition, listed(condition))


def source(condition: Condition, _now: datetime) -> Test:
    """Where the customer first came from."""
    return chosen(CustomerRow.source, condition, listed(condition))


def birth_month(condition: Condition, now: datetime) -> Test:
    """In which month the birthday is; an unknown one is in none."""
    month = japan_day(now).month
    ahead = {"this_month": month, "next_month": month % 12 + 1}
    months = sorted({ahead.get(one) or int(one) for one in listed(condition)})
    known = and_(CustomerRow.birth_month.is_not(None), CustomerRow.birth_month.in_(months))
    return known if condition.comparison == "is" else ~known


def birthday(condition: Condition, now: datetime) -> Test:
    """Whether the birthday is today or in the next days; of 29 February, in other years, it is the 28th."""
    first, days = japan_day(now), cast("int", condition.value)
    if days >= _WHOLE_YEAR:
        return _BORN.is_not(None)
    last = first + timedelta(days=days)
    start, end = f"{first:%m-%d}", f"{last:%m-%d}"
    if end == "02-28" and not isleap(last.year):
        end = "02-29"
    day = func.substr(sql_cast(_BORN, Text), 6)
    between = and_(day >= start, day <= end) if start <= end else or_(day >= start, day <= end)
    return and_(_BORN.is_not(None), between)


def age(condition: Condition, now: datetime) -> Test:
    """How old somebody is; whoever was born on 29 February grows older on 1 March in other years."""
    today, value = japan_day(now), cast("Any", condition.value)
    low, high = value if condition.comparison == "between" else (value, value)
    ends: list[Test] = [_BORN.is_not(None)]
    if condition.comparison != "at_most":
        ends.append(_years_before(today, low) >= _BORN)
    if condition.comparison != "at_least":
        ends.append(_years_before(today, high + 1) < _BORN)
    return and_(*ends)


def _years_before(day: date, years: int) -> date:
    year = max(1, day.year - years)
    return (
        day.replace(year=year, day=28)
        if (day.month, day.day) == (2, 29) and not isleap(year)
        else day.replace(year=year)
    )


def sex(condition: Condition, _now: datetime) -> Test:
    """What the customer said, if anything."""
    return chosen(CustomerRow.sex, condition, ["" if one == "unknown" else one for one in listed(condition)])


def line_state(condition: Condition, _now: datetime) -> Test:
    """How the customer stands on LINE."""
    return chosen(CustomerRow.line_state, condition, listed(condition))


def consent_line(condition: Condition, _now: datetime) -> Test:
    """Whether messages on LINE are taken."""
    return CustomerRow.consent_line.is_(bool(condition.value))


def consent_mail(condition: Condition, _now: datetime) -> Test:
    """Whether mail is taken."""
    return CustomerRow.consent_mail.is_(bool(condition.value))


def note(condition: Condition, _now: datetime) -> Test:
    """Whether a text stands in the note, A to Z in either case."""
    said = "".join(one.lower() if one.isascii() else one for one in str(condition.value))
    found: Test = InOneCase(CustomerRow.__table__.c.note).contains(said, autoescape=True)
    return found if condition.comparison == "contains" else ~found


def relation(condition: Condition, _now: datetime) -> Among:
    """Whether somebody is linked with the person as one of these."""
    row = CustomerRelationRow
    of_kind = row.kind.in_(listed(condition))
    ends = tuple(select(one).where(of_kind) for one in (row.one_id, row.other_id))
    return Among(ends, exists(_links().where(of_kind)), ends, negated=condition.comparison == "is_not")


def relations(condition: Condition, _now: datetime) -> Among:
    """With how many people the person is linked; whoever has no link has 0 and is in no group."""
    row = CustomerRelationRow
    ends = union_all(*(select(one.label("person")) for one in (row.one_id, row.other_id))).subquery()
    none = holds_for_none(condition)
    there, here = (
        ~test if none else test
        for test in (compared(figure, condition) for figure in (func.count(), _counted(_links())))
    )
    grouped = select(ends.c.person).group_by(ends.c.person).having(there)
    return Among((grouped,), here, (select(ends.c.person),), negated=none)


def _links() -> Select[Any]:
    """The person's links, whichever end the person is."""
    row = CustomerRelationRow
    of_person = or_(row.one_id == CustomerRow.id, row.other_id == CustomerRow.id)
    return select(row.one_id).where(of_person).correlate(CustomerRow)


def _counted(rows: Select[Any]) -> Any:
    return rows.with_only_columns(func.count()).scalar_subquery()


def own_values(name: str) -> Select[Any]:
    """Return the query for what stands in a field of the shop's own, each text once."""
    of_field = OwnFieldRow.name == name
    return (
        select(OwnValueRow.value).distinct().join(OwnFieldRow, OwnFieldRow.id == OwnValueRow.field_id).where(of_field)
    )


def own(condition: Condition, now: datetime) -> Among:
    """What stands in one of the shop's own fields; `require_own_fields` says which are not there."""
    field, value = OwnFieldRow, OwnValueRow
    found = select(value.customer_id).join(field, field.id == value.field_id)
    found = found.where(field.name == condition.field.removeprefix(OWN))
    negated = condition.comparison == "is_not"
    if condition.comparison in {"is", "is_not"}:
        found = found.where(value.value.in_(listed(condition)))
    else:
        found = found.where(_own_compared(condition, now))
    return Among((found,), _of_person(found), (found,), negated=negated)


def _own_compared(condition: Condition, now: datetime) -> Test:
    """Numbers and days are kept as text: only those of the right kind are read as such."""
    kind, kept = OwnFieldRow.kind, OwnValueRow.value
    said: Any = condition.value[0] if isinstance(condition.value, tuple) else condition.value
    if condition.comparison in {"within_days", "before_days"} or isinstance(said, date):
        return on_day(case((kind == "date", kept)), condition, now, date.isoformat)
    return compared(case((kind == "number", sql_cast(kept, Numeric))), condition)


def _of_person(found: Select[Any]) -> Test:
    return exists(found.where(OwnValueRow.customer_id == CustomerRow.id).correlate(CustomerRow))
