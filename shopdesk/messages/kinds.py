"""Every simple kind of message, and what may be added to any of them. Each function returns LINE's own message object.

None of them checks: half-written messages are built while somebody types, and `look` says what is wrong with them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from shopdesk.messages.lengths import units

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopdesk.line import Message
    from shopdesk.messages.actions import Action

# Where a LINE emoji stands in a text that is being written: the sign that editors put for an object.
EMOJI_SIGN = "\ufffc"


@dataclass(frozen=True, slots=True)
class Emoji:
    """One of LINE's own emoji: the set (`productId`) and the number in it (`emojiId`, three digits)."""

    product: str
    number: str


def text(said: str, emojis: Sequence[Emoji] = ()) -> Message:
    """Say a text of at most 5,000 units, with placeholders; the n-th `EMOJI_SIGN` in it becomes the n-th emoji."""
    written = said.replace(EMOJI_SIGN, "$")
    if not emojis:
        return {"type": "text", "text": written}
    places = [units(said[:at]) for at, sign in enumerate(said) if sign == EMOJI_SIGN]
    placed = [
        {"index": place, "productId": emoji.product, "emojiId": emoji.number}
        for place, emoji in zip(places, emojis, strict=True)
    ]
    return {"type": "text", "text": written, "emojis": placed}


def written(message: Message) -> tuple[str, tuple[Emoji, ...]]:
    """Return what `text` was given: the text with `EMOJI_SIGN`s, and the emoji in their order."""
    said = str(message.get("text") or "")
    placed = sorted(message.get("emojis") or (), key=lambda one: int(one["index"]))
    raw = bytearray(said.encode("utf-16-le", "surrogatepass"))
    for one in placed:
        at = 2 * int(one["index"])
        raw[at : at + 2] = EMOJI_SIGN.encode("utf-16-le")
    signed = raw.decode("utf-16-le", "surrogatepass")
    return signed, tuple(Emoji(str(one["productId"]), str(one["emojiId"])) for one in placed)


def sticker(package: str, number: str) -> Message:
    """Send a sticker; only those of `stickers()` can be sent."""
    return {"type": "sticker", "packageId": package, "stickerId": number}


def image(original: str, preview: str) -> Message:
    """Send a picture by its addresses: JPEG or PNG, the original up to 10 MB, the preview up to 1 MB."""
    return {"type": "image", "originalContentUrl": original, "previewImageUrl": preview}


def video(original: str, preview: str, tracking: str = "") -> Message:
    """Send a video (mp4, up to 200 MB) with its preview; LINE tells the shop under `tracking` who saw it to the end."""
    made = {"type": "video", "originalContentUrl": original, "previewImageUrl": preview}
    return made | {"trackingId": tracking} if tracking else made


def audio(address: str, milliseconds: int) -> Message:
    """Send a sound (mp3 or m4a, up to 200 MB) of that length."""
    return {"type": "audio", "originalContentUrl": address, "duration": milliseconds}


def location(title: str, address: str, latitude: float, longitude: float) -> Message:
    """Send a place on the map, in degrees; title and address up to 100 units each."""
    return {"type": "location", "title": title, "address": address, "latitude": latitude, "longitude": longitude}


def line_coupon(coupon: str, tag: str = "") -> Message:
    """Send a coupon that LINE itself keeps, by its id; `tag` tells LINE's statistics where it was sent."""
    made = {"type": "coupon", "couponId": coupon}
    return made | {"deliveryTag": tag} if tag else made


def flex(alt_text: str, contents: dict[str, Any]) -> Message:
    """Send a Flex message: a bubble or a carousel; `alt_text` (1,500 units) is what notifications show."""
    return {"type": "flex", "altText": alt_text, "contents": contents}


def with_quick_replies(message: Message, replies: Sequence[Action], icons: Sequence[str] = ()) -> Message:
    """Add up to 13 quick replies; LINE shows those of the last message. An empty list takes them away.

    Args:
        message: Any message.
        replies: The actions, in order.
        icons: Addresses of their icons (PNG), as far as they have one; '' for none.
    """
    bare = {key: value for key, value in message.items() if key != "quickReply"}
    if not replies:
        return bare
    padded = (*icons, *("" for _reply in range(len(replies) - len(icons))))
    items = [
        {"type": "action", "action": action} | ({"imageUrl": icon} if icon else {})
        for action, icon in zip(replies, padded, strict=True)
    ]
    return bare | {"quickReply": {"items": items}}


def sent_as(message: Message, name: str = "", icon: str = "") -> Message:
    """Let a message come from another name (20 units, without “LINE”) or icon (PNG); neither: from the account itself."""
    bare = {key: value for key, value in message.items() if key != "sender"}
    sender = {key: value for key, value in (("name", name), ("iconUrl", icon)) if value}
    return bare | {"sender": sender} if sender else bare
