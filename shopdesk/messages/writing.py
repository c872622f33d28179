"""Reading a draft and filling it for one person; the limits are LINE's, counted in LINE's own units."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from typing import TYPE_CHECKING

from shopdesk.i18n import N_, _
from shopdesk.line import RefusedByLineError, checked
from shopdesk.messages import addresses, links, placeholders, texts
from shopdesk.messages.checking import look
from shopdesk.messages.records import NOTHING, Draft, MessageError, Own

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopdesk.line import Message
    from shopdesk.messages.records import Report


_WORDLESS = {
    "sticker": N_("(sticker)"),
    "image": N_("(picture)"),
    "video": N_("(video)"),
    "audio": N_("(sound)"),
    "coupon": N_("(coupon)"),
}

_TYPED = re.compile(rf"(\{{(?:{'|'.join(placeholders.KNOWN)})(?:\|[^{{}}]*)?\}})")


def draft(messages: Sequence[Message], public_url: str = "") -> Draft:
    """Check messages in LINE's own form and return them as a draft.

    Args:
        messages: One to five.
        public_url: Where the shop's own pictures can be fetched; empty where there is no such address.

    Raises:
        MessageError: LINE would refuse it, or a placeholder is not known; the sentence says which message and what to change.
        RefusedByLineError: one is not in LINE's form.
    """
    written = [_written(message, public_url) for message in messages]
    _require_good(look(written, public=bool(public_url)))
    return _draft(tuple(_sound(number, message) for number, message in enumerate(written, 1)))


def as_written(messages: Sequence[Message], public_url: str = "") -> Draft:
    """Return messages as a draft that may still be wrong: what LINE would refuse is refused before they are sent.

    Raises:
        MessageError: one is no message object, or too deep to be kept.
    """
    written = (_written(message, public_url) for message in messages)
    return _draft(tuple(_kept(number, message) for number, message in enumerate(written, 1)))


def _kept(number: int, message: Message) -> Message:
    """The message in LINE's form where it is in it, else as it stands there."""
    try:
        return _sound(number, message)
    except (MessageError, RefusedByLineError):
        return message


def _require_good(report: Report) -> None:
    if report.problems:
        raise MessageError(report.problems[0].whole)


def _draft(messages: tuple[Message, ...]) -> Draft:
    used: set[str] = set()
    for message in messages:
        for _place, text, own in texts.walk(message):
            with suppress(MessageError):  # `look` says so where somebody can mend it
                used |= placeholders.used(text, own or ())
    return Draft(messages, frozenset(used), frozenset().union(*map(addresses.coupons, messages)))


def parse(said: str, public_url: str = "") -> Draft:
    """Read a draft from a JSON list of message objects, as `draft` does. Raises MessageError, RefusedByLineError."""
    try:
        messages = json.loads(said)
    except (ValueError, RecursionError) as error:
        raise MessageError(
            _("The message is not JSON. It must be a list of message objects in LINE's form.")
        ) from error
    if not isinstance(messages, list):
        raise MessageError(_("The message must be a JSON list of message objects in LINE's form: [ … ]."))
    return draft(messages, public_url)


def for_person(written: Draft, name: str, own: Own = NOTHING) -> list[Message]:
    """Return the messages as the person of that name gets them; an empty name gives the default, what they do not have too."""
    values = {placeholders.NAME: name, **own.values}
    said = (addresses.of_reader(texts.filled(message, values), own.addresses) for message in written.messages)
    return [links.with_own(message, own.links) for message in said]


def literal(said: str) -> str:
    """Return a text of which no brace is read as a placeholder's."""
    return said.replace("{", "{{").replace("}", "}}")


def typed(said: str) -> str:
    """Return a text as somebody types it: `{name}` and the others are filled in, every other brace is the sign itself."""
    return "".join(part if place % 2 else literal(part) for place, part in enumerate(_TYPED.split(said)))


def readable(messages: Sequence[Message]) -> tuple[str, ...]:
    """Return what a person reads of each message: its text, the text shown instead of it, or what it is."""
    return tuple(
        str(message.get("text") or message.get("altText") or message.get("title") or _kind(message))
        for message in messages
    )


def _kind(message: Message) -> str:
    kind = message.get("type")
    return _(_WORDLESS[kind]) if kind in _WORDLESS else ""


def check_lengths(written: Draft, longest_name: str, *, public: bool) -> None:
    """Refuse texts that are over LINE's limits once the longest name is filled in, and the longest or nothing of everything else.

    Args:
        written: As it was drafted.
        longest_name: Of those who read it.
        public: Whether the shop has an address that stays.

    Raises:
        MessageError: it is too long, or cannot be sent for another reason.
    """
    for own in (NOTHING, Own(placeholders.LONGEST)):
        _require_good(look(written.messages, longest_name, own, public=public))


def _written(message: object, public_url: str) -> Message:
    """The message with public addresses, and without signs that no phone shows."""
    if not isinstance(message, dict):
        raise MessageError(_("The message must be a JSON list of message objects in LINE's form: [ … ]."))
    try:
        json.dumps(message, ensure_ascii=False).encode()
        written = texts.visible(message)
        return addresses.public(written, public_url) if public_url else written
    except UnicodeEncodeError as error:
        raise MessageError(_("The message has a broken character in it. Write that place again.")) from error
    except RecursionError as error:
        raise MessageError(_("Boxes lie in boxes too deep for LINE. Make it simpler.")) from error


def _sound(number: int, message: Message) -> Message:
    """The message as line-bot-sdk writes it; what only its models refuse has the number of the message before it."""
    try:
        return checked(message)
    except RefusedByLineError as error:
        raise RefusedByLineError(
            _("Message {number}: {problem}").format(number=number, problem=error.message)
        ) from error
    except RecursionError as error:
        raise MessageError(_("Boxes lie in boxes too deep for LINE. Make it simpler.")) from error


def stored(written: Draft) -> str:
    """Return the draft as it is kept in a row; `restored` reads it again."""
    return json.dumps(list(written.messages), ensure_ascii=False, separators=(",", ":"))


def restored(kept: str) -> Draft:
    """Return the draft that `stored` wrote, right or wrong as it was then."""
    return _draft(tuple(json.loads(kept)))
