"""The look at messages as they are written, and as the person with the longest name would get them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from shopdesk.i18n import _
from shopdesk.line import limits
from shopdesk.messages import placeholders, texts
from shopdesk.messages.checking.kinds import message as kinds
from shopdesk.messages.checking.notes import Notes, Place
from shopdesk.messages.records import NOTHING, MessageError, Own, Problem, Report

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shopdesk.line import Message

_ID_BYTES = 36  # of one person in the list of a multicast


def look(messages: Sequence[Message], name: str = "", own: Own = NOTHING, *, public: bool = False) -> Report:
    """Return what LINE would refuse in messages, and how long their texts are, both with the places in LINE's words.

    Args:
        messages: In LINE's own form, as far as they are written yet.
        name: Filled in for `{name}` before anything is counted; empty for the default.
        own: What else is filled in.
        public: Whether the shop's own pictures and pages have a public address.
    """
    problems, lengths = list(_number_of(messages)), []
    read = []
    for bubble, written in enumerate(messages):
        notes = Notes(bubble, public)
        try:
            read.append(_read(written, {placeholders.NAME: name, **own.values}, Place(notes)))
            kinds(read[-1], Place(notes))
        except RecursionError:
            Place(notes).wrong("too_deep", _("Boxes lie in boxes too deep for LINE. Make it simpler."))
        problems += notes.problems
        lengths += notes.lengths
    if _bytes(read) + limits.MULTICAST_PEOPLE * _ID_BYTES > limits.REQUEST_BYTES:
        sentence = _("The messages are larger than LINE takes at once (2 MB). Make them smaller.")
        problems.append(Problem(None, "", "too_large", sentence))
    return Report(tuple(problems), tuple(lengths))


def _read(written: Message, values: Mapping[str, str], at: Place) -> Message:
    """The message as that person reads it; as it is written where its placeholders cannot be read."""
    unread = False
    for place, text, own in texts.walk(written):
        try:
            placeholders.used(text, own or ())
        except MessageError as error:
            at.inside(place).wrong("placeholder", error.message)
            unread = True
    if unread:
        return written
    try:
        return texts.filled(written, values)
    except MessageError as error:
        at.inside("emojis").wrong("emoji", error.message)
        return written


def _number_of(messages: Sequence[Message]) -> list[Problem]:
    if not messages:
        return [Problem(None, "", "empty", _("There is no message to send. Write one first."))]
    if len(messages) > limits.MESSAGES_PER_REQUEST:
        sentence = _("These are {n} messages; LINE takes at most {most} at once. Take some out.")
        said = sentence.format(n=len(messages), most=limits.MESSAGES_PER_REQUEST)
        return [Problem(None, "", "too_many", said)]
    return []


def _bytes(messages: Sequence[Message]) -> int:
    return len(json.dumps(messages, ensure_ascii=False).encode("utf-8", "surrogatepass"))
