"""What each condition on subscriptions is called in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.i18n import N_, _, _n
from shopdesk.segments import wording as w

if TYPE_CHECKING:
    from shopdesk.segments.rules import Condition

STATES = (("active", N_("active")), ("paused", N_("paused")), ("stopped", N_("stopped")))


def state(condition: Condition) -> w.Clause:
    """「定期購入が継続中の」."""
    text = _("who have a subscription{of} that is {states}")
    if condition.comparison == "is_not":
        text = _("who have no subscription{of} that is {states}")
    return w.Clause(text, {"states": w.titled(condition, dict(STATES)), "of": w.of(condition)})


def product(condition: Condition) -> w.Clause:
    """「コーヒー豆を定期購入している」."""
    text = _("who subscribe to {products}") if condition.comparison == "is" else _("who do not subscribe to {products}")
    return w.Clause(text, {"products": w.names(condition)})


def nth(condition: Condition) -> w.Clause:
    """「定期購入の3回目が届いた」."""
    texts = {
        "at_least": _("whose subscription{of} had its delivery no. **{n} or a later one**"),
        "at_most": _("whose subscription{of} had **at most {n} deliveries**"),
        "equals": _("whose subscription{of} had its delivery no. **{n}**"),
        "between": _("whose subscription{of} had **{from} to {to} deliveries**"),
    }
    return w.Clause(
        texts[condition.comparison], {**w.numbers(condition.value, condition.comparison), "of": w.of(condition)}
    )


def stopped(condition: Condition) -> w.Clause:
    """「定期購入を 30日以内にやめた」."""
    n = w.count(condition.value)
    texts = {
        "within_days": _n(
            "who stopped a subscription{of} **within {n} day**", "who stopped a subscription{of} **within {n} days**", n
        ),
        "before_days": _n(
            "who stopped a subscription{of} **more than {n} day ago**",
            "who stopped a subscription{of} **more than {n} days ago**",
            n,
        ),
        "before": _("who stopped a subscription{of} **before {day}**"),
        "after": _("who stopped a subscription{of} **after {day}**"),
        "between": _("who stopped a subscription{of} **from {from} to {to}**"),
    }
    return w.Clause(texts[condition.comparison], {**w.days(condition.value), "of": w.of(condition)})


def upcoming(condition: Condition) -> w.Clause:
    """「定期購入の次のお届けが12月1日より前の」."""
    texts = {
        "before": _("whose next delivery{of} is **before {day}**"),
        "after": _("whose next delivery{of} is **after {day}**"),
        "between": _("whose next delivery{of} is **from {from} to {to}**"),
    }
    return w.Clause(texts[condition.comparison], {**w.days(condition.value), "of": w.of(condition)})
