"""Ready-made segments: a click in the editor."""

from __future__ import annotations

from shopdesk.i18n import _
from shopdesk.segments.records import ReadyMade
from shopdesk.segments.rules import AllOf, Condition


def ready() -> list[ReadyMade]:
    """Return the rules that many shops want, titled in the language in use."""
    return [
        ReadyMade("first_time", _("First-time buyers"), AllOf((Condition("orders.count", "equals", 1),))),
        ReadyMade(
            "birthday_next_month",
            _("Birthday next month"),
            AllOf((Condition("customer.birth_month", "is", ("next_month",)),)),
        ),
        ReadyMade(
            "regulars",
            _("Regulars"),
            AllOf((Condition("orders.count", "at_least", 3), Condition("orders.last", "within_days", 90))),
        ),
        ReadyMade(
            "lapsing",
            _("Not seen lately"),
            AllOf((Condition("orders.count", "at_least", 2), Condition("orders.last", "before_days", 60))),
        ),
        ReadyMade(
            "best",
            _("Best customers"),
            AllOf((Condition("orders.spent_yen", "at_least", 50_000), Condition("orders.last", "within_days", 365))),
        ),
        ReadyMade("never", _("No order yet"), AllOf((Condition("orders.count", "equals", 0),))),
    ]
