"""Endpoints that tell: the account, friends, profiles, the quota, what was sent."""

from __future__ import annotations

import base64
import binascii
import re
import secrets
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from shopdesk.clock import japan_day
from shopdesk.rehearsal.answers import Answer, RefusedError, done, refuse_all
from shopdesk.rehearsal.calls import Call, Endpoint
from shopdesk.rehearsal.rates import HOURLY

if TYPE_CHECKING:
    from collections.abc import Callable

    from shopdesk.rehearsal.people import Person
    from shopdesk.rehearsal.rehearsal import Rehearsal

_PAGE = 300
_LONGEST_PAGE = 1000
_PAGE_LIFE = timedelta(hours=24)
# LINE: the days from which it has figures.
_DAY = re.compile(r"[0-9]{8}")
_FIRST_SENDS = date(2018, 3, 31)
_FIRST_FOLLOWERS = date(2016, 11, 1)


def info(rehearsal: Rehearsal, _call: Call) -> Answer:
    """Tell who the account is."""
    return done(
        {
            "userId": rehearsal.channel.bot_user_id,
            "basicId": "@000rehrs",
            "displayName": "リハーサル商店",
            "chatMode": "chat",
            "markAsReadMode": "manual",
        }
    )


def quota(rehearsal: Rehearsal, _call: Call) -> Answer:
    """Tell the month's limit."""
    return done({"type": "limited", "value": rehearsal.quota.limit})


def consumption(rehearsal: Rehearsal, call: Call) -> Answer:
    """Tell what this month has used."""
    return done({"totalUsage": rehearsal.quota.used(call.at)})


def follower_ids(rehearsal: Rehearsal, call: Call) -> Answer:
    """List the friends who have not blocked the account, page by page; `next` is good for 24 hours."""
    limit = call.query.get("limit", str(_PAGE))
    if not limit.isdecimal() or not 1 <= int(limit) <= _LONGEST_PAGE:
        refuse_all([{"message": f"Must be a number between 1 and {_LONGEST_PAGE}", "property": "limit"}])
    start = _page_start(call.query["start"], call.at) if "start" in call.query else 0
    everybody = list(rehearsal.people)
    page: list[str] = []
    place = start
    while place < len(everybody) and len(page) < int(limit):
        if not everybody[place].blocked:
            page.append(everybody[place].user_id)
        place += 1
    body: dict[str, object] = {"userIds": page}
    if any(not person.blocked for person in everybody[place:]):
        body["next"] = _page_token(place, call.at)
    return done(body)


def _page_token(place: int, now: datetime) -> str:
    return base64.urlsafe_b64encode(f"{place}.{int(now.timestamp())}".encode()).decode()


def _page_start(token: str, now: datetime) -> int:
    try:
        place, since = map(int, base64.urlsafe_b64decode(token).split(b"."))
        issued = datetime.fromtimestamp(since, UTC)
    except (ValueError, binascii.Error, OverflowError, OSError) as wrong:
        raise RefusedError(400, "Invalid start") from wrong
    if place < 0 or now - issued >= _PAGE_LIFE:
        raise RefusedError(400, "Invalid start")
    return place


def _friend(rehearsal: Rehearsal, call: Call) -> Person:
    person = rehearsal.people.get(call.arguments[0])
    if person is None or person.blocked:
        raise RefusedError(404, "Not found")
    return person


def profile(rehearsal: Rehearsal, call: Call) -> Answer:
    """Tell a friend's LINE name; 404 for whoever has blocked the account or is no friend."""
    person = _friend(rehearsal, call)
    return done({"userId": person.user_id, "displayName": person.display_name, "language": "ja"})


def link_token(rehearsal: Rehearsal, call: Call) -> Answer:
    """Give a token to link a friend with an account of the shop."""
    _friend(rehearsal, call)
    return done({"linkToken": secrets.token_urlsafe(24)})


def _day(call: Call, *, default: date | None = None) -> date:
    said = call.query.get("date")
    if said is None and default is not None:
        return default
    if said is None or not _DAY.fullmatch(said):
        raise _bad_date()
    try:
        return date(int(said[:4]), int(said[4:6]), int(said[6:]))
    except ValueError:
        raise _bad_date() from None


def _bad_date() -> RefusedError:
    return RefusedError(400, "The value for the 'date' parameter is invalid")


def _delivery(endpoint: str) -> Callable[[Rehearsal, Call], Answer]:
    def handler(rehearsal: Rehearsal, call: Call) -> Answer:
        day = _day(call)
        if day >= japan_day(call.at):
            return done({"status": "unready"})
        if day < _FIRST_SENDS:
            return done({"status": "out_of_service"})
        return done({"status": "ready", "success": rehearsal.quota.sent_on(endpoint, day)})

    return handler


def follower_count(rehearsal: Rehearsal, call: Call) -> Answer:
    """Tell how many friends there are; of a past day the rehearsal only knows today's number."""
    today = japan_day(call.at)
    day = _day(call, default=today - timedelta(days=1))
    if day >= today:
        return done({"status": "unready"})
    if day < _FIRST_FOLLOWERS:
        return done({"status": "out_of_service"})
    reached = len(rehearsal.people.all_reachable())
    everybody = len(rehearsal.people)
    return done(
        {
            "status": "ready",
            "followers": everybody,
            "targetedReaches": reached,
            "blocks": everybody - reached,
        }
    )


ENDPOINTS = [
    Endpoint("info", "GET", "/v2/bot/info", info),
    Endpoint("quota", "GET", "/v2/bot/message/quota", quota),
    Endpoint("quota/consumption", "GET", "/v2/bot/message/quota/consumption", consumption),
    Endpoint("followers/ids", "GET", "/v2/bot/followers/ids", follower_ids),
    Endpoint("profile", "GET", "/v2/bot/profile/{userId}", profile),
    Endpoint("linkToken", "POST", "/v2/bot/user/{userId}/linkToken", link_token),
    *(
        Endpoint(f"delivery/{kind}", "GET", f"/v2/bot/message/delivery/{kind}", _delivery(kind))
        for kind in ("push", "multicast", "broadcast", "reply")
    ),
    Endpoint("insight/followers", "GET", "/v2/bot/insight/followers", follower_count, HOURLY),
]
