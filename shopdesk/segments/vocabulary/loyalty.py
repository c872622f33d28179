"""Fields about shop cards and coupons."""

from __future__ import annotations

from shopdesk.cards import rank_names
from shopdesk.i18n import N_
from shopdesk.segments import answers_loyalty as a, loyalty as y, wording_loyalty as wy
from shopdesk.segments.fields import DATES, Field
from shopdesk.segments.vocabulary.shapes import choice, flag, number

CARD = (("true", N_("has one")), ("false", N_("has none")))

LOYALTY: tuple[Field, ...] = (
    flag("card.held", N_("Shop card"), where=y.card, say=wy.card, choices=CARD, answer=a.card),
    number("card.stamps", N_("Stamps on the card"), where=y.stamps, say=wy.stamps, unit=N_("stamps"), answer=a.stamps),
    Field(
        "card.expiring",
        N_("Stamps that expire"),
        "date",
        ("in_days",),
        y.expiring,
        wy.expiring,
        N_("days"),
        answer=a.expiring,
    ),
    Field(
        "card.last_visit",
        N_("Last visit by card"),
        "date",
        DATES,
        y.last_visit,
        wy.last_visit,
        N_("days"),
        answer=a.last_visit,
    ),
    choice("card.rank", N_("Rank of the card"), where=y.rank, say=wy.rank, offers=rank_names, answer=a.rank),
    choice("coupon.held", N_("Coupon, unused"), where=y.held, say=wy.held, offers=y.coupon_names, answer=a.coupon),
    choice("coupon.used", N_("Coupon, used"), where=y.used, say=wy.used, offers=y.coupon_names, answer=a.coupon),
)
