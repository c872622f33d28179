"""Where the texts of a message are: the fields people read, in any kind of message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shopdesk.i18n import _
from shopdesk.messages import placeholders
from shopdesk.messages.lengths import units
from shopdesk.messages.records import MessageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from shopdesk.line import Message

# Addresses, postback data and ids are not for reading: a placeholder there is left as it is.
READ = frozenset({"text", "altText", "title", "address", "label", "displayText", "fillInText"})
# Controls come with what is pasted from other programs; each becomes one sign, so that LINE emoji keep their places.
_BREAKS = dict.fromkeys((0x0B, 0x0C, 0x85), "\n")
_UNSEEN = dict.fromkeys((*range(0x09), *range(0x0E, 0x20), *range(0x7F, 0xA0)), " ") | _BREAKS


def visible(message: Message) -> Message:
    """Return the message with line breaks and blanks for the control characters in it; tabs and newlines stay."""
    made: Message = _visible(message)
    return made


def _visible(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _visible(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_visible(one) for one in node]
    return node.translate(_UNSEEN) if isinstance(node, str) else node


def walk(message: Message) -> Iterator[tuple[str, str, frozenset[str] | None]]:
    """Yield (place, text, names that are LINE's own) of every text people read; None outside a textV2."""
    found: list[tuple[str, str, frozenset[str] | None]] = []

    def note(place: str, text: str, foreign: frozenset[str] | None) -> str:
        found.append((place, text, foreign))
        return text

    _mapped(message, "", note)
    yield from found


def filled(message: Message, values: Mapping[str, str]) -> Message:
    """Return the message as one person gets it.

    Raises:
        MessageError: a LINE emoji stands inside a placeholder, or a placeholder cannot be read (`placeholders.used` says so before).
    """
    made: Message = _mapped(message, "", lambda _place, text, own: placeholders.filled(text, values, own))
    if message.get("type") == "text" and isinstance(message.get("emojis"), list):
        made["emojis"] = [_moved(one, str(message.get("text") or ""), values) for one in message["emojis"]]
    return made


def _moved(emoji: Any, text: str, values: Mapping[str, str]) -> Any:
    """The emoji at its place in the filled text: what stands before it may have become longer or shorter."""
    index = emoji.get("index") if isinstance(emoji, dict) else None
    if not isinstance(index, int) or index < 0:
        return emoji
    before = text.encode("utf-16-le", "surrogatepass")[: 2 * index].decode("utf-16-le", "surrogatepass")
    try:
        return emoji | {"index": units(placeholders.filled(before, values)) + max(0, index - units(text))}
    except MessageError as error:
        sentence = _("A LINE emoji cannot stand inside a placeholder. Put it before or after it.")
        raise MessageError(sentence) from error


def _mapped(node: Any, place: str, change: Callable[[str, str, frozenset[str] | None], str]) -> Any:
    if isinstance(node, dict):
        own = frozenset(node.get("substitution") or {}) if node.get("type") == "textV2" else None
        return {
            key: change(_inside(place, key), value, own if key == "text" else None)
            if key in READ and isinstance(value, str)
            else _mapped(value, _inside(place, key), change)
            for key, value in node.items()
        }
    if isinstance(node, list):
        return [_mapped(one, f"{place}[{number}]", change) for number, one in enumerate(node)]
    return node


def _inside(place: str, key: str) -> str:
    return f"{place}.{key}" if place else key
