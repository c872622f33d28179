"""A whole rule as one query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from shopdesk.customers import in_use
from shopdesk.customers.tables import CustomerRow
from shopdesk.segments.fields import field_of
from shopdesk.segments.forms import Sizes, all_of, alone, any_of, negated
from shopdesk.segments.rules import AllOf, AnyOf, Except

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, Select

    from shopdesk.segments.forms import Form
    from shopdesk.segments.rules import Rule


def compile_rule(rule: Rule, now: datetime, sizes: Sizes | None = None) -> Select[int]:
    """Return the query for the ids of the customers whom a rule takes, as of `now`; also for INSERT … SELECT."""
    return select(CustomerRow.id).where(condition_of(rule, now, sizes), in_use())


def condition_of(rule: Rule, now: datetime, sizes: Sizes | None = None) -> ColumnElement[bool]:
    """Return the rule as a condition on `customers`, true or false and never NULL.

    Args:
        rule: What is asked.
        now: As of when.
        sizes: Tells how large a set of people is: by it the query begins with the smallest.
    """
    sizes = sizes or Sizes()
    return alone(_form(rule, now, sizes), sizes)


def _form(rule: Rule, now: datetime, sizes: Sizes) -> Form:
    match rule:
        case AllOf((only,)) | AnyOf((only,)):
            return _form(only, now, sizes)
        case AllOf(parts):
            return all_of([_form(part, now, sizes) for part in parts], sizes)
        case AnyOf(parts):
            return any_of([_form(part, now, sizes) for part in parts])
        case Except(part):
            return negated(_form(part, now, sizes))
    return field_of(rule.field).where(rule, now)
