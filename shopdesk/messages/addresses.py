"""Addresses of the shop's own pictures: `media:<id>/<width>` while written, a public one once there is such an address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopdesk.line import Message

_OWN = re.compile(r"media:([0-9A-Za-z_-]{22})(?:/(\d+))?")


def own(picture: str, width: int | None = None) -> str:
    """Return how a kept picture is written in a message; without a width it is a rich message's `baseUrl`."""
    return f"media:{picture}" if width is None else f"media:{picture}/{width}"


def is_own(address: str) -> bool:
    """Tell whether an address is that of a picture the shop keeps."""
    return _OWN.fullmatch(address) is not None


def kept(address: str) -> tuple[str, int | None] | None:
    """Return the id and width of a kept picture's address, None of any other address."""
    found = _OWN.fullmatch(address)
    return None if found is None else (found[1], int(found[2]) if found[2] else None)


def used(message: Message) -> set[str]:
    """Return the ids of the kept pictures a message shows."""
    return {found[0] for text in _strings(message) if (found := kept(text))}


def public(message: Message, base: str) -> Message:
    """Return the message with the public addresses of the shop's own pictures: `<base>/media/<id>/<width>`."""
    made: Message = _replaced(message, base.rstrip("/"))
    return made


def _replaced(node: Any, base: str) -> Any:
    if isinstance(node, dict):
        return {key: _replaced(value, base) for key, value in node.items()}
    if isinstance(node, list):
        return [_replaced(one, base) for one in node]
    if isinstance(node, str) and is_own(node):
        return f"{base}/media/{node.removeprefix('media:')}"
    return node


def _strings(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        node = list(node.values())
    if isinstance(node, list):
        for one in node:
            yield from _strings(one)
    elif isinstance(node, str):
        yield node
