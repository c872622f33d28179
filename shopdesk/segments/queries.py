"""A whole rule as one query."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, select

from shopdesk.customers.tables import CustomerRow
from shopdesk.segments.fields import field_of
from shopdesk.segments.forms import Among, Led, Ranged, all_of, alone, any_of, negated
from shopdesk.segments.rules import AllOf, AnyOf, Except
from shopdesk.segments.sizes import Sizes

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, Select

    from shopdesk.segments.forms import Form
    from shopdesk.segments.rules import Rule

FEW = 20_000
"""So many people are gone through by one connection sooner than two have begun."""


class Plan(NamedTuple):
    """A rule as a condition on `customers`, true or false and never NULL; whether it is asked of many people.

    Made for stretches, it holds the parameters `forms.FIRST` and `forms.END`.
    """

    condition: ColumnElement[bool]
    of_many: bool


def compile_rule(rule: Rule, now: datetime, sizes: Sizes | None = None) -> Select[int]:
    """Return the query for the ids of the customers whom a rule takes, as of `now`; also for INSERT … SELECT."""
    sizes = sizes or Sizes()
    return select(CustomerRow.id).where(_bare(rule, now, sizes), *sizes.usable())


def counted(rule: Rule, now: datetime, sizes: Sizes) -> Select[int]:
    """Return the query for how many customers a rule takes, and nothing else of them."""
    return select(func.count()).select_from(CustomerRow).where(_bare(rule, now, sizes), *sizes.usable())


def condition_of(rule: Rule, now: datetime) -> ColumnElement[bool]:
    """Return the rule as a condition on `customers`, true or false and never NULL."""
    return plan(rule, now, Sizes()).condition


def plan(rule: Rule, now: datetime, sizes: Sizes, *, in_stretches: bool = False) -> Plan:
    """Return how a rule is asked where more than the ids of people is wanted.

    Args:
        rule: What is asked.
        now: As of when.
        sizes: Tells how large a set of people is: by it the query begins with the smallest.
        in_stretches: Whether it is asked of a stretch of people at a time.
    """
    form = _form(rule, now, sizes, in_stretches=in_stretches)
    return Plan(alone(form, sizes), _of_many(form, sizes))


def _bare(rule: Rule, now: datetime, sizes: Sizes) -> ColumnElement[bool]:
    return alone(_form(rule, now, sizes), sizes, bare=True)


def _of_many(form: Form, sizes: Sizes) -> bool:
    match form:
        case Among(negated=False):
            return sizes.of(form) > FEW
        case Ranged():
            return not sizes.narrow(form)
        case Led():
            return form.reached > FEW and not form.by_range
    return True


def _form(rule: Rule, now: datetime, sizes: Sizes, *, in_stretches: bool = False) -> Form:
    def made(part: Rule) -> Form:
        return _form(part, now, sizes, in_stretches=in_stretches)

    match rule:
        case AllOf((only,)) | AnyOf((only,)):
            return made(only)
        case AllOf(parts):
            return all_of([made(part) for part in parts], sizes)
        case AnyOf(parts):
            return any_of([made(part) for part in parts])
        case Except(part):
            return negated(made(part))
    form = sizes.settled(field_of(rule.field).where(rule, now), in_stretches=in_stretches)
    return form.in_stretch() if in_stretches and isinstance(form, Among) else form
