"""The table of LINE's message objects."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from shopdesk import japanese
from shopdesk.i18n import _
from shopdesk.line import limits
from shopdesk.line.limits import Room
from shopdesk.messages.checking import tapping
from shopdesk.messages.checking.cards import template
from shopdesk.messages.checking.flex import container
from shopdesk.messages.checking.shapes import by_type, link, listed, media, number, record, some, text
from shopdesk.messages.lengths import units

if TYPE_CHECKING:
    from shopdesk.messages.checking.notes import Place
    from shopdesk.messages.checking.shapes import Fields, Rule

_MOST = (1 << 31) - 1
_DIGITS = re.compile(r"[0-9]+")
_KEY = re.compile(r"[0-9a-zA-Z_]{1,20}")
_TAG = re.compile(r"[A-Za-z0-9_]*")
_ID = Room(100)


def _not_line(value: Any, at: Place) -> None:
    text(limits.SENDER_NAME, empty=True)(value, at)
    if isinstance(value, str) and limits.FORBIDDEN_IN_SENDER.search(japanese.nfkc(value)):
        at.wrong("forbidden", _("LINE refuses a sender's name with “LINE” in it. Choose another name."))


def _emoji_on_signs(message: dict[str, Any], at: Place) -> None:
    """Each emoji stands on a `$` of the text, counted in UTF-16 units."""
    said = str(message.get("text") or "")
    places = {units(said[:index]) for index, sign in enumerate(said) if sign == "$"}
    for index, emoji in enumerate(listed(message, "emojis")):
        if isinstance(emoji, dict) and emoji.get("index") not in places:
            sentence = _("This LINE emoji has no place in the text any more. Put it in again or take it out.")
            at.inside("emojis").at(index).inside("index").wrong("emoji", sentence)


def _substitutions(value: Any, at: Place) -> None:
    """What textV2 puts in for its `{keys}`: emoji, and mentions, which LINE shows in groups only."""
    some(record({}), 0, limits.SUBSTITUTIONS)(list(value.values()) if isinstance(value, dict) else value, at)
    put_in = value if isinstance(value, dict) else {}
    for key, one in put_in.items():
        place = at.inside(key)
        _put_in(one, place)
        if not _KEY.fullmatch(key):
            place.wrong("signs", _("“{key}” must be up to 20 letters and digits from a to z.").format(key=key))
    emoji = sum(isinstance(one, dict) and one.get("type") == "emoji" for one in put_in.values())
    some(record({}), 0, limits.EMOJIS)([{}] * emoji, at.inside("emojis"))


def _within(message: dict[str, Any], at: Place) -> None:
    """Every place to tap lies on the picture."""
    base = message.get("baseSize")
    if not isinstance(base, dict):
        return
    width, height = base.get("width"), base.get("height")
    places = [(at.inside("actions").at(n), one) for n, one in enumerate(listed(message, "actions"))]
    for place, holder in [*places, (at.inside("video"), message.get("video"))]:
        area = holder.get("area") if isinstance(holder, dict) else None
        if isinstance(area, dict) and not _fits(area, width, height):
            sentence = _("This place to tap reaches beyond the picture. Move it or make it smaller.")
            place.inside("area").wrong("outside", sentence)


def _fits(area: dict[str, Any], width: Any, height: Any) -> bool:
    """Whether an area lies on a picture of this size; numbers that are none are noted elsewhere."""
    across, down = (area.get("x"), area.get("width"), width), (area.get("y"), area.get("height"), height)
    return all(
        start + length <= whole
        for start, length, whole in (across, down)
        if isinstance(start, int) and isinstance(length, int) and isinstance(whole, int)
    )


_common: Fields = {"quickReply": tapping.quick_reply, "sender": record({}, {"name": _not_line, "iconUrl": media})}
_emoji_id: Fields = {"productId": text(_ID), "emojiId": text(_ID)}
_put_in = by_type({"emoji": record(_emoji_id), "mention": record({})})
_alt: Fields = {"altText": text(Room(limits.ALT_TEXT_UNITS))}
_files: Fields = {"originalContentUrl": media, "previewImageUrl": media}
_area: Fields = {
    "area": record(
        {"x": number(0, _MOST), "y": number(0, _MOST), "width": number(1, _MOST), "height": number(1, _MOST)}
    )
}
_area_label: Fields = {"label": text(limits.IMAGEMAP_LABEL, empty=True)}
_tap = by_type(
    {
        "uri": record({"linkUri": link, **_area}, _area_label),
        "message": record({"text": text(limits.IMAGEMAP_SAID), **_area}, _area_label),
        "clipboard": record({"clipboardText": text(limits.COPIED), **_area}, _area_label),
    }
)
_rich_video = record(
    {**_files, **_area},
    {"externalLink": record({"linkUri": link, "label": text(limits.IMAGEMAP_LINK_LABEL)})},
)


def _kind(needed: Fields, maybe: Fields | None = None, *whole: Rule) -> Rule:
    return record(needed, {**(maybe or {}), **_common}, *whole)


message = by_type(
    {
        "text": _kind(
            {"text": text(Room(limits.TEXT_UNITS))},
            {"emojis": some(record({"index": number(0, limits.TEXT_UNITS), **_emoji_id}), 0, limits.EMOJIS)},
            _emoji_on_signs,
        ),
        "textV2": _kind({"text": text(Room(limits.TEXT_UNITS))}, {"substitution": _substitutions}),
        "sticker": _kind({"packageId": text(_ID, pattern=_DIGITS), "stickerId": text(_ID, pattern=_DIGITS)}),
        "image": _kind(_files),
        "video": _kind(_files, {"trackingId": text(limits.TRACKING)}),
        "audio": _kind({"originalContentUrl": media, "duration": number(1, _MOST)}),
        "location": _kind(
            {
                "title": text(limits.PLACE),
                "address": text(limits.PLACE),
                "latitude": number(-90, 90, whole=False),
                "longitude": number(-180, 180, whole=False),
            }
        ),
        "imagemap": _kind(
            {
                "baseUrl": media,
                **_alt,
                "baseSize": record(
                    {"width": number(limits.IMAGEMAP_WIDTH, limits.IMAGEMAP_WIDTH), "height": number(1, _MOST)}
                ),
                "actions": some(_tap, 0, limits.IMAGEMAP_ACTIONS),
            },
            {"video": _rich_video},
            _within,
        ),
        "template": _kind({**_alt, "template": template}),
        "flex": _kind({**_alt, "contents": container}),
        "coupon": _kind({"couponId": text(_ID)}, {"deliveryTag": text(limits.DELIVERY_TAG, empty=True, pattern=_TAG)}),
    }
)
