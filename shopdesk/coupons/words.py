"""What a coupon is in a few words. Its own texts are the shop's; what is composed here speaks the reader's language.

`say` translates: the screens' and the command line's own `_` by default, `for_customers` for what customers get to read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.clock import in_japan
from shopdesk.coupons.records import DISCOUNTS
from shopdesk.coupons.rules import DAYS, end_of, last_moment
from shopdesk.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from shopdesk.coupons.records import Offer

_HEADLINES = {
    "yen_off": N_("{yen} yen off"),
    "percent_off": N_("{percent}% off"),
    "free_item": N_("One free"),
    "gift": N_("A gift"),
}


def headline(offer: Offer, say: Callable[[str], str] = _) -> str:
    """Return what it gives in a few words."""
    value = offer.value or 0
    return say(_HEADLINES[offer.kind]).format(yen=f"{value:,}", percent=value)


def brief(offer: Offer, say: Callable[[str], str] = _) -> str:
    """Return what stands in a field of a card: what comes off, or the name of the thing."""
    return headline(offer, say) if offer.kind in DISCOUNTS else offer.name


def ends_said(offer: Offer, until: datetime | None = None, say: Callable[[str], str] = _) -> str:
    """Return the last minute it is good, '' where it does not end; `until` is the person's own end."""
    ends = end_of(offer, until)
    if ends is None:
        return ""
    last = in_japan(last_moment(ends))
    form = N_("{month}/{day}/{year}") if (last.hour, last.minute) == (23, 59) else N_("{month}/{day}/{year} {time}")
    return say(form).format(month=last.month, day=last.day, year=last.year, time=f"{last:%H:%M}")


def period(offer: Offer, until: datetime | None = None, say: Callable[[str], str] = _) -> str:
    """Return when it is good, '' where it neither begins nor ends; `until` is the person's own end."""
    ends = end_of(offer, until)
    first = "" if offer.starts is None else _day(in_japan(offer.starts), 0, 0, say)
    if ends is None:
        return say(N_("From {start}")).format(start=first) if first else ""
    last = _day(in_japan(last_moment(ends)), 23, 59, say)
    return f"{first}〜{last}" if first else say(N_("until {day}")).format(day=last)


def _day(at: datetime, hour: int, minute: int, say: Callable[[str], str]) -> str:
    """Return a day, with its time where that is not the usual one of a beginning or an end."""
    said = say(N_("{weekday}, {month}/{day}"))
    day = said.format(month=at.month, day=at.day, weekday=say(DAYS[at.weekday()]))
    return day if (at.hour, at.minute) == (hour, minute) else f"{day} {at:%H:%M}"


def conditions(offer: Offer, say: Callable[[str], str] = _) -> list[str]:
    """Return the conditions that the shop set in fields, one sentence each: days, hours, least purchase."""
    said = []
    if offer.weekdays:
        days = say(N_(" · ")).join(say(DAYS[one]) for one in offer.weekdays)
        said.append(say(N_("For these days: {days}")).format(days=days))
    if offer.opens is not None and offer.closes is not None:
        hours = f"{offer.opens:%H:%M}〜{offer.closes:%H:%M}"
        said.append(say(N_("Between {hours}")).format(hours=hours))
    if offer.minimum_yen:
        least = f"{offer.minimum_yen:,}"
        said.append(say(N_("From a purchase of {yen} yen")).format(yen=least))
    return said
