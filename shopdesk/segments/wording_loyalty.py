"""What each condition on shop cards and coupons is called in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.i18n import _, _n
from shopdesk.segments import wording as w

if TYPE_CHECKING:
    from shopdesk.segments.rules import Condition


def card(condition: Condition) -> w.Clause:
    """「ショップカードを持っている」."""
    return w.Clause(_("who **have a shop card**") if condition.value else _("who **have no shop card**"), {})


def stamps(condition: Condition) -> w.Clause:
    """「ショップカードが 8 個以上の」."""
    n = w.count(condition.value)
    texts = {
        "at_least": _n("whose card has **{n} stamp or more**", "whose card has **{n} stamps or more**", n),
        "at_most": _n("whose card has **at most {n} stamp**", "whose card has **at most {n} stamps**", n),
        "equals": _n("whose card has **exactly {n} stamp**", "whose card has **exactly {n} stamps**", n),
        "between": _("whose card has **{from} to {to} stamps**"),
    }
    return w.Clause(texts[condition.comparison], {**w.numbers(condition.value, condition.comparison)})


def expiring(condition: Condition) -> w.Clause:
    """「これから 14 日のうちに期限がくる」."""
    n = w.count(condition.value)
    if n == 0:
        return w.Clause(_("whose stamps expire **today**"), {})
    text = _n("whose stamps expire **within the next {n} day**", "whose stamps expire **within the next {n} days**", n)
    return w.Clause(text, {"n": f"{n:,}"})


def last_visit(condition: Condition) -> w.Clause:
    """「カードのさいごの来店が 30 日以内の」."""
    n = w.count(condition.value)
    texts = {
        "within_days": _n(
            "whose last visit by card was **within {n} day**", "whose last visit by card was **within {n} days**", n
        ),
        "before_days": _n(
            "whose last visit by card was **more than {n} day ago**",
            "whose last visit by card was **more than {n} days ago**",
            n,
        ),
        "before": _("whose last visit by card was **before {day}**"),
        "after": _("whose last visit by card was **after {day}**"),
        "between": _("whose last visit by card was **from {from} to {to}**"),
    }
    return w.Clause(texts[condition.comparison], {**w.days(condition.value)})


def rank(condition: Condition) -> w.Clause:
    """「ランクがゴールドの」."""
    yes = condition.comparison == "is"
    text = _("whose card has the rank {ranks}") if yes else _("whose card does not have the rank {ranks}")
    return w.Clause(text, {"ranks": w.names(condition)})


def held(condition: Condition) -> w.Clause:
    """「コーヒー 1 杯サービスを使わずに持っている」."""
    yes = condition.comparison == "is"
    text = _("who hold the coupon {coupons} unused") if yes else _("who do not hold the coupon {coupons}")
    return w.Clause(text, {"coupons": w.names(condition)})


def used(condition: Condition) -> w.Clause:
    """「コーヒー 1 杯サービスを使った」."""
    text = (
        _("who used the coupon {coupons}")
        if condition.comparison == "is"
        else _("who did not use the coupon {coupons}")
    )
    return w.Clause(text, {"coupons": w.names(condition)})
