"""What kinds and states of coupons are called in the window."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from shopdesk.clock import in_japan
from shopdesk.i18n import N_, _
from shopdesk.ui.days import month_day, short_day
from shopdesk.ui.widgets import Mark

if TYPE_CHECKING:
    from datetime import datetime

    from shopdesk.coupons import Coupon, Kind, Offer

_KINDS: tuple[tuple[Kind, str, str], ...] = (
    ("yen_off", "tag", N_("Yen off")),
    ("percent_off", "percent", N_("Per cent off")),
    ("free_item", "gift", N_("One free")),
    ("gift", "shopping-bag", N_("A present")),
)
STANDINGS = {
    "issued": (N_("Was given"), "plain"),
    "opened": (N_("Opened"), "info"),
    "used": (N_("Was used"), "success"),
    "expired": (N_("Expired"), "plain"),
    "lost": (N_("Not won"), "plain"),
}
WHYS = {
    "hand": N_("by hand"),
    "segment": N_("to a segment"),
    "link": N_("by link"),
    "follow": N_("for adding the shop"),
    "birthday": N_("for the birthday"),
    "reward": N_("from the shop card"),
    "message": N_("with a message"),
    "survey": N_("for answering a survey"),
}


def kinds() -> list[tuple[Kind, str, str]]:
    """Return every kind: its key, its icon, its name."""
    return [(key, icon, _(name)) for key, icon, name in _KINDS]


def state_mark(coupon: Coupon, now: datetime) -> Mark:
    """Return the badge of a coupon's state; one that is published says when it does not run."""
    offer = coupon.offer
    if coupon.state == "draft":
        return Mark(_("Draft"), "warning")
    if coupon.state == "closed":
        return Mark(_("Ended"))
    if offer.ends is not None and now >= offer.ends:
        return Mark(_("Over"))
    if offer.starts is not None and now < offer.starts:
        return Mark(_("Begins {day}").format(day=month_day(in_japan(offer.starts).date())), "accent", icon="clock")
    return Mark(_("Published"), "success", icon="check")


def standing_mark(standing: str) -> Mark:
    """Return the badge of one person's coupon."""
    words, state = STANDINGS[standing]
    return Mark(_(words), state)


def period(offer: Offer, now: datetime) -> str:
    """Return when it can be used as `11/23 〜 11/30`, '' where there is no limit."""
    begins = short_day(offer.starts, now) if offer.starts else ""
    ends = short_day(offer.ends - timedelta(seconds=1), now) if offer.ends else ""
    return f"{begins} 〜 {ends}".strip() if begins or ends else ""
