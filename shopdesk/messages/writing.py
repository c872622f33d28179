"""Reading a draft and filling it for one person; the limits are LINE's, counted in LINE's own units."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from shopdesk.i18n import _
from shopdesk.line import checked, limits
from shopdesk.messages import placeholders, texts
from shopdesk.messages.records import Draft, MessageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopdesk.line import Message

_UNITS = {"text": limits.TEXT_UNITS, "altText": limits.ALT_TEXT_UNITS}


def units(text: str) -> int:
    """Return the length as LINE counts it: UTF-16 code units, two for an emoji."""
    return len(text) + sum(character > "\uffff" for character in text)


def draft(messages: Sequence[Message]) -> Draft:
    """Check messages in LINE's own form and return them as a draft.

    Raises:
        MessageError: none or more than five, an unknown placeholder, an empty or too long text.
        RefusedByLineError: one is not in LINE's form.
    """
    if not messages:
        raise MessageError(_("There is no message to send. Write one first."))
    if len(messages) > limits.MESSAGES_PER_REQUEST:
        raise MessageError(
            _("These are {n} messages; LINE takes at most {most} at once. Take some out.").format(
                n=len(messages), most=limits.MESSAGES_PER_REQUEST
            )
        )
    written = _draft(tuple(_sound(message) for message in messages))
    check_lengths(written, "")
    return written


def _draft(messages: tuple[Message, ...]) -> Draft:
    used = {
        name
        for message in messages
        for _place, text, own in texts.walk(message)
        for name in placeholders.used(text, own or ())
    }
    return Draft(messages, frozenset(used))


def parse(said: str) -> Draft:
    """Read a draft from a JSON list of message objects. Raises MessageError, RefusedByLineError."""
    try:
        messages = json.loads(said)
    except (ValueError, RecursionError) as error:
        raise MessageError(
            _("The message is not JSON. It must be a list of message objects in LINE's form.")
        ) from error
    if not isinstance(messages, list):
        raise MessageError(_("The message must be a JSON list of message objects in LINE's form: [ … ]."))
    return draft(messages)


def for_person(written: Draft, name: str) -> list[Message]:
    """Return the messages as the person of that name gets them; an empty name gives the default."""
    values = {placeholders.NAME: name}
    return [texts.filled(message, values) for message in written.messages]


def readable(messages: Sequence[Message]) -> tuple[str, ...]:
    """Return what a person reads of each message: its text, or the text shown instead of it."""
    return tuple(
        str(message.get("text") or message.get("altText") or message.get("title") or "") for message in messages
    )


def check_lengths(written: Draft, longest_name: str) -> None:
    """Refuse texts that are over LINE's limits once the longest name is filled in.

    Raises:
        MessageError: a text is empty or too long, or all of it is more than one request holds.
    """
    made = for_person(written, longest_name)
    for number, message in enumerate(made, start=1):
        _check_texts(number, message)
        _check_flex(number, message)
    size = len(json.dumps(made, ensure_ascii=False).encode())
    # The ids of 500 people go with it.
    if size + limits.MULTICAST_PEOPLE * 36 > limits.REQUEST_BYTES:
        raise MessageError(_("The messages are larger than LINE takes at once (2 MB). Make them smaller."))


def _check_texts(number: int, message: Message) -> None:
    for field, most in _UNITS.items():
        text = message.get(field)
        if not isinstance(text, str):
            continue
        if not text.strip():
            raise MessageError(_("Message {number} is empty. Write something or take it out.").format(number=number))
        if units(text) > most:
            raise MessageError(
                _("Message {number} has {n} characters; LINE takes {most}. Shorten it by {over}.").format(
                    number=number, n=f"{units(text):,}", most=f"{most:,}", over=f"{units(text) - most:,}"
                )
            )


def _check_flex(number: int, message: Message) -> None:
    contents: Any = message.get("contents")
    if message.get("type") != "flex" or not isinstance(contents, dict):
        return
    most = limits.CAROUSEL_BYTES if contents.get("type") == "carousel" else limits.BUBBLE_BYTES
    size = len(json.dumps(contents, ensure_ascii=False, separators=(",", ":")).encode())
    if size > most:
        raise MessageError(
            _("Message {number} is {size} KB; LINE takes {most} KB of this kind. Make it smaller.").format(
                number=number, size=-(-size // 1024), most=most // 1024
            )
        )


def _sound(message: object) -> Message:
    """The message as line-bot-sdk writes it."""
    if not isinstance(message, dict):
        raise MessageError(_("The message must be a JSON list of message objects in LINE's form: [ … ]."))
    try:
        json.dumps(message, ensure_ascii=False).encode()
    except (UnicodeEncodeError, RecursionError) as error:
        raise MessageError(_("The message has a broken character in it. Write that place again.")) from error
    return checked(message)


def stored(written: Draft) -> str:
    """Return the draft as it is kept in a row; `restored` reads it again."""
    return json.dumps(list(written.messages), ensure_ascii=False, separators=(",", ":"))


def restored(kept: str) -> Draft:
    """Return the draft that `stored` wrote: it was checked then, and is not checked again."""
    return _draft(tuple(json.loads(kept)))
