"""Endpoints of the account's one paid membership, and who has joined it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from shopdesk.clock import japan_day
from shopdesk.rehearsal.answers import Answer, RefusedError, done
from shopdesk.rehearsal.calls import Call, Endpoint
from shopdesk.rehearsal.endpoints.reading import friend_of
from shopdesk.rehearsal.pages import one_page
from shopdesk.rehearsal.rates import MODERATE

if TYPE_CHECKING:
    from shopdesk.rehearsal.people import Person
    from shopdesk.rehearsal.rehearsal import Rehearsal

MEMBERSHIP_ID = 1001
_BASE = "/v2/bot/membership/"
_MONTH = timedelta(days=30)
_PLAN: dict[str, Any] = {
    "membershipId": MEMBERSHIP_ID,
    "title": "リハーサル会員",
    "description": "毎月のお知らせと会員だけのお品",
    "benefits": ["会員だけのお品", "送料のご優待"],
    "price": 500.0,
    "currency": "JPY",
}


def _members(rehearsal: Rehearsal) -> list[Person]:
    return [person for person in rehearsal.people if person.member_since is not None]


def listed(rehearsal: Rehearsal, _call: Call) -> Answer:
    """List the account's memberships: the rehearsal has one."""
    state = {"memberCount": len(_members(rehearsal)), "memberLimit": None, "isInAppPurchase": True, "isPublished": True}
    return done({"memberships": [{**_PLAN, **state}]})


def subscription(rehearsal: Rehearsal, call: Call) -> Answer:
    """Tell what a friend has joined; 404 for whoever has joined nothing."""
    person = friend_of(rehearsal, call)
    if person.member_since is None:
        raise RefusedError(404, "Not found")
    months = (call.at - person.member_since) // _MONTH + 1
    user = {
        "membershipNo": _members(rehearsal).index(person) + 1,
        "joinedTime": int(person.member_since.timestamp()),
        "nextBillingDate": japan_day(person.member_since + months * _MONTH).isoformat(),
        "totalSubscriptionMonths": months,
    }
    return done({"subscriptions": [{"membership": _PLAN, "user": user}]})


def members(rehearsal: Rehearsal, call: Call) -> Answer:
    """List who has joined a membership."""
    if call.arguments[0] != str(MEMBERSHIP_ID):
        raise RefusedError(404, "Not found")
    ids = [person.user_id for person in _members(rehearsal)]
    return done(one_page("userIds", ids, call, usual=300, most=1000))


ENDPOINTS = [
    Endpoint("membership/list", "GET", _BASE + "list", listed, MODERATE),
    Endpoint("membership/subscription", "GET", _BASE + "subscription/{userId}", subscription, MODERATE),
    Endpoint("membership/users/ids", "GET", _BASE + "{membershipId}/users/ids", members),
]
