"""What it would cost to reach those whom the month's messages do not reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.i18n import N_, _
from shopdesk.settings import cheapest_above

if TYPE_CHECKING:
    from shopdesk.settings import Plan

_TITLES = {
    "communication": N_("Communication plan"),
    "light": N_("Light plan"),
    "standard": N_("Standard plan"),
}


def larger_plan(known: Plan, missing: int) -> str:
    """Say how `missing` more messages could be had this month once the plan's own are used up; empty for none.

    Args:
        known: The shop's plan.
        missing: How many messages are too few.
    """
    if missing <= 0:
        return ""
    extra = known.extra_yen(known.free_messages, missing)
    if extra is not None:
        return _("Allowing {n} additional messages in LINE's settings costs {yen} yen.").format(
            n=f"{missing:,}", yen=f"{extra:,}"
        )
    needed = known.free_messages + missing
    other = cheapest_above(known, needed)
    price = other.so_far(needed) if other else None
    if other is None or price is None:
        return ""
    return _("With the {plan} this month costs {yen} yen instead of {now} yen.").format(
        plan=_(_TITLES[other.name]), yen=f"{price:,}", now=f"{known.monthly_yen:,}"
    )
