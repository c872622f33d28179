"""The web addresses in messages: where they stand, and which of them lead nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shopdesk import web
from shopdesk.messages import ADDRESS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from shopdesk.line import Message

# Not an address to open but the beginning of five.
_NO_PAGE = {"baseUrl"}


def in_messages(messages: Iterable[Message]) -> list[str]:
    """Return every web address of the messages, each once, in their order."""
    return list(dict.fromkeys(one.rstrip(".,!?)") for message in messages for one in _in(message)))


def _in(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield from ADDRESS.findall(node)
    elif isinstance(node, list):
        for one in node:
            yield from _in(one)
    elif isinstance(node, dict):
        for key, value in node.items():
            if key not in _NO_PAGE:
                yield from _in(value)


def looked_at(urls: Iterable[str], *, rehearsal: bool) -> list[web.Looked]:
    """Ask where each address leads; this computer itself only in a rehearsal."""
    return web.look(list(urls), loopback=rehearsal)
