"""What a tap does: LINE's action objects, for buttons, cards and quick replies.

`label` is what the button shows: at most 20 characters, 12 on a card of pictures, 40 in a Flex message.
"""

from __future__ import annotations

from typing import Any, Literal

Action = dict[str, Any]
Moment = Literal["date", "time", "datetime"]


def open_link(label: str, address: str) -> Action:
    """Open an address: https, http, line or tel, at most 1,000 characters."""
    return {"type": "uri", "label": label, "uri": address.strip()}


def call(label: str, phone: str) -> Action:
    """Call a number, written in any way."""
    digits = "".join(sign for sign in phone if sign.isascii() and (sign.isdigit() or sign == "+"))
    return {"type": "uri", "label": label, "uri": f"tel:{digits}"}


def say(label: str, text: str) -> Action:
    """Let the person say something, at most 300 characters; it comes to the shop as a message."""
    return {"type": "message", "label": label, "text": text}


def postback(label: str, data: str, shown: str = "") -> Action:
    """Tell the shop's program something unseen (`data`, 300 units); `shown` is what the talk shows as said."""
    made = {"type": "postback", "label": label, "data": data}
    return made | {"displayText": shown} if shown else made


def pick_moment(label: str, data: str, mode: Moment = "datetime") -> Action:
    """Let the person choose a day, a time or both; the shop's program gets it with `data`."""
    return {"type": "datetimepicker", "label": label, "data": data, "mode": mode}


def copy(label: str, text: str) -> Action:
    """Put a text, such as a coupon's code, on the person's clipboard (1,000 units)."""
    return {"type": "clipboard", "label": label, "clipboardText": text}


def take_photo(label: str) -> Action:
    """Open the camera; only as a quick reply."""
    return {"type": "camera", "label": label}


def choose_photo(label: str) -> Action:
    """Open the person's photos; only as a quick reply."""
    return {"type": "cameraRoll", "label": label}


def send_place(label: str) -> Action:
    """Open the map to send a place; only as a quick reply."""
    return {"type": "location", "label": label}
