"""A broadcast as news: what its messages say, as parts of a page. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shopdesk.messages import addresses, for_person, readable, restored
from shopdesk.site.parts import LONGEST_TITLE, safe_link
from shopdesk.site.records import Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shopdesk.line import Message

_MEDIA = "/media/"


def said(messages: str) -> tuple[str, tuple[Part, ...]]:
    """Return the title and the parts of what a broadcast says, as it is kept: names are left to their defaults.

    What only LINE can show – a sticker, a sound – is left out; of a card its words, its picture and its links stay.
    """
    parts = tuple(part for message in for_person(restored(messages), "") for part in _parts(message))
    words = next((one.text for one in parts if one.kind == "text"), "")
    first = next((line for line in words.splitlines() if line.strip()), "")
    return _cut(" ".join(first.split())), parts


def _cut(line: str) -> str:
    return line if len(line) <= LONGEST_TITLE else f"{line[: LONGEST_TITLE - 1]}…"


def _parts(message: Message) -> Iterator[Part]:
    kind = message.get("type")
    if kind in {"text", "textV2"}:
        yield Part("text", str(message.get("text", "")))
    elif kind == "image":
        yield from _picture(message.get("originalContentUrl"))
    elif kind in {"flex", "template", "imagemap"}:
        yield from _picture(message.get("baseUrl"))
        found = [*_inside(message.get("contents") or message.get("template") or message)]
        yield from found if any(one.kind == "text" for one in found) else (_alternative(message), *found)
    elif kind == "location":
        yield Part("text", "\n".join(filter(None, (str(message.get(name, "")) for name in ("title", "address")))))


def _alternative(message: Message) -> Part:
    return Part("text", readable([message])[0])


def _inside(node: Any) -> Iterator[Part]:
    """Yield what people read, see and tap in a card, in its order."""
    if isinstance(node, list):
        for one in node:
            yield from _inside(one)
    elif isinstance(node, dict):
        yield from _picture(node.get("url") or node.get("thumbnailImageUrl") or node.get("imageUrl"))
        if node.get("type") == "uri":
            yield from _link(node)
            return
        for key, value in node.items():
            if key in {"text", "title"} and isinstance(value, str) and value.strip() and "uri" not in node:
                yield Part("text", value)
            elif isinstance(value, dict | list):
                yield from _inside(value)


def _link(action: dict[str, Any]) -> Iterator[Part]:
    label, address = str(action.get("label") or ""), str(action.get("uri") or "")
    if label and safe_link(address):
        yield Part("link", label, address)


def _picture(address: Any) -> Iterator[Part]:
    """Yield a picture that the shop keeps; one elsewhere on the web is not shown: our pages load nothing from there."""
    if not isinstance(address, str):
        return
    own = f"media:{address.rpartition(_MEDIA)[2]}" if _MEDIA in address else address
    found = addresses.kept(own)
    if found is not None:
        yield Part("picture", "", found[0])
