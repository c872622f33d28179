"""Endpoints of LINE's own coupons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.rehearsal.answers import EMPTY, Answer, RefusedError, done, refuse_all
from shopdesk.rehearsal.calls import Call, Endpoint
from shopdesk.rehearsal.objects.coupons import coupon
from shopdesk.rehearsal.objects.shapes import must
from shopdesk.rehearsal.pages import one_page
from shopdesk.rehearsal.rates import MODERATE

if TYPE_CHECKING:
    from shopdesk.rehearsal.coupons import Coupon
    from shopdesk.rehearsal.rehearsal import Rehearsal

_BASE = "/v2/bot/coupon"
_STATUSES = {"DRAFT", "RUNNING", "CLOSED"}
_VALID_COUPONS = 5000


def create(rehearsal: Rehearsal, call: Call) -> Answer:
    """Create a coupon that can be sent as a message from now on."""
    must(coupon, call.json)
    if call.json["endTimestamp"] <= call.at.timestamp():
        refuse_all([{"message": "Must be in the future", "property": "endTimestamp"}])
    if rehearsal.coupons.open(call.at) >= _VALID_COUPONS:
        raise RefusedError(400, f"The number of valid coupons has reached the limit of {_VALID_COUPONS}")
    return done({"couponId": rehearsal.coupons.create(call.json, call.at).coupon_id})


def listed(rehearsal: Rehearsal, call: Call) -> Answer:
    """List ids and titles, the newest first, of the states asked for."""
    wanted = set(call.all_of("status"))
    if not wanted <= _STATUSES:
        refuse_all([{"message": f"Must be one of the following values: {sorted(_STATUSES)}", "property": "status"}])
    found = [
        {"couponId": one.coupon_id, "title": one.wanted["title"]}
        for one in rehearsal.coupons.newest_first()
        if not wanted or one.status(call.at) in wanted
    ]
    return done(one_page("items", found, call, usual=20, most=100))


def _found(rehearsal: Rehearsal, call: Call) -> Coupon:
    found = rehearsal.coupons.get(call.arguments[0])
    if found is None:
        raise RefusedError(404, "Coupon not found")
    return found


def detail(rehearsal: Rehearsal, call: Call) -> Answer:
    """Tell a coupon as it was created, and its state."""
    found = _found(rehearsal, call)
    wanted = {name: value for name, value in found.wanted.items() if value is not None}
    return done(
        {
            **wanted,
            "couponId": found.coupon_id,
            "createdTimestamp": int(found.created.timestamp()),
            "status": found.status(call.at),
            "maxTicketPerUser": 1,
        }
    )


def close(rehearsal: Rehearsal, call: Call) -> Answer:
    """Close a coupon for good; 410 for one that is closed."""
    found = _found(rehearsal, call)
    if found.closed:
        raise RefusedError(410, "Coupon is already closed")
    found.closed = True
    return EMPTY


ENDPOINTS = [
    Endpoint("coupon", "POST", _BASE, create, MODERATE),
    Endpoint("coupon", "GET", _BASE, listed, MODERATE),
    Endpoint("coupon/detail", "GET", _BASE + "/{couponId}", detail, MODERATE),
    Endpoint("coupon/close", "PUT", _BASE + "/{couponId}/close", close, MODERATE),
]
