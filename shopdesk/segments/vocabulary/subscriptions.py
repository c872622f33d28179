"""Fields about what comes again and again (定期購入)."""

from __future__ import annotations

from shopdesk.i18n import N_
from shopdesk.segments import answers as a, subscribing as s, wording_subscriptions as ws
from shopdesk.segments.fields import CHOICES, Field
from shopdesk.segments.vocabulary.shapes import date, listed, number

SUBSCRIPTIONS: tuple[Field, ...] = (
    listed(
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
    number(
        "subscription.nth",
        N_("Delivery of a subscription"),
        where=s.nth,
        say=ws.nth,
        unit=N_("(1 is the first delivery)"),
        of_product=True,
        answer=a.delivery,
    ),
    date(
        "subscription.stopped",
        N_("Subscription stopped"),
        where=s.stopped,
        say=ws.stopped,
        answer=a.subscription("stopped_on"),
    ),
    date(
        "subscription.next",
        N_("Next delivery"),
        comparisons=("before", "after", "between"),
        where=s.upcoming,
        say=ws.upcoming,
        answer=a.subscription("next_on"),
    ),
)
