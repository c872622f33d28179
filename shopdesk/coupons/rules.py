"""When a coupon can be used, what comes off, and what of one that people hold may still be changed. No session, no clock inside."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from shopdesk import japanese
from shopdesk.clock import in_japan
from shopdesk.coupons.records import DISCOUNTS
from shopdesk.coupons.refusals import (
    BelowMinimumError,
    ClosedError,
    CouponError,
    ExpiredError,
    NotPublishedError,
    NotYetError,
    WrongDayError,
    WrongHourError,
)
from shopdesk.i18n import N_, _

if TYPE_CHECKING:
    from datetime import datetime, time

    from shopdesk.coupons.records import Offer, State

DAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
PROMISES = {
    "name": N_("name"),
    "kind": N_("kind"),
    "value": N_("value"),
    "terms": N_("terms"),
    "starts": N_("begin"),
    "ends": N_("end"),
    "weekdays": N_("days of the week"),
    "opens": N_("hours"),
    "closes": N_("hours"),
    "per_person": N_("limit for one person"),
    "most": N_("limit in all"),
    "minimum_yen": N_("least purchase"),
    "odds": N_("odds"),
}
"""What people hold, in the words of a sentence."""


def end_of(offer: Offer, until: datetime | None) -> datetime | None:
    """Return when it ends for somebody whose own runs until then; None for never."""
    return min((one for one in (offer.ends, until) if one is not None), default=None)


def last_moment(ends: datetime) -> datetime:
    """Return the last moment before an end, to be shown: what ends at midnight is good on the day before."""
    return ends - timedelta(seconds=1)


def refusal(offer: Offer, state: State, until: datetime | None, now: datetime) -> CouponError | None:
    """Return why it cannot be used at this moment, None where it can; what a sale must be is not asked.

    Args:
        offer: What the coupon promises.
        state: Where the coupon is.
        until: When the person's own ends, None for with the coupon.
        now: The moment, aware.
    """
    if state == "draft":
        return NotPublishedError(_("This coupon is still a draft. Publish it first."))
    if state == "closed":
        return ClosedError(_("The shop has ended this coupon. It cannot be used any more."))
    if offer.starts is not None and now < offer.starts:
        return NotYetError(_("This coupon begins on {day} at {time}.").format(**_said(offer.starts)))
    ends = end_of(offer, until)
    if ends is not None and now >= ends:
        said = _("This coupon has expired. It was good until {day} {time}.")
        return ExpiredError(said.format(**_said(last_moment(ends))))
    return _on_other_times(offer, now)


def _on_other_times(offer: Offer, now: datetime) -> CouponError | None:
    """Return the refusal of a day or an hour. Hours past midnight belong to the day they began on."""
    local = in_japan(now)
    clock, day = local.time(), local.weekday()
    inside = True
    if offer.opens is not None and offer.closes is not None:
        inside = _within(clock, offer.opens, offer.closes)
        if offer.opens > offer.closes and clock < offer.closes:
            day = (day - 1) % 7
    if offer.weekdays and day not in offer.weekdays:
        days = _(", ").join(_(DAYS[one]) for one in sorted(offer.weekdays))
        return WrongDayError(_("This coupon is not for today. It is for: {days}.").format(days=days))
    if not inside and offer.opens is not None and offer.closes is not None:
        said = _("This coupon is not for this hour. It is for {opens}–{closes}.")
        return WrongHourError(said.format(opens=f"{offer.opens:%H:%M}", closes=f"{offer.closes:%H:%M}"))
    return None


def _within(clock: time, opens: time, closes: time) -> bool:
    return opens <= clock < closes if opens <= closes else clock >= opens or clock < closes


def below_minimum(offer: Offer, sale_yen: int | None) -> BelowMinimumError | None:
    """Return the refusal of a sale that is too small, or that nobody said where it must be of a size."""
    if not offer.minimum_yen or (sale_yen is not None and sale_yen >= offer.minimum_yen):
        return None
    least = f"{offer.minimum_yen:,}"
    if sale_yen is None:
        return BelowMinimumError(_("This coupon needs a purchase of {yen} yen. Enter the amount.").format(yen=least))
    said = _("This coupon needs a purchase of {yen} yen; this one is {sale} yen.")
    return BelowMinimumError(said.format(yen=least, sale=f"{sale_yen:,}"))


def off(offer: Offer, sale_yen: int | None) -> int | None:
    """Return the yen that come off a sale; None where that depends on a sale nobody said, or a thing is given."""
    if offer.kind == "yen_off" and offer.value is not None:
        return offer.value if sale_yen is None else min(offer.value, sale_yen)
    if offer.kind == "percent_off" and offer.value is not None and sale_yen is not None:
        return sale_yen * offer.value // 100
    return None


def promised(before: Offer, after: Offer) -> list[str]:
    """Return, as they are called, the promises that a change would make worse, or other, for people who hold the coupon."""
    changed = [name for name in PROMISES if getattr(before, name) != getattr(after, name)]
    return list(dict.fromkeys(_(PROMISES[name]) for name in changed if not _kinder(name, before, after)))


def _kinder(name: str, before: Offer, after: Offer) -> bool:
    old, new = getattr(before, name), getattr(after, name)
    if name in {"ends", "per_person", "most"}:
        return new is None or (old is not None and new >= old)
    if name == "starts":
        return new is None or (old is not None and new <= old)
    if name == "minimum_yen":
        return bool(new <= old)
    if name == "weekdays":
        return not new or (bool(old) and set(old) <= set(new))
    if name in {"opens", "closes"}:
        return after.opens is None and after.closes is None
    # Of a thing, the name is what was promised.
    return name == "name" and (before.kind in DISCOUNTS or japanese.fold(old) == japanese.fold(new))


def _said(at: datetime) -> dict[str, str]:
    local = in_japan(at)
    return {"day": f"{local:%Y/%m/%d}", "time": f"{local:%H:%M}"}
