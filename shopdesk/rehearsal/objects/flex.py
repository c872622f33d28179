"""Flex Messages: bubbles, carousels and what may stand in them."""

from __future__ import annotations

from shopdesk.rehearsal.answers import Problem, encoded
from shopdesk.rehearsal.objects.actions import flex_action, flex_button_action
from shopdesk.rehearsal.objects.shapes import Rule, by_type, flag, https, integer, items, one_of, record, string, wrong

_BUBBLE_BYTES = 30 * 1024
_CAROUSEL_BYTES = 50 * 1024
_BUBBLES = 12
_MANY = 10_000


def _text_or_spans(value: object, at: str, problems: list[Problem]) -> None:
    if isinstance(value, dict) and not value.get("text") and not value.get("contents"):
        wrong(problems, f"{at}.text", "Must be non-empty text")


def _contents(value: object, at: str, problems: list[Problem]) -> None:
    """Check what stands in a box; a function, because boxes stand in boxes."""
    items(_in_box, 0, _MANY)(value, at, problems)


def _icons_on_a_line(value: object, at: str, problems: list[Problem]) -> None:
    """LINE: an icon stands in a baseline box; a box or a button does not."""
    if not isinstance(value, dict):
        return
    baseline = value["layout"] == "baseline"
    for index, one in enumerate(value["contents"]):
        if (one["type"] == "icon") != baseline and one["type"] in {"icon", "box", "button", "image", "video"}:
            wrong(problems, f"{at}.contents[{index}].type", f"Cannot be placed in a {value['layout']} box")


_ANYWHERE: dict[str, Rule] = {
    "flex": integer(0, _MANY),
    "position": one_of("relative", "absolute"),
    "gravity": one_of("top", "bottom", "center"),
    "align": one_of("start", "end", "center"),
}
_LETTERS: dict[str, Rule] = {
    "weight": one_of("regular", "bold"),
    "style": one_of("normal", "italic"),
    "decoration": one_of("none", "underline", "line-through"),
}
_span = by_type({"span": record({}, {"text": string(0, _MANY), **_LETTERS})})
_text_maybe = {
    **_ANYWHERE,
    **_LETTERS,
    "text": string(0, _MANY),
    "contents": items(_span, 1, _MANY),
    "action": flex_action,
    "wrap": flag,
    "maxLines": integer(0, _MANY),
    "adjustMode": one_of("shrink-to-fit"),
}
_image = record({"url": https}, {**_ANYWHERE, "action": flex_action, "aspectMode": one_of("fit", "cover")})
_box = record(
    {"layout": one_of("horizontal", "vertical", "baseline"), "contents": _contents},
    {
        "flex": integer(0, _MANY),
        "position": one_of("relative", "absolute"),
        "action": flex_action,
        "justifyContent": one_of("center", "flex-start", "flex-end", "space-between", "space-around", "space-evenly"),
        "alignItems": one_of("center", "flex-start", "flex-end"),
    },
    _icons_on_a_line,
)
_video = record(
    {"url": https, "previewUrl": https, "altContent": by_type({"box": _box, "image": _image})},
    {"action": flex_action},
)
_in_box = by_type(
    {
        "box": _box,
        "button": record(
            {"action": flex_button_action},
            {**_ANYWHERE, "style": one_of("primary", "secondary", "link"), "height": one_of("md", "sm")},
        ),
        "image": _image,
        "icon": record({"url": https}),
        "text": record({}, _text_maybe, _text_or_spans),
        "separator": record({}),
        "filler": record({}, {"flex": integer(0, _MANY)}),
    }
)

_block = by_type({"box": _box})


def _bubble_whole(value: object, at: str, problems: list[Problem]) -> None:
    if not isinstance(value, dict):
        return
    if not any(value.get(part) for part in ("header", "hero", "body", "footer")):
        wrong(problems, at, "At least one block must be specified")
    if len(encoded(value)) > _BUBBLE_BYTES:
        wrong(problems, at, "The bubble must be 30 KB or less")


_bubble = record(
    {},
    {
        "size": one_of("nano", "micro", "deca", "hecto", "kilo", "mega", "giga"),
        "direction": one_of("ltr", "rtl"),
        "header": _block,
        "hero": by_type({"box": _box, "image": _image, "video": _video}),
        "body": _block,
        "footer": _block,
        "action": flex_action,
    },
    _bubble_whole,
)


def _carousel_whole(value: object, at: str, problems: list[Problem]) -> None:
    if not isinstance(value, dict):
        return
    if len({bubble.get("size") or "mega" for bubble in value["contents"]}) > 1:
        wrong(problems, f"{at}.contents", "All bubbles must have the same size")
    if len(encoded(value)) > _CAROUSEL_BYTES:
        wrong(problems, at, "The carousel must be 50 KB or less")


container = by_type(
    {
        "bubble": _bubble,
        "carousel": record({"contents": items(by_type({"bubble": _bubble}), 1, _BUBBLES)}, {}, _carousel_whole),
    }
)
