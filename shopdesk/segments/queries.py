"""A whole rule as one query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import not_, select

from shopdesk.customers.tables import CustomerRow
from shopdesk.segments.fields import field_of
from shopdesk.segments.forms import Among, all_of, alone, any_of, unknown
from shopdesk.segments.rules import AllOf, AnyOf, Except

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, Select

    from shopdesk.segments.forms import Form, Size
    from shopdesk.segments.rules import Rule


def compile_rule(rule: Rule, now: datetime, size: Size = unknown) -> Select[int]:
    """Return the query for the ids of the customers whom a rule takes, as of `now`; also for INSERT … SELECT."""
    return select(CustomerRow.id).where(condition_of(rule, now, size))


def condition_of(rule: Rule, now: datetime, size: Size = unknown) -> ColumnElement[bool]:
    """Return the rule as a condition on `customers`, true or false and never NULL.

    Args:
        rule: What is asked.
        now: As of when.
        size: Tells how large a set of people is; by it the query begins with the smallest.
    """
    return alone(_form(rule, now, size))


def _form(rule: Rule, now: datetime, size: Size) -> Form:
    match rule:
        case AllOf((only,)) | AnyOf((only,)):
            return _form(only, now, size)
        case AllOf(parts):
            return all_of([_form(part, now, size) for part in parts], size)
        case AnyOf(parts):
            return any_of([_form(part, now, size) for part in parts])
        case Except(part):
            form = _form(part, now, size)
            return form.turned() if isinstance(form, Among) else not_(form)
    return field_of(rule.field).where(rule, now)
