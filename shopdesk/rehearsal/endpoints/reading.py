"""Endpoints that tell: the account, its friends, their profiles, the quota."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.rehearsal.answers import Answer, RefusedError, done
from shopdesk.rehearsal.calls import Call, Endpoint
from shopdesk.rehearsal.pages import page_limit, page_start, page_token

if TYPE_CHECKING:
    from shopdesk.rehearsal.people import Person
    from shopdesk.rehearsal.rehearsal import Rehearsal


def info(rehearsal: Rehearsal, _call: Call) -> Answer:
    """Tell who the account is."""
    return done(
        {
            "userId": rehearsal.channel.bot_user_id,
            "basicId": "@000rehrs",
            "displayName": "リハーサル商店",
            "chatMode": "chat" if rehearsal.chat else "bot",
            "markAsReadMode": "manual" if rehearsal.chat else "auto",
        }
    )


def quota(rehearsal: Rehearsal, _call: Call) -> Answer:
    """Tell the month's limit."""
    return done({"type": "limited", "value": rehearsal.quota.limit})


def consumption(rehearsal: Rehearsal, call: Call) -> Answer:
    """Tell what this month has used."""
    return done({"totalUsage": rehearsal.quota.used(call.at)})


def follower_ids(rehearsal: Rehearsal, call: Call) -> Answer:
    """List the friends who have not blocked the account, page by page."""
    limit = page_limit(call, usual=300, most=1000)
    place = page_start(call)
    everybody = list(rehearsal.people)
    page: list[str] = []
    while place < len(everybody) and len(page) < limit:
        if not everybody[place].blocked:
            page.append(everybody[place].user_id)
        place += 1
    body: dict[str, object] = {"userIds": page}
    if any(not person.blocked for person in everybody[place:]):
        body["next"] = page_token(place, call.at)
    return done(body)


def friend_of(rehearsal: Rehearsal, call: Call) -> Person:
    """Return the friend in the path. Raises RefusedError 404."""
    person = rehearsal.people.get(call.arguments[0])
    if person is None or person.blocked:
        raise RefusedError(404, "Not found")
    return person


def profile(rehearsal: Rehearsal, call: Call) -> Answer:
    """Tell a friend's LINE name; 404 for whoever has blocked the account or is no friend."""
    person = friend_of(rehearsal, call)
    return done({"userId": person.user_id, "displayName": person.display_name, "language": "ja"})


ENDPOINTS = [
    Endpoint("info", "GET", "/v2/bot/info", info),
    Endpoint("quota", "GET", "/v2/bot/message/quota", quota),
    Endpoint("quota/consumption", "GET", "/v2/bot/message/quota/consumption", consumption),
    Endpoint("followers/ids", "GET", "/v2/bot/followers/ids", follower_ids),
    Endpoint("profile", "GET", "/v2/bot/profile/{userId}", profile),
]
