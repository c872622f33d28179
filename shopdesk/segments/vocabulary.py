"""The fields of this shop.

The JSON words of a condition: `field`, `is`, `value`, and where the field takes them `within_days` and `product`.

| field | is | value |
|---|---|---|
| orders.count, .spent_yen, .average_yen, .cancelled, .sale_count | at_least, at_most, equals · between | a number · [from, to] |
| orders.nth | equals | which order, 1 being the first |
| orders.last, orders.first | within_days, before_days · before, after · between | days · a day · [day, day] |
| orders.product, orders.category | bought, not_bought | a product's name or code (a category), or a list of which any counts |
| orders.product | then_not | the same; `product`: what was not bought on a later day than `value` was last |
| orders.months | is, is_not, only | 1 … 12, spring, summer, autumn, winter, or a list |
| orders.sale_only | is | true: every order had a discount |
| orders.payment | is, is_not | a name as the cart writes it, or a list |
| subscription.state | is, is_not | active, paused, stopped |
| subscription.product | is, is_not | what comes again and again, now |
| subscription.nth · subscription.stopped · subscription.next | as a number · as orders.last · before, after, between | |
| tags, customer.prefecture, customer.source | is, is_not | a name, or a list of which any counts |
| customer.age | at_least, at_most, equals · between | years |
| customer.birthday | in_days | today or in so many days |
| customer.birth_month | is, is_not | 1 … 12, this_month, next_month, or a list |
| customer.sex | is, is_not | male, female, unknown |
| line.state | is, is_not | friend, blocked, none (= not_linked) |
| consent.line, consent.mail | is | true, false |
| own.NAME, a field of the shop's own | is, is_not · as a number · as orders.last | by its kind |

`{"field": "orders.last", "is": "before_days", "value": 30}` (also written `more_than_days_ago`): there is an order and the
last one lies more than 30 days back, that is, before the Japanese day 30 days ago began. `within_days` is its opposite among
people who ordered. "Bought twice or more, not in the last 30 days" is
`{"all": [{"field": "orders.count", "is": "at_least", "value": 2}, {"field": "orders.last", "is": "before_days", "value": 30}]}`.
`within_days` beside a count or a sum takes only the orders of these days, `product` only those with this product:
`{"not": {"field": "orders.count", "is": "at_least", "value": 1, "within_days": 30}}`.
Only orders that are not cancelled count; yen are less refunds (with `product`: the yen of its lines).
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from shopdesk import japanese
from shopdesk.customers.tables import CustomerRow, TagRow
from shopdesk.i18n import N_, _
from shopdesk.orders.tables import OrderRow, ProductRow
from shopdesk.segments import (
    answers as a,
    buying as b,
    goods,
    persons as p,
    subscribing as s,
    wording_orders as wo,
    wording_people as wp,
    wording_subscriptions as ws,
)
from shopdesk.segments.fields import CHOICES, DATES, NUMBERS, Field, register
from shopdesk.segments.reading import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Callable


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


BIRTH_MONTHS = tuple((str(number), title) for number, title in enumerate(wo.MONTHS, 1)) + wp.MONTHS_AHEAD
BOUGHT = ("bought", "not_bought")
BETWEEN_DAYS = ("before", "after", "between")
SALE_ONLY = (("true", N_("only at a discount")), ("false", N_("not only at a discount")))
CONSENT = (("true", N_("takes them")), ("false", N_("opted out")))
_number = partial(Field, kind="number", comparisons=NUMBERS)
_date = partial(Field, kind="date", comparisons=DATES, unit=N_("days"), of_product=True)
_choice = partial(Field, kind="choice", comparisons=CHOICES)
_flag = partial(Field, kind="flag", comparisons=("is",))


def _listed(key: str, title: str, where: Any, say: Any, choices: tuple[tuple[str, str], ...], **more: Any) -> Field:
    return _choice(key, title, where=where, say=say, choices=choices, normal=_one_of(choices), **more)


for _field in (
    _number(
        "orders.count",
        N_("Number of orders"),
        where=b.order_count,
        say=wo.order_count,
        unit=N_("times"),
        in_window=True,
        of_product=True,
        answer=a.order_count,
    ),
    _number(
        "orders.spent_yen",
        N_("Amount spent"),
        where=b.spent_yen,
        say=wo.spent_yen,
        unit=N_("yen"),
        in_window=True,
        of_product=True,
        answer=a.spent_yen,
    ),
    _date("orders.last", N_("Last order"), where=b.last_order, say=wo.last_order, answer=a.last_order),
    _date("orders.first", N_("First order"), where=b.first_order, say=wo.first_order, answer=a.first_order),
    _number(
        "orders.nth",
        N_("n-th order"),
        comparisons=("equals",),
        where=b.nth_order,
        say=wo.nth_order,
        unit=N_("(1 is the first order)"),
        in_window=True,
        of_product=True,
        answer=a.nth_order,
    ),
    Field(
        "orders.product",
        N_("Product"),
        "product",
        (*BOUGHT, "then_not"),
        goods.product,
        wo.product,
        in_window=True,
        pairs=("then_not",),
        answer=a.product,
    ),
    Field(
        "orders.category",
        N_("Category"),
        "product",
        BOUGHT,
        goods.category,
        wo.category,
        in_window=True,
        offers=lambda: select(ProductRow.category).distinct(),
        answer=a.category,
    ),
    _listed(
        "orders.months",
        N_("Months of buying"),
        b.months,
        wo.months,
        wo.BUYING_MONTHS,
        comparisons=(*CHOICES, "only"),
        answer=a.months,
    ),
    _number(
        "orders.average_yen",
        N_("Yen an order"),
        where=b.average_yen,
        say=wo.average_yen,
        unit=N_("yen"),
        answer=a.average_yen,
    ),
    _number(
        "orders.sale_count",
        N_("Orders at a discount"),
        where=b.sale_count,
        say=wo.sale_count,
        unit=N_("times"),
        answer=a.sale_count,
    ),
    _flag(
        "orders.sale_only",
        N_("Buys at a discount"),
        where=b.sale_only,
        say=wo.sale_only,
        choices=SALE_ONLY,
        answer=a.sale_count,
    ),
    _number(
        "orders.cancelled",
        N_("Cancelled orders"),
        where=b.cancelled,
        say=wo.cancelled,
        unit=N_("times"),
        answer=a.cancelled,
    ),
    _choice(
        "orders.payment",
        N_("Payment"),
        where=b.payment,
        say=wo.payment,
        in_window=True,
        offers=lambda: select(OrderRow.payment).distinct(),
        answer=a.payment,
    ),
    _listed(
        "subscription.state",
        N_("Subscription"),
        s.state,
        ws.state,
        ws.STATES,
        of_product=True,
        answer=a.subscription("state", ws.STATES),
    ),
    Field(
        "subscription.product", N_("Subscribed product"), "product", CHOICES, s.product, ws.product, answer=a.subscribed
    ),
    _number(
        "subscription.nth",
        N_("Delivery of a subscription"),
        where=s.nth,
        say=ws.nth,
        unit=N_("(1 is the first delivery)"),
        of_product=True,
        answer=a.delivery,
    ),
    _date(
        "subscription.stopped",
        N_("Subscription stopped"),
        where=s.stopped,
        say=ws.stopped,
        answer=a.subscription("stopped_on"),
    ),
    _date(
        "subscription.next",
        N_("Next delivery"),
        comparisons=BETWEEN_DAYS,
        where=s.upcoming,
        say=ws.upcoming,
        answer=a.subscription("next_on"),
    ),
    _choice(
        "tags",
        N_("Tag"),
        where=p.tags,
        say=wp.tags,
        normal=japanese.tidy,
        offers=lambda: select(TagRow.name),
        answer=a.tags,
    ),
    _choice(
        "customer.prefecture",
        N_("Prefecture"),
        where=p.prefecture,
        say=wp.prefecture,
        normal=_prefecture,
        answer=a.column("prefecture"),
    ),
    _number("customer.age", N_("Age"), where=p.age, say=wp.age, unit=N_("years"), answer=a.age),
    Field(
        "customer.birthday",
        N_("Birthday"),
        "date",
        ("in_days",),
        p.birthday,
        wp.birthday,
        N_("days"),
        answer=a.column("birth_date"),
    ),
    _listed(
        "customer.birth_month",
        N_("Month of birth"),
        p.birth_month,
        wp.birth_month,
        BIRTH_MONTHS,
        answer=a.birth_month,
    ),
    _listed("customer.sex", N_("Sex"), p.sex, wp.sex, wp.SEXES, answer=a.column("sex", wp.SEXES, "unknown")),
    _choice(
        "customer.source",
        N_("First came from"),
        where=p.source,
        say=wp.source,
        offers=lambda: select(CustomerRow.source).distinct(),
        answer=a.column("source"),
    ),
    _choice(
        "line.state",
        N_("On LINE"),
        where=p.line_state,
        say=wp.line_state,
        choices=wp.LINE_STATES,
        normal=_one_of(wp.LINE_STATES, {"not_linked": "none"}),
        answer=a.column("line_state", wp.LINE_STATES),
    ),
    _flag(
        "consent.line",
        N_("Messages on LINE"),
        where=p.consent_line,
        say=wp.consent_line,
        choices=CONSENT,
        answer=a.column("consent_line", CONSENT),
    ),
    _flag(
        "consent.mail",
        N_("Mail"),
        where=p.consent_mail,
        say=wp.consent_mail,
        choices=CONSENT,
        answer=a.column("consent_mail", CONSENT),
    ),
):
    register(_field)
