"""What it would cost to reach those whom the month's messages do not reach."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from shopdesk.i18n import N_, _
from shopdesk.settings import PLANS, cheapest_above

if TYPE_CHECKING:
    from shopdesk.settings import Plan

TITLES = {
    "communication": N_("Communication plan"),
    "light": N_("Light plan"),
    "standard": N_("Standard plan"),
}


def counted_by_line(known: Plan, limit: int | None) -> Plan:
    """Return the plan that LINE's limit of the month tells of; the settings may be out of date.

    Args:
        known: The plan of the settings. A limit above its free messages is no contradiction where more can be bought.
        limit: LINE's own figure; None where it has none or cannot be asked.
    """
    if limit is None or limit == known.free_messages or (known.extra and limit > known.free_messages):
        return known
    same = next((one for one in PLANS if one.free_messages == limit), None)
    return same or replace(known, free_messages=limit)


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
        plan=_(TITLES[other.name]), yen=f"{price:,}", now=f"{known.monthly_yen:,}"
    )
