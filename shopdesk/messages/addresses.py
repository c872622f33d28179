"""Addresses that are the shop's own: as they are written, and as they go out.

`media:<id>/<width>` is a picture, which gets a public address once there is one; `coupon:<id>` the page of a coupon, where
each reader sees theirs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from shopdesk.line import Message

_OWN = re.compile(r"media:([0-9A-Za-z_-]{22})(?:/(\d+))?")
_COUPON = re.compile(r"coupon:([0-9]{1,18})")


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
    at = f"{base.rstrip('/')}/media/"
    made: Message = _replaced(message, lambda one: at + one.removeprefix("media:") if is_own(one) else one)
    return made


def coupon(coupon_id: int) -> str:
    """Return how a reader's own page of a coupon is written in a message."""
    return f"coupon:{coupon_id}"


def coupon_of(address: str) -> int | None:
    """Return the coupon of whose page this is the address, None of any other address."""
    found = _COUPON.fullmatch(address)
    return int(found[1]) if found else None


def coupons(message: Message) -> set[int]:
    """Return the coupons of which a message opens the reader's own."""
    return {found for text in _strings(message) if (found := coupon_of(text)) is not None}


def of_reader(message: Message, theirs: Mapping[str, str]) -> Message:
    """Return the message with a reader's own addresses, by how these are written; all others stay."""
    made: Message = _replaced(message, lambda one: theirs.get(one, one)) if theirs else message
    return made


def _replaced(node: Any, change: Callable[[str], str]) -> Any:
    if isinstance(node, dict):
        return {key: _replaced(value, change) for key, value in node.items()}
    if isinstance(node, list):
        return [_replaced(one, change) for one in node]
    return change(node) if isinstance(node, str) else node


def _strings(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        node = list(node.values())
    if isinstance(node, list):
        for one in node:
            yield from _strings(one)
    elif isinstance(node, str):
        yield node
