"""What each condition on orders and goods is called in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shopdesk.i18n import N_, _, _n
from shopdesk.segments import wording as w
from shopdesk.segments.comparing import holds_for_none

if TYPE_CHECKING:
    from shopdesk.segments.rules import Condition

MONTHS = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)
SEASONS = (
    ("spring", N_("spring")),
    ("summer", N_("summer")),
    ("autumn", N_("autumn")),
    ("winter", N_("winter")),
)
BUYING_MONTHS = SEASONS + tuple((str(number), title) for number, title in enumerate(MONTHS, 1))


def order_count(condition: Condition) -> w.Clause:
    """「2回以上買っている」."""
    value: Any = condition.value
    if holds_for_none(condition) and condition.comparison in {"at_most", "equals"} and value == 0:
        text, numbers = _("who did **not buy**{what}{when}"), {}
    elif condition.comparison == "at_least":
        text = _n("who bought{what} **{n} time or more**{when}", "who bought{what} **{n} times or more**{when}", value)
        numbers = {"n": f"{value:,}"}
    elif condition.comparison == "at_most":
        text = _n("who bought{what} **at most {n} time**{when}", "who bought{what} **at most {n} times**{when}", value)
        numbers = {"n": f"{value:,}"}
    elif condition.comparison == "equals":
        text = _n("who bought{what} **exactly {n} time**{when}", "who bought{what} **exactly {n} times**{when}", value)
        numbers = {"n": f"{value:,}"}
    else:
        text = _("who bought{what} **{from} to {to} times**{when}")
        numbers = {"from": f"{value[0]:,}", "to": f"{value[1]:,}"}
    return w.Clause(text, {**numbers, "what": w.what(condition), "when": w.when(condition)})


def spent_yen(condition: Condition) -> w.Clause:
    """「10,000円以上買っている」."""
    value: Any = condition.value
    texts = {
        "at_least": _("who spent **{yen} yen or more**{on}{when}"),
        "at_most": _("who spent **at most {yen} yen**{on}{when}"),
        "equals": _("who spent **exactly {yen} yen**{on}{when}"),
        "between": _("who spent **{from} to {to} yen**{on}{when}"),
    }
    between = condition.comparison == "between"
    yen = {"from": f"{value[0]:,}", "to": f"{value[1]:,}"} if between else {"yen": f"{value:,}"}
    on = w.Clause(_(" on {products}"), {"products": w.Names(condition.products)}) if condition.products else w.NOTHING
    return w.Clause(texts[condition.comparison], {**yen, "on": on, "when": w.when(condition)})


def last_order(condition: Condition) -> w.Clause:
    """「さいごの注文が 60日より前の」."""
    value: Any = condition.value
    texts = {
        "within_days": _n(
            "whose last order{of} was **within {n} day**",
            "whose last order{of} was **within {n} days**",
            w.count(value),
        ),
        "before_days": _n(
            "whose last order{of} was **more than {n} day ago**",
            "whose last order{of} was **more than {n} days ago**",
            w.count(value),
        ),
        "before": _("whose last order{of} was **before {day}**"),
        "after": _("whose last order{of} was **after {day}**"),
        "between": _("whose last order{of} was **from {from} to {to}**"),
    }
    return w.Clause(texts[condition.comparison], {**w.days(value), "of": w.of(condition)})


def first_order(condition: Condition) -> w.Clause:
    """「はじめての注文が 30日以内の」."""
    value: Any = condition.value
    texts = {
        "within_days": _n(
            "whose first order{of} was **within {n} day**",
            "whose first order{of} was **within {n} days**",
            w.count(value),
        ),
        "before_days": _n(
            "whose first order{of} was **more than {n} day ago**",
            "whose first order{of} was **more than {n} days ago**",
            w.count(value),
        ),
        "before": _("whose first order{of} was **before {day}**"),
        "after": _("whose first order{of} was **after {day}**"),
        "between": _("whose first order{of} was **from {from} to {to}**"),
    }
    return w.Clause(texts[condition.comparison], {**w.days(value), "of": w.of(condition)})


def product(condition: Condition) -> w.Clause:
    """「いちごのショートケーキか季節のタルトを買ったことがある」."""
    if condition.comparison == "then_not":
        text = _("who bought {products}{when} and have **not** bought {others} since")
        others = w.Names(condition.products)
        return w.Clause(text, {"products": w.names(condition), "when": w.when(condition), "others": others})
    bought = condition.comparison == "bought"
    if condition.within_days is None:
        text = _("who have bought {products}") if bought else _("who have never bought {products}")
    else:
        text = _("who bought {products}{when}") if bought else _("who did not buy {products}{when}")
    return w.Clause(text, {"products": w.names(condition), "when": w.when(condition)})


def nth_order(condition: Condition) -> w.Clause:
    """「2回目の注文に季節のタルトがあった」."""
    n = str(condition.value)
    with_products, any_goods = _("whose order no. **{n}**{when} had {products}"), _("who made order no. **{n}**{when}")
    text = with_products if condition.products else any_goods
    return w.Clause(text, {"n": n, "when": w.when(condition), "products": w.Names(condition.products)})


def average_yen(condition: Condition) -> w.Clause:
    """「1回の注文が平均 3,000円以上の」."""
    texts = {
        "at_least": _("whose orders come to **{n} yen or more** on average"),
        "at_most": _("whose orders come to **at most {n} yen** on average"),
        "equals": _("whose orders come to **exactly {n} yen** on average"),
        "between": _("whose orders come to **{from} to {to} yen** on average"),
    }
    return w.Clause(texts[condition.comparison], {**w.numbers(condition.value, condition.comparison)})


def cancelled(condition: Condition) -> w.Clause:
    """「2回以上キャンセルした」."""
    value = w.count(condition.value)
    texts = {
        "at_least": _n("who cancelled **{n} time or more**", "who cancelled **{n} times or more**", value),
        "at_most": _n("who cancelled **at most {n} time**", "who cancelled **at most {n} times**", value),
        "equals": _n("who cancelled **exactly {n} time**", "who cancelled **exactly {n} times**", value),
        "between": _("who cancelled **{from} to {to} times**"),
    }
    return w.Clause(texts[condition.comparison], {**w.numbers(condition.value, condition.comparison)})


def sale_count(condition: Condition) -> w.Clause:
    """「割引で2回以上買っている」."""
    value = w.count(condition.value)
    texts = {
        "at_least": _n(
            "who bought **{n} time or more** at a discount", "who bought **{n} times or more** at a discount", value
        ),
        "at_most": _n(
            "who bought **at most {n} time** at a discount", "who bought **at most {n} times** at a discount", value
        ),
        "equals": _n(
            "who bought **exactly {n} time** at a discount", "who bought **exactly {n} times** at a discount", value
        ),
        "between": _("who bought **{from} to {to} times** at a discount"),
    }
    return w.Clause(texts[condition.comparison], {**w.numbers(condition.value, condition.comparison)})


def sale_only(condition: Condition) -> w.Clause:
    """「割引のときだけ買っている」."""
    only, not_only = _("who buy **only at a discount**"), _("who do **not buy only at a discount**")
    return w.Clause(only if condition.value else not_only, {})


def months(condition: Condition) -> w.Clause:
    """「秋だけに買っている」."""
    texts = {
        "is": _("who bought in {months}"),
        "is_not": _("who never bought in {months}"),
        "only": _("who bought **only** in {months}"),
    }
    return w.Clause(texts[condition.comparison], {"months": w.titled(condition, dict(BUYING_MONTHS))})


def favourite(condition: Condition) -> w.Clause:
    """「いちばん好きな商品がプリンの」."""
    text = (
        _("whose favourite product is {products}")
        if condition.comparison == "is"
        else _("whose favourite product is not {products}")
    )
    return w.Clause(text, {"products": w.names(condition)})


def rhythm(condition: Condition) -> w.Clause:
    """「平均 30日以下の間隔で買っている」."""
    n = w.count(condition.value)
    texts = {
        "at_least": _n("who buy every **{n} day or less often**", "who buy every **{n} days or less often**", n),
        "at_most": _n("who buy every **{n} day or more often**", "who buy every **{n} days or more often**", n),
        "equals": _n("who buy every **{n} day**", "who buy every **{n} days**", n),
        "between": _("who buy every **{from} to {to} days**"),
    }
    return w.Clause(texts[condition.comparison], {**w.numbers(condition.value, condition.comparison)})


def category(condition: Condition) -> w.Clause:
    """「カテゴリー「焼き菓子」の商品を買ったことがある」."""
    texts = {
        "bought": _("who bought from category {names}{when}"),
        "not_bought": _("who did not buy from category {names}{when}"),
    }
    return w.Clause(texts[condition.comparison], {"names": w.names(condition), "when": w.when(condition)})


def payment(condition: Condition) -> w.Clause:
    """「代金引換で支払った」."""
    texts = {"is": _("who paid by {names}{when}"), "is_not": _("who did not pay by {names}{when}")}
    return w.Clause(texts[condition.comparison], {"names": w.names(condition), "when": w.when(condition)})


def recency(condition: Condition) -> w.Clause:
    """「RFM の最近さ（R）が 4以上の」."""
    return _rank(condition, _("how lately they bought"))


def frequency(condition: Condition) -> w.Clause:
    """「RFM の回数（F）が 4以上の」."""
    return _rank(condition, _("how often they bought"))


def money(condition: Condition) -> w.Clause:
    """「RFM の金額（M）が 4以上の」."""
    return _rank(condition, _("how much they spent"))


def _rank(condition: Condition, what: str) -> w.Clause:
    texts = {
        "at_least": _("whose RFM rank for {what} is **{n} or more**"),
        "at_most": _("whose RFM rank for {what} is **at most {n}**"),
        "equals": _("whose RFM rank for {what} is **exactly {n}**"),
        "between": _("whose RFM rank for {what} is **from {from} to {to}**"),
    }
    return w.Clause(texts[condition.comparison], {**w.numbers(condition.value, condition.comparison), "what": what})
