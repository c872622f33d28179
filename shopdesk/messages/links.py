"""The addresses in messages that people open: which of them can be counted, and each reader's own in their place."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from shopdesk.links import UnsafeAddressError, sound

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from shopdesk.line import Message
    from shopdesk.messages.records import Draft

# Up to what cannot stand in an address as it is typed: blanks, quotation marks, and everything beyond ASCII.
ADDRESS = re.compile(r"https?://[!#-&(-;=?-~]+", re.IGNORECASE)
_AT_ITS_END = ".,!?)"
_TAPPED = {"uri", "linkUri"}
_SPOKEN = {"text", "textV2"}
# LINE opens these by itself; by way of another page a browser would stand between.
_OF_LINE = re.compile(r"(?:.+\.)?(?:line\.me|lin\.ee|line\.biz)")


def counted(written: Draft, base: str) -> Draft:
    """Return the draft with every address in it counted that can be: those of other people's pages, behind a tap or in a text.

    Args:
        written: As it was drafted.
        base: The shop's own public address, '' for none: its pages are not counted, they count for themselves.
    """
    found: set[str] = set()

    def note(address: str) -> str:
        if _can_be(address, base):
            found.add(address)
        return address

    for message in written.messages:
        _mapped(message, note)
    return replace(written, links=frozenset(found))


def countable(said: str, base: str) -> frozenset[str]:
    """Return the addresses in a text that can be counted; `base` as for `counted`."""
    return frozenset(one for one in _written(said) if _can_be(one, base))


def with_own_in(said: str, theirs: Mapping[str, str]) -> str:
    """Return a text with a reader's own addresses in place of these."""
    return ADDRESS.sub(lambda one: _in_text(one[0], lambda address: theirs.get(address, address)), said)


def with_own(message: Message, theirs: Mapping[str, str]) -> Message:
    """Return the message with a reader's own addresses in place of these; all others stay."""
    made: Message = _mapped(message, lambda one: theirs.get(one, one)) if theirs else message
    return made


def _can_be(address: str, base: str) -> bool:
    if "{" in address or "}" in address:
        return False  # a placeholder: everybody's is another one
    try:
        to = sound(address)
    except UnsafeAddressError:
        return False
    own = bool(base) and to.startswith(f"{base}/")
    return not own and not _OF_LINE.fullmatch(urlsplit(to).hostname or "")


def _mapped(message: Message, change: Callable[[str], str]) -> Any:
    made = _tapped(message, change)
    # The places of LINE emoji are counted in letters: a text with some of them stays as it is.
    if message.get("type") in _SPOKEN and isinstance(message.get("text"), str) and not message.get("emojis"):
        made["text"] = ADDRESS.sub(lambda one: _in_text(one[0], change), message["text"])
    return made


def _tapped(node: Any, change: Callable[[str], str]) -> Any:
    if isinstance(node, dict):
        return {
            key: change(value) if key in _TAPPED and isinstance(value, str) else _tapped(value, change)
            for key, value in node.items()
        }
    return [_tapped(one, change) for one in node] if isinstance(node, list) else node


def _written(said: str) -> list[str]:
    return [one[0].rstrip(_AT_ITS_END) for one in ADDRESS.finditer(said)]


def _in_text(found: str, change: Callable[[str], str]) -> str:
    address = found.rstrip(_AT_ITS_END)
    return change(address) + found[len(address) :]
