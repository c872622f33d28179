"""What a person calls the fields of LINE's message objects."""

from __future__ import annotations

import re

from shopdesk.i18n import N_, _

_NAMES = {
    "text": N_("The text"),
    "altText": N_("The text for notifications"),
    "title": N_("The title"),
    "label": N_("The label of the button"),
    "address": N_("The address"),
    "actions": N_("Buttons"),
    "columns": N_("Cards"),
    "items": N_("Quick replies"),
    "emojis": N_("LINE emoji"),
    "substitution": N_("Substitutions"),
    "contents": N_("Parts"),
    "uri": N_("The link"),
    "linkUri": N_("The link"),
    "desktop": N_("The link for computers"),
    "data": N_("The data of the button"),
    "displayText": N_("What the talk shows"),
    "fillInText": N_("What is filled in"),
    "clipboardText": N_("What is copied"),
    "originalContentUrl": N_("The address of the file"),
    "previewImageUrl": N_("The address of the preview"),
    "thumbnailImageUrl": N_("The address of the picture"),
    "imageUrl": N_("The address of the picture"),
    "iconUrl": N_("The address of the icon"),
    "baseUrl": N_("The address of the picture"),
    "url": N_("The address of the picture"),
    "previewUrl": N_("The address of the preview"),
    "name": N_("The sender's name"),
    "packageId": N_("The set of stickers"),
    "stickerId": N_("The sticker"),
    "trackingId": N_("The name for the figures"),
    "deliveryTag": N_("The name for the figures"),
    "couponId": N_("The coupon"),
    "duration": N_("The length of the sound"),
    "latitude": N_("The latitude"),
    "longitude": N_("The longitude"),
    "height": N_("The height of the picture"),
    "width": N_("The width of the picture"),
    "layout": N_("The direction of the box"),
    "area": N_("The place to tap"),
}
_LAST = re.compile(r"(\w+)(?:\[\d+\])?$")


def field_name(path: str) -> str:
    """Return what the field at `template.columns[1].title` is called; LINE's own word where it has no other."""
    found = _LAST.search(path)
    if found is None:
        return _("The message")
    return _(_NAMES[found[1]]) if found[1] in _NAMES else f"“{found[1]}”"
