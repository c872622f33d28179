"""What people do: write, tap, follow, block, unsend. Each becomes the event that LINE would send."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from shopdesk.rehearsal.answers import Problem, RefusedError, refuse_all
from shopdesk.rehearsal.people import USER_ID, Message, Person
from shopdesk.rehearsal.shapes import Rule, string
from shopdesk.rehearsal.webhooks import Event, event

if TYPE_CHECKING:
    from collections.abc import Callable

    from shopdesk.rehearsal.rehearsal import Rehearsal

_NOT_UNDERSTOOD = 'Say one of {"text"}, {"postback"}, {"sticker"}, {"follow"}, {"block"}, {"unsend"}'
_STICKER_PARTS = 2


def act(rehearsal: Rehearsal, user_id: str, said: object) -> Event:
    """Let a person do something and return its event. Raises RefusedError where LINE would not let them."""
    if not isinstance(said, dict) or len(said) != 1:
        raise RefusedError(400, _NOT_UNDERSTOOD)
    kind, value = next(iter(said.items()))
    if kind == "follow" and value is True:
        return _follow(rehearsal, user_id)
    person = rehearsal.people.get(user_id)
    if person is None:
        raise RefusedError(404, "Not found")
    if person.blocked:
        raise RefusedError(400, "This person has blocked the account")
    doing = _DOINGS.get(kind)
    if doing is None:
        raise RefusedError(400, _NOT_UNDERSTOOD)
    return doing(rehearsal, person, value)


def _follow(rehearsal: Rehearsal, user_id: str) -> Event:
    if not USER_ID.fullmatch(user_id):
        raise RefusedError(400, "Invalid user ID")
    person = rehearsal.people.meet(user_id)
    unblocked, person.blocked = person.blocked, False
    return _answerable(rehearsal, "follow", person, {"follow": {"isUnblocked": unblocked}})


def _block(rehearsal: Rehearsal, person: Person, value: object) -> Event:
    if value is not True:
        raise RefusedError(400, _NOT_UNDERSTOOD)
    person.blocked = True
    return event("unfollow", person.user_id, rehearsal.clock.now(), {})


def _text(rehearsal: Rehearsal, person: Person, value: object) -> Event:
    _must(string(1, 5000), value, "text")
    return _message(rehearsal, person, {"type": "text", "text": value})


def _sticker(rehearsal: Rehearsal, person: Person, value: object) -> Event:
    if not isinstance(value, list) or len(value) != _STICKER_PARTS or not all(isinstance(one, str) for one in value):
        raise RefusedError(400, _NOT_UNDERSTOOD)
    package, sticker = value
    own = {"type": "sticker", "packageId": package, "stickerId": sticker, "stickerResourceType": "STATIC"}
    return _message(rehearsal, person, own)


def _postback(rehearsal: Rehearsal, person: Person, value: object) -> Event:
    _must(string(1, 300), value, "postback")
    return _answerable(rehearsal, "postback", person, {"postback": {"data": value}})


def _unsend(rehearsal: Rehearsal, person: Person, value: object) -> Event:
    if not isinstance(value, str) or person.said.pop(value, None) is None:
        raise RefusedError(404, "Not found")
    return event("unsend", person.user_id, rehearsal.clock.now(), {"unsend": {"messageId": value}})


def _message(rehearsal: Rehearsal, person: Person, own: Message) -> Event:
    message: dict[str, Any] = {
        **own,
        "id": rehearsal.next_message_id(),
        "quoteToken": secrets.token_urlsafe(24),
        "markAsReadToken": secrets.token_urlsafe(24),
    }
    person.said[message["id"]] = message
    return _answerable(rehearsal, "message", person, {"message": message})


def _answerable(rehearsal: Rehearsal, kind: str, person: Person, own: Event) -> Event:
    now = rehearsal.clock.now()
    token = rehearsal.reply_tokens.issue(person.user_id, now)
    return event(kind, person.user_id, now, {"replyToken": token, **own})


def _must(rule: Rule, value: object, at: str) -> None:
    problems: list[Problem] = []
    rule(value, at, problems)
    refuse_all(problems)


_DOINGS: dict[str, Callable[[Rehearsal, Person, object], Event]] = {
    "text": _text,
    "sticker": _sticker,
    "postback": _postback,
    "block": _block,
    "unsend": _unsend,
}
