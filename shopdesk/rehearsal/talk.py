"""What people do: write, send, tap, follow, block, unsend. Each becomes the event that LINE would send."""

from __future__ import annotations

import base64
import binascii
import re
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from shopdesk.rehearsal.answers import RefusedError
from shopdesk.rehearsal.contents import PREPARING, Content, sample_picture
from shopdesk.rehearsal.endpoints.memberships import MEMBERSHIP_ID
from shopdesk.rehearsal.objects.shapes import Rule, decimal, integer, must, record, string
from shopdesk.rehearsal.people import USER_ID, Message, Person, Said
from shopdesk.rehearsal.taps import tap
from shopdesk.rehearsal.webhooks import Event, event

if TYPE_CHECKING:
    from collections.abc import Callable

    from shopdesk.rehearsal.rehearsal import Rehearsal

_STICKER_PARTS = 2
_BYTES = 20 * 1024 * 1024
_MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+")
_USUAL_TYPES = {"image": "image/png", "video": "video/mp4", "audio": "audio/x-m4a", "file": "application/octet-stream"}
_PLACE = record(
    {"latitude": decimal(-90, 90), "longitude": decimal(-180, 180)},
    {"title": string(0, 100), "address": string(0, 100)},
)
_DURATION = integer(0, 1 << 31)


def act(rehearsal: Rehearsal, user_id: str, said: object) -> Event | None:
    """Let a person do something and return its event, None where LINE tells the shop nothing of it.

    Raises RefusedError where LINE would not let them.
    """
    if not isinstance(said, dict) or len(said) != 1:
        raise _not_understood()
    kind, value = next(iter(said.items()))
    rehearsal.changed()
    if kind == "follow" and value is True:
        return _follow(rehearsal, user_id)
    person = rehearsal.people.get(user_id)
    if person is None:
        raise RefusedError(404, "Not found")
    if person.blocked:
        raise RefusedError(400, "This person has blocked the account")
    doing = _DOINGS.get(kind)
    if doing is None:
        raise _not_understood()
    return doing(rehearsal, person, value)


def _not_understood() -> RefusedError:
    known = ", ".join(f'{{"{kind}"}}' for kind in ("follow", *_DOINGS))
    return RefusedError(400, f"Say one of {known}")


def _follow(rehearsal: Rehearsal, user_id: str) -> Event:
    if not USER_ID.fullmatch(user_id):
        raise RefusedError(400, "Invalid user ID")
    person = rehearsal.people.meet(user_id)
    unblocked, person.blocked = person.blocked, False
    return answerable(rehearsal, "follow", person, {"follow": {"isUnblocked": unblocked}})


def _block(rehearsal: Rehearsal, person: Person, value: object) -> Event:
    if value is not True:
        raise _not_understood()
    person.blocked = True
    return event("unfollow", person.user_id, rehearsal.clock.now(), {})


def _text(rehearsal: Rehearsal, person: Person, value: object) -> Event:
    must(string(1, 5000), value, "text")
    return _message(rehearsal, person, {"type": "text", "text": value})


def _sticker(rehearsal: Rehearsal, person: Person, value: object) -> Event:
    if not isinstance(value, list) or len(value) != _STICKER_PARTS or not all(isinstance(one, str) for one in value):
        raise _not_understood()
    package, sticker = value
    own = {"type": "sticker", "packageId": package, "stickerId": sticker, "stickerResourceType": "STATIC"}
    return _message(rehearsal, person, own)


def _postback(rehearsal: Rehearsal, person: Person, value: object) -> Event:
    must(string(1, 300), value, "postback")
    return answerable(rehearsal, "postback", person, {"postback": {"data": value}})


def _location(rehearsal: Rehearsal, person: Person, value: object) -> Event:
    must(_PLACE, value, "location")
    assert isinstance(value, dict)  # noqa: S101 - the rule has just said so
    return _message(rehearsal, person, {"type": "location", **value})


def _content(kind: str, maybe: dict[str, Rule]) -> Callable[[Rehearsal, Person, object], Event]:
    """Return what sends a picture, film, sound or file: bytes in base64, or `true` for a sample picture."""
    rule = record({"base64": string(1, _BYTES)}, {"mediaType": string(1, 100, pattern=_MEDIA_TYPE), **maybe})

    def doing(rehearsal: Rehearsal, person: Person, value: object) -> Event:
        if value is True and kind == "image":
            value = {"base64": base64.b64encode(sample_picture()).decode()}
        must(rule, value, kind)
        assert isinstance(value, dict)  # noqa: S101 - the rule has just said so
        try:
            data = base64.b64decode(value["base64"], validate=True)
        except binascii.Error:
            raise RefusedError(400, f"{kind}.base64 is not base64") from None
        own: Message = {"type": kind, **{name: value[name] for name in maybe if name in value}}
        if kind == "file":
            own = {"fileName": "file", **own, "fileSize": len(data)}
        else:
            own["contentProvider"] = {"type": "line"}
        happened = _message(rehearsal, person, own)
        wait = PREPARING if kind in {"video", "audio"} else timedelta()
        content = Content(data, value.get("mediaType") or _USUAL_TYPES[kind], rehearsal.clock.now() + wait)
        rehearsal.contents.keep(happened["message"]["id"], content)
        return happened

    return doing


def _tap(rehearsal: Rehearsal, person: Person, value: object) -> Event | None:
    tapped = tap(rehearsal, person, value)
    if tapped is None:
        return None
    if "text" in tapped:
        return _text(rehearsal, person, tapped["text"])
    return answerable(rehearsal, "postback", person, {"postback": tapped})


def _membership(rehearsal: Rehearsal, person: Person, value: object) -> Event:
    if value not in {"joined", "left", "renewed"}:
        raise _not_understood()
    if (value == "joined") == (person.member_since is not None):
        raise RefusedError(400, "Only a member leaves or renews, and only others join")
    person.member_since = None if value == "left" else person.member_since or rehearsal.clock.now()
    own = {"membership": {"type": value, "membershipId": MEMBERSHIP_ID}}
    return answerable(rehearsal, "membership", person, own)


def _unsend(rehearsal: Rehearsal, person: Person, value: object) -> Event:
    said = person.said.get(value) if isinstance(value, str) else None
    if said is None or said.unsent:
        raise RefusedError(404, "Not found")
    said.unsent = True
    rehearsal.contents.drop(str(value))
    return event("unsend", person.user_id, rehearsal.clock.now(), {"unsend": {"messageId": value}})


def _message(rehearsal: Rehearsal, person: Person, own: Message) -> Event:
    message: dict[str, Any] = {**own, "id": rehearsal.next_message_id(), "markAsReadToken": secrets.token_urlsafe(24)}
    if own["type"] in {"text", "sticker", "image", "video"}:
        message["quoteToken"] = secrets.token_urlsafe(24)
    person.said[message["id"]] = Said(rehearsal.clock.now(), message)
    return answerable(rehearsal, "message", person, {"message": message})


def answerable(rehearsal: Rehearsal, kind: str, person: Person, own: Event) -> Event:
    """Return an event that the shop can reply to."""
    now = rehearsal.clock.now()
    token = rehearsal.reply_tokens.issue(person.user_id, now)
    return event(kind, person.user_id, now, {"replyToken": token, **own})


_DOINGS: dict[str, Callable[[Rehearsal, Person, object], Event | None]] = {
    "text": _text,
    "sticker": _sticker,
    "postback": _postback,
    "image": _content("image", {}),
    "video": _content("video", {"duration": _DURATION}),
    "audio": _content("audio", {"duration": _DURATION}),
    "file": _content("file", {"fileName": string(1, 255)}),
    "location": _location,
    "tap": _tap,
    "membership": _membership,
    "block": _block,
    "unsend": _unsend,
}
