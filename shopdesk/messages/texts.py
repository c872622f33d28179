"""Where the texts of a message are: the fields people read, in any kind of message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shopdesk.messages import placeholders

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from shopdesk.line import Message

# Addresses, postback data and ids are not for reading: a placeholder there is left as it is.
READ = frozenset({"text", "altText", "title", "label", "displayText", "fillInText"})


def walk(message: Message) -> Iterator[tuple[str, str, frozenset[str] | None]]:
    """Yield (place, text, names that are LINE's own) of every text people read; None outside a textV2."""
    found: list[tuple[str, str, frozenset[str] | None]] = []

    def note(place: str, text: str, foreign: frozenset[str] | None) -> str:
        found.append((place, text, foreign))
        return text

    _mapped(message, "", note)
    yield from found


def filled(message: Message, values: Mapping[str, str]) -> Message:
    """Return the message as one person gets it."""
    made: Message = _mapped(message, "", lambda _place, text, own: placeholders.filled(text, values, own))
    return made


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
