"""Ready-made segments: a click in the editor."""

from __future__ import annotations

from shopdesk.i18n import _
from shopdesk.segments.records import ReadyMade
from shopdesk.segments.rules import AllOf, Condition


def ready() -> list[ReadyMade]:
    """Return the rules that many shops want, titled in the language in use."""
    return [
        ReadyMade("first_time", _("First-time buyers"), _all(Condition("orders.count", "equals", 1))),
        ReadyMade(
            "birthday_next_month",
            _("Birthday next month"),
            _all(Condition("customer.birth_month", "is", ("next_month",))),
        ),
        ReadyMade(
            "regulars",
            _("Regulars"),
            _all(Condition("orders.count", "at_least", 3), Condition("orders.last", "within_days", 90)),
        ),
        ReadyMade(
            "lapsing",
            _("Not seen lately"),
            _all(Condition("orders.count", "at_least", 2), Condition("orders.last", "before_days", 60)),
        ),
        ReadyMade(
            "best",
            _("Best customers (VIP)"),
            _all(Condition("orders.spent_yen", "at_least", 50_000), Condition("orders.last", "within_days", 365)),
        ),
        ReadyMade("never", _("No order yet"), _all(Condition("orders.count", "equals", 0))),
        ReadyMade("autumn_only", _("Only in autumn"), _all(Condition("orders.months", "only", ("autumn",)))),
        ReadyMade("sale_only", _("Only at a discount"), _all(Condition("orders.sale_only", "is", value=True))),
        ReadyMade(
            "bought_then_not",
            _("Bought one thing, then not another"),
            _all(Condition("orders.product", "then_not", ())),
            asks=True,
        ),
        ReadyMade("subscribing", _("Subscribing"), _all(Condition("subscription.state", "is", ("active",)))),
        ReadyMade(
            "stopped", _("Subscription stopped lately"), _all(Condition("subscription.stopped", "within_days", 30))
        ),
        ReadyMade("third_delivery", _("Third delivery came"), _all(Condition("subscription.nth", "equals", 3))),
    ]


def _all(*conditions: Condition) -> AllOf:
    return AllOf(conditions)
