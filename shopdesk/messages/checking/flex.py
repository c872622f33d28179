"""Flex messages: bubbles, carousels, what may stand in them, and how large they may be."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from shopdesk.i18n import _
from shopdesk.line import limits
from shopdesk.line.limits import Room
from shopdesk.messages.checking import tapping
from shopdesk.messages.checking.shapes import by_type, listed, media, one_of, record, some, text

if TYPE_CHECKING:
    from shopdesk.messages.checking.notes import Place
    from shopdesk.messages.checking.shapes import Fields

_MANY = 10_000
_SIZES = ("nano", "micro", "deca", "hecto", "kilo", "mega", "giga")
_ON_A_LINE = frozenset({"icon", "text", "filler"})
_words = text(Room(limits.CAROUSEL_BYTES), empty=True)  # of its own it has no limit but the bubble's


def _inside(value: Any, at: Place) -> None:
    """Look at what stands in a box; a function, because boxes stand in boxes."""
    some(_in_box, 0, _MANY)(value, at)


def _written(value: dict[str, Any], at: Place) -> None:
    if not value.get("text") and not value.get("contents"):
        at.inside("text").wrong("empty", _("{field} is empty. Write something or take it out.").format(field=at.name))


def _on_one_line(value: dict[str, Any], at: Place) -> None:
    """LINE: a baseline box holds icons and texts, and icons stand nowhere else."""
    baseline = value.get("layout") == "baseline"
    for index, one in enumerate(listed(value, "contents")):
        kind = one.get("type") if isinstance(one, dict) else None
        if (baseline and kind not in _ON_A_LINE) or (not baseline and kind == "icon"):
            place = at.inside("contents").at(index)
            place.wrong("place", _("A part of kind {kind} cannot stand in this box. Move it.").format(kind=kind))


_tap: Fields = {"action": tapping.flex_part}
_text = record(
    {}, {**_tap, "text": _words, "contents": some(by_type({"span": record({}, {"text": _words})}), 1, _MANY)}, _written
)
_image = record({"url": media}, _tap)
_box = record({"layout": one_of("horizontal", "vertical", "baseline"), "contents": _inside}, _tap, _on_one_line)
_video = record({"url": media, "previewUrl": media, "altContent": by_type({"box": _box, "image": _image})}, _tap)
_in_box = by_type(
    {
        "box": _box,
        "button": record({"action": tapping.flex_button}, {"style": one_of("primary", "secondary", "link")}),
        "image": _image,
        "icon": record({"url": media}),
        "text": _text,
        "separator": record({}),
        "filler": record({}),
    }
)
_block = by_type({"box": _box})


def _has_a_part(value: dict[str, Any], at: Place) -> None:
    if not any(value.get(part) for part in ("header", "hero", "body", "footer")):
        at.wrong("empty", _("This card is empty. Write something on it or take it out."))


def _small(most: int) -> Any:
    """Return the rule for a size as JSON: without spaces, in UTF-8."""

    def rule(value: dict[str, Any], at: Place) -> None:
        size = len(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"))
        if size > most:
            sentence = _("This is {size} KB of Flex; LINE takes {most} KB. Shorten its texts or take a part out.")
            at.wrong("too_large", sentence.format(size=-(-size // 1024), most=most // 1024))

    return rule


def _one_width(value: dict[str, Any], at: Place) -> None:
    widths = {str(one.get("size") or "mega") for one in listed(value, "contents") if isinstance(one, dict)}
    if len(widths) > 1:
        at.inside("contents").wrong("unlike", _("All cards beside each other need the same width."))


_bubble = record(
    {},
    {
        **_tap,
        "size": one_of(*_SIZES),
        "direction": one_of("ltr", "rtl"),
        "header": _block,
        "hero": by_type({"box": _box, "image": _image, "video": _video}),
        "body": _block,
        "footer": _block,
    },
    _has_a_part,
    _small(limits.BUBBLE_BYTES),
)

container = by_type(
    {
        "bubble": _bubble,
        "carousel": record(
            {"contents": some(by_type({"bubble": _bubble}), 1, limits.BUBBLES)},
            {},
            _one_width,
            _small(limits.CAROUSEL_BYTES),
        ),
    }
)
