"""One message of a talk, of any kind that LINE knows, as a block."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF

from shopdesk.i18n import _
from shopdesk.ui.icons import paint_icon
from shopdesk.ui.paint import blob
from shopdesk.ui.phone.blocks import Block, Words, beside, framed, padded, picture, scaled, stacked
from shopdesk.ui.phone.flex import flex
from shopdesk.ui.phone.templates import template

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPainter

    from shopdesk.ui.phone.blocks import Look

Message = dict[str, Any]
# The preview's screen is narrower than a phone's 375 px: what has LINE's own measures is drawn smaller.
FACTOR = 0.72


def block_of(look: Look, message: Message) -> Block:
    """Return any message as it stands in the talk, without who sent it."""
    draw = _KINDS.get(str(message.get("type")), _unknown)
    return draw(look, message)


def _text(look: Look, message: Message) -> Block:
    own = look.own
    inside, side = look.widest - 2 * own.px("s3"), own.px("s3")
    said = Words(_with_emoji(message), own.font("bubble"), own["talk_text"], own.line("bubble"))
    words = said.block(min(inside, said.natural()) if said.natural() < inside else inside)
    inner = padded(words, own.px("s2"), side, own.px("s2"), side)
    return framed(inner, own[look.ground], own.radius("bubble"))


def _with_emoji(message: Message) -> str:
    """The text; LINE's emoji, whose pictures only LINE has, as a smiling face."""
    text = str(message.get("text") or "")
    for one in sorted(message.get("emojis") or [], key=lambda found: -int(found.get("index", 0))):
        before = text.encode("utf-16-le")[: 2 * int(one.get("index", 0))].decode("utf-16-le", "ignore")
        text = before + "\N{SMILING FACE WITH SMILING EYES}" + text[len(before) + 1 :]
    for name, one in (message.get("substitution") or {}).items():
        said = "\N{SMILING FACE WITH SMILING EYES}" if one.get("type") == "emoji" else "@"
        text = text.replace(f"{{{name}}}", said)
    return text


def _sticker(look: Look, message: Message) -> Block:
    side = float(look.own.px("s12") * 2)
    address = f"sticker:{message.get('packageId')}/{message.get('stickerId')}"
    if look.pictures(address) is not None:
        return picture(look, address, side, side, cover=False)
    return icon_card(look, "smile", _("Sticker"), f"{message.get('packageId')} / {message.get('stickerId')}")


def _image(look: Look, message: Message) -> Block:
    return _picture(look, str(message.get("previewImageUrl") or message.get("originalContentUrl")))


def _picture(look: Look, address: str) -> Block:
    width = float(look.own.px("bubble"))
    found = look.pictures(address)
    shape = found.width() / found.height() if found is not None and found.height() else 4 / 3
    shown = picture(look, address, width, width / max(2 / 3, min(3, shape)))
    return framed(shown, None, look.own.radius("bubble"))


def _video(look: Look, message: Message) -> Block:
    shown = _picture(look, str(message.get("previewImageUrl")))

    def paint(p: QPainter, x: float, y: float) -> None:
        shown.paint(p, x, y)
        side = float(look.own.px("s10"))
        middle = QRectF(x + (shown.width - side) / 2, y + (shown.height - side) / 2, side, side)
        blob(p, middle, look.own["phone_shell"], side / 2)
        icon = look.own.px("icon")
        at = round(middle.x() + (side - icon) / 2 + 1), round(middle.y() + (side - icon) / 2)
        paint_icon(p, "play", look.own["phone_bar"], *at, icon)

    return Block(shown.width, shown.height, paint)


def _audio(look: Look, message: Message) -> Block:
    seconds = int(message.get("duration") or 0) // 1000
    return icon_card(look, "play", _("Sound"), f"{seconds // 60}:{seconds % 60:02}")


def _location(look: Look, message: Message) -> Block:
    own = look.own
    width = own.px("bubble")
    side = own.px("s3")
    title = Words(str(message.get("title") or ""), own.font("body", bold=True), own["talk_text"], own.line("body"))
    address = Words(
        str(message.get("address") or ""), own.font("phone_small"), own["talk_text"], own.line("phone_small")
    )
    said = stacked([title.block(width - 2 * side), address.block(width - 2 * side)])
    map_place = Block(
        width, own.px("s12") * 1.6, lambda p, x, y: _map(look, p, QRectF(x, y, width, own.px("s12") * 1.6))
    )
    whole = stacked([map_place, padded(said, own.px("s2"), side, own.px("s2"), side)])
    return framed(whole.at_width(width), own[look.ground], own.radius("bubble"))


def _map(look: Look, p: QPainter, room: QRectF) -> None:
    own = look.own
    p.fillRect(room, own["phone_rule"])
    side = own.px("icon_large")
    middle = round(room.center().x() - side / 2), round(room.center().y() - side / 2)
    paint_icon(p, "map-pin", own["phone_icon"], *middle, side)


def _rich(look: Look, message: Message) -> Block:
    """A rich message: one picture over the whole width."""
    base = message.get("baseSize") or {}
    width = float(look.own.px("bubble"))
    height = width * float(base.get("height") or 1040) / float(base.get("width") or 1040)
    shown = picture(look, f"{message.get('baseUrl')}/700", width, height)
    return framed(shown, None, look.own.radius("bubble"))


def _coupon(look: Look, message: Message) -> Block:
    return icon_card(look, "ticket", _("Coupon"), str(message.get("couponId") or ""))


def icon_card(look: Look, icon: str, name: str, small: str) -> Block:
    """Return a sign with a name and a small line below it: for what has no picture here."""
    own = look.own
    side, size = own.px("s3"), own.px("icon_large")
    sign = Block(size, size, lambda p, x, y: paint_icon(p, icon, own["phone_icon"], round(x), round(y), size))
    title = Words(name, own.font("body", bold=True), own["talk_text"], own.line("body"), wrap=False)
    note = Words(small, own.font("phone_small"), own["talk_text"], own.line("phone_small"), wrap=False)
    width = min(max(title.natural(), note.natural()), look.widest - size - 3 * side)
    lines = [title.block(width), note.block(width)] if small else [title.block(width)]
    inner = padded(beside([sign, stacked(lines)], side), own.px("s2"), side, own.px("s2"), side)
    return framed(inner, own[look.ground], own.radius("bubble"))


def _unknown(look: Look, message: Message) -> Block:
    return _text(look, {"text": str(message.get("altText") or message.get("type") or "")})


_KINDS: dict[str, Callable[[Look, Message], Block]] = {
    "text": _text,
    "textV2": _text,
    "sticker": _sticker,
    "image": _image,
    "video": _video,
    "audio": _audio,
    "location": _location,
    "imagemap": _rich,
    "coupon": _coupon,
    "template": lambda look, message: scaled(template(look, message), FACTOR),
    "flex": lambda look, message: scaled(flex(look, message), FACTOR),
}


def quick_replies(look: Look, message: Message) -> Block | None:
    """Return the buttons under the last message, None without any."""
    items = (message.get("quickReply") or {}).get("items") or []
    labels = [str((one.get("action") or {}).get("label") or "") for one in items]
    own = look.own
    made = []
    for said in labels:
        words = Words(said, own.font("phone_small"), own["talk_text"], own.line("phone_small"), wrap=False)
        inner = padded(words.block(words.natural()), own.px("s1"), own.px("s3"), own.px("s1"), own.px("s3"))
        made.append(
            framed(
                inner, own[look.ground], own.radius("pill") if inner.height > own.radius("pill") else inner.height / 2
            )
        )
    return beside(made, own.px("label_gap")) if made else None
