"""LINE's message objects and their limits, as far as a shop can send them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shopdesk.rehearsal.objects.actions import quick_reply_action
from shopdesk.rehearsal.objects.flex import container
from shopdesk.rehearsal.objects.shapes import (
    Rule,
    by_type,
    decimal,
    https,
    integer,
    items,
    one_of,
    record,
    string,
    uri,
    wrong,
)
from shopdesk.rehearsal.objects.templates import template

if TYPE_CHECKING:
    from shopdesk.rehearsal.answers import Problem

_TEXT = 5000
_ALT_TEXT = 1500
_IMAGEMAP_WIDTH = 1040
_EMOJI = 20
_LONG = 1 << 31
_DIGITS = re.compile(r"[0-9]+")
_TAG = re.compile(r"[A-Za-z0-9_]*")
_PLACEHOLDER = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
_KEY = re.compile(r"[0-9a-zA-Z_]{1,20}")

_quick_reply = record(
    {"items": items(record({"type": one_of("action"), "action": quick_reply_action}, {"imageUrl": https}), 1, 13)}
)
_COMMON: dict[str, Rule] = {
    "quickReply": _quick_reply,
    "sender": record({}, {"name": string(0, 20), "iconUrl": https}),
}
_quoted = string(1, _TEXT)


def _emojis_on_dollars(value: object, at: str, problems: list[Problem]) -> None:
    if not isinstance(value, dict) or not value.get("emojis"):
        return
    units = value["text"].encode("utf-16-le", "surrogatepass")
    for number, emoji in enumerate(value["emojis"]):
        start = emoji["index"] * 2
        if units[start : start + 2] != b"$\x00":
            wrong(problems, f"{at}.emojis[{number}].index", "Must point at a $ in the text")


def _placeholders(value: object, at: str, problems: list[Problem]) -> None:
    if not isinstance(value, dict):
        return
    given = value.get("substitution") or {}
    for found in _PLACEHOLDER.finditer(value["text"]):
        if found[0] in {"{{", "}}"}:
            continue
        if found[1] is None or found[1] not in given:
            wrong(problems, f"{at}.text", f"{found[0]} has no substitution")
    for key in given:
        if not _KEY.fullmatch(key):
            wrong(problems, f"{at}.substitution.{key}", "Invalid key")
    if sum(one["type"] == "emoji" for one in given.values()) > _EMOJI:
        wrong(problems, f"{at}.substitution", f"At most {_EMOJI} emoji")


def _substitution(value: object, at: str, problems: list[Problem]) -> None:
    """Check the substitutions; a mention only works in groups, of which the rehearsal has none."""
    if not isinstance(value, dict):
        wrong(problems, at, "Must be an object")
    elif len(value) > 100:  # noqa: PLR2004 - LINE's own limit
        wrong(problems, at, "Size must be between 0 and 100")
    else:
        for key, one in value.items():
            _emoji_in_text(one, f"{at}.{key}", problems)


_emoji_in_text = by_type({"emoji": record({"productId": string(1, 100), "emojiId": string(1, 100)})})
_emoji = record({"index": integer(0, _TEXT), "productId": string(1, 100), "emojiId": string(1, 100)})
_side = integer(0, _LONG)
_area = record({"x": _side, "y": _side, "width": _side, "height": _side})
_imagemap_action = by_type(
    {
        "uri": record({"linkUri": uri(1000), "area": _area}, {"label": string(0, 100)}),
        "message": record({"text": string(1, 400), "area": _area}, {"label": string(0, 100)}),
        "clipboard": record({"clipboardText": string(1, 1000), "area": _area}, {"label": string(0, 100)}),
    }
)
_imagemap_video = record(
    {"originalContentUrl": https, "previewImageUrl": https, "area": _area},
    {"externalLink": record({"linkUri": uri(1000), "label": string(1, 30)})},
)


def _kind(needed: dict[str, Rule], maybe: dict[str, Rule] | None = None, *more: Rule) -> Rule:
    return record(needed, {**_COMMON, **(maybe or {})}, *more)


message = by_type(
    {
        "text": _kind(
            {"text": string(1, _TEXT)}, {"emojis": items(_emoji, 0, _EMOJI), "quoteToken": _quoted}, _emojis_on_dollars
        ),
        "textV2": _kind(
            {"text": string(1, _TEXT)}, {"substitution": _substitution, "quoteToken": _quoted}, _placeholders
        ),
        "sticker": _kind(
            {"packageId": string(1, 20, pattern=_DIGITS), "stickerId": string(1, 20, pattern=_DIGITS)},
            {"quoteToken": _quoted},
        ),
        "image": _kind({"originalContentUrl": https, "previewImageUrl": https}),
        "video": _kind({"originalContentUrl": https, "previewImageUrl": https}, {"trackingId": string(1, 100)}),
        "audio": _kind({"originalContentUrl": https, "duration": integer(1, _LONG)}),
        "location": _kind(
            {
                "title": string(1, 100),
                "address": string(1, 100),
                "latitude": decimal(-90, 90),
                "longitude": decimal(-180, 180),
            }
        ),
        "imagemap": _kind(
            {
                "baseUrl": https,
                "altText": string(1, _ALT_TEXT),
                "baseSize": record({"width": integer(_IMAGEMAP_WIDTH, _IMAGEMAP_WIDTH), "height": integer(1, _LONG)}),
                "actions": items(_imagemap_action, 0, 50),
            },
            {"video": _imagemap_video},
        ),
        "template": _kind({"altText": string(1, _ALT_TEXT), "template": template}),
        "flex": _kind({"altText": string(1, _ALT_TEXT), "contents": container}),
        "coupon": _kind({"couponId": string(1, 100)}, {"deliveryTag": string(0, 30, pattern=_TAG)}),
    }
)

messages = items(message, 1, 5)
