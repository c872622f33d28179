"""What a rule can ask about. A feature adds its own fields by one line: `register(Field(...))`.

The JSON words of a condition: `field`, `is`, `value`, and where the field takes them `within_days` and `product`.

| field | is | value |
|---|---|---|
| orders.count, orders.spent_yen | at_least, at_most, equals · between | a number · [from, to] |
| orders.last, orders.first | within_days, before_days · before, after · between | days · a day · [day, day] |
| orders.product | bought, not_bought | a product's name or code, or a list of which any counts |
| tags, customer.prefecture | is, is_not | a name, or a list of which any counts |
| customer.birth_month | is, is_not | 1 … 12, this_month, next_month, or a list |
| customer.sex | is, is_not | male, female, unknown |
| line.state | is, is_not | friend, blocked, none (= not_linked) |
| consent.line, consent.mail | is | true, false |

`{"field": "orders.last", "is": "before_days", "value": 30}` (also written `more_than_days_ago`): there is an order and the
last one lies more than 30 days back, that is, before the Japanese day 30 days ago began. `within_days` is its opposite among
people who ordered. "Bought twice or more, not in the last 30 days" is
`{"all": [{"field": "orders.count", "is": "at_least", "value": 2}, {"field": "orders.last", "is": "before_days", "value": 30}]}`.
`within_days` beside a count or a sum takes only the orders of these days, `product` only those with this product:
`{"not": {"field": "orders.count", "is": "at_least", "value": 1, "within_days": 30}}`.
Only orders that are not cancelled count; yen are less refunds (with `product`: the yen of its lines).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from shopdesk import japanese
from shopdesk.i18n import N_, _
from shopdesk.segments import compiling, wording
from shopdesk.segments.reading import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy import ColumnElement

    from shopdesk.segments.reading import Kind
    from shopdesk.segments.rules import Condition
    from shopdesk.segments.wording import Clause

NUMBERS = ("at_least", "at_most", "equals", "between")
DATES = ("within_days", "before_days", "before", "after", "between")
CHOICES = ("is", "is_not")


def _same(text: str) -> str:
    return text


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a rule can ask about.

    `title` and `unit` are source texts to translate; `choices` the values an editor offers, with their titles.
    `where` gives the SQL condition on a customer (never NULL), `say` the clause of the sentence.
    `normal` brings a name into its stored form or raises `UnreadableError`.
    """

    key: str
    title: str
    kind: Kind
    comparisons: tuple[str, ...]
    where: Callable[[Condition, datetime], ColumnElement[bool]]
    say: Callable[[Condition], Clause]
    unit: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    in_window: bool = False
    of_product: bool = False
    normal: Callable[[str], str] = _same


_registered: dict[str, Field] = {}


def register(field: Field) -> None:
    """Add a field; each key once."""
    if field.key in _registered:
        raise ValueError(f"{field.key} is registered already")
    _registered[field.key] = field


def fields() -> tuple[Field, ...]:
    """Return every field in the order of registration."""
    return tuple(_registered.values())


def field_of(key: str) -> Field:
    """Return the field of this key.

    Raises:
        UnreadableError: there is none.
    """
    if key not in _registered:
        raise UnreadableError(
            _("there is no field “{field}”; there are {known}").format(field=key, known=", ".join(_registered))
        )
    return _registered[key]


def _one_of(choices: tuple[tuple[str, str], ...], also: dict[str, str] | None = None) -> Callable[[str], str]:
    known = {key: key for key, _title in choices} | (also or {})

    def normal(text: str) -> str:
        if text not in known:
            raise UnreadableError(_("one of {known} is expected").format(known=", ".join(known)))
        return known[text]

    return normal


def _prefecture(text: str) -> str:
    found = japanese.prefecture(text)
    if found is None:
        raise UnreadableError(_("“{text}” is not a prefecture").format(text=text))
    return found


MONTHS = tuple((str(number), title) for number, title in enumerate(wording.MONTHS, 1)) + wording.MONTHS_AHEAD
_counted = partial(Field, in_window=True, of_product=True)
c, w = compiling, wording

for _field in (
    _counted("orders.count", N_("Number of orders"), "number", NUMBERS, c.order_count, w.order_count, N_("times")),
    _counted("orders.spent_yen", N_("Amount spent"), "number", NUMBERS, c.spent_yen, w.spent_yen, N_("yen")),
    Field("orders.last", N_("Last order"), "date", DATES, c.last_order, w.last_order, N_("days"), of_product=True),
    Field("orders.first", N_("First order"), "date", DATES, c.first_order, w.first_order, N_("days"), of_product=True),
    Field("orders.product", N_("Product"), "product", ("bought", "not_bought"), c.product, w.product, in_window=True),
    Field("tags", N_("Tag"), "choice", CHOICES, c.tags, w.tags, normal=japanese.tidy),
    Field("customer.prefecture", N_("Prefecture"), "choice", CHOICES, c.prefecture, w.prefecture, normal=_prefecture),
    Field(
        "customer.birth_month",
        N_("Month of birth"),
        "choice",
        CHOICES,
        c.birth_month,
        w.birth_month,
        choices=MONTHS,
        normal=_one_of(MONTHS),
    ),
    Field("customer.sex", N_("Sex"), "choice", CHOICES, c.sex, w.sex, choices=w.SEXES, normal=_one_of(w.SEXES)),
    Field(
        "line.state",
        N_("On LINE"),
        "choice",
        CHOICES,
        c.line_state,
        w.line_state,
        choices=w.LINE_STATES,
        normal=_one_of(w.LINE_STATES, {"not_linked": "none"}),
    ),
    Field("consent.line", N_("Messages on LINE"), "flag", ("is",), c.consent_line, w.consent_line),
    Field("consent.mail", N_("Mail"), "flag", ("is",), c.consent_mail, w.consent_mail),
):
    register(_field)
