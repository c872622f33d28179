"""The same coupon in LINE's own form, as far as LINE has one like it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from shopdesk.coupons.refusals import NotForLineError
from shopdesk.coupons.words import conditions
from shopdesk.i18n import _, for_customers
from shopdesk.line import limits

if TYPE_CHECKING:
    from datetime import datetime

    from shopdesk.coupons.records import Offer

_UNLIMITED = -1


def request_of(offer: Offer, now: datetime, picture_url: str = "") -> dict[str, Any]:
    """Return the request that creates a coupon on LINE.

    Args:
        offer: What it promises; one without a beginning begins now.
        now: The moment, aware.
        picture_url: The public https address of its picture, '' for none.

    Raises:
        NotForLineError: LINE has no coupon like this, with what to change.
    """
    described = "\n".join(filter(None, [offer.text, *conditions(offer, for_customers)]))
    _require_room(offer.name, limits.COUPON_TITLE, _("name"))
    _require_room(described, limits.COUPON_DESCRIPTION, _("text"))
    _require_room(offer.terms, limits.COUPON_CONDITION, _("terms"))
    if offer.ends is None:
        raise NotForLineError(_("Coupons on LINE need an end. Set until when it is good, then try again."))
    if offer.ends <= now:
        raise NotForLineError(_("This coupon has ended already. Set a later end, then try again."))
    lottery = {"type": "lottery", "lotteryProbability": offer.odds, "maxAcquireCount": offer.most or _UNLIMITED}
    request = {
        "title": offer.name,
        "description": described,
        "usageCondition": offer.terms,
        "imageUrl": picture_url,
        "acquisitionCondition": lottery if offer.odds else {"type": "normal"},
        "startTimestamp": int((offer.starts or now).timestamp()),
        "endTimestamp": int(offer.ends.timestamp()),
        "timezone": "ASIA_TOKYO",
        "visibility": "UNLISTED",
        "maxUseCountPerTicket": 1,
        "reward": _reward(offer),
    }
    return {name: value for name, value in request.items() if value}


def form_of(offer: Offer) -> str:
    """Return the hash of everything of an offer that LINE shows or keeps: another one means another coupon there."""
    shown = (
        *(offer.name, offer.text, offer.terms, offer.picture, offer.kind, offer.value, offer.odds, offer.most),
        *(offer.starts, offer.ends, offer.weekdays, offer.opens, offer.closes, offer.minimum_yen),
    )
    return hashlib.sha256(repr([str(one) for one in shown]).encode()).hexdigest()


def _reward(offer: Offer) -> dict[str, Any]:
    if offer.kind == "yen_off":
        return {"type": "discount", "priceInfo": {"type": "fixed", "fixedAmount": offer.value}}
    if offer.kind == "percent_off":
        return {"type": "discount", "priceInfo": {"type": "percentage", "percentage": offer.value}}
    return {"type": "free" if offer.kind == "free_item" else "gift"}


def _require_room(said: str, most: int, what: str) -> None:
    length = len(said.encode("utf-16-le")) // 2
    if length > most:
        sentence = _("On LINE the {what} of a coupon has room for {most} characters; it has {length}. Shorten it.")
        raise NotForLineError(sentence.format(what=what, most=most, length=length))
