"""A whole rule as one query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, false, not_, or_, select, true

from shopdesk.customers import in_use
from shopdesk.customers.tables import CustomerRow
from shopdesk.segments.fields import field_of
from shopdesk.segments.rules import AllOf, AnyOf, Except

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, Select

    from shopdesk.segments.rules import Rule


def compile_rule(rule: Rule, now: datetime) -> Select[int]:
    """Return the query for the ids of the customers whom a rule takes, as of `now`; also for INSERT … SELECT."""
    return select(CustomerRow.id).where(condition_of(rule, now), in_use())


def condition_of(rule: Rule, now: datetime) -> ColumnElement[bool]:
    """Return the rule as a condition on `customers`, true or false and never NULL."""
    match rule:
        case AllOf(parts):
            return and_(true(), *(condition_of(part, now) for part in parts))
        case AnyOf(parts):
            return or_(false(), *(condition_of(part, now) for part in parts))
        case Except(part):
            return not_(condition_of(part, now))
    return field_of(rule.field).where(rule, now)
