"""Rich messages: one picture as wide as the talk, with places to tap (LINE's imagemap)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from shopdesk.line import limits

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shopdesk.line import Message

WIDTH = limits.IMAGEMAP_WIDTH

# Ready ways to divide a picture: in each row, how many equal fields.
LAYOUTS: Mapping[str, tuple[int, ...]] = {
    "one": (1,),
    "two_beside": (2,),
    "two_below": (1, 1),
    "three_beside": (3,),
    "one_over_two": (1, 2),
    "four": (2, 2),
    "one_over_three": (1, 3),
    "six": (3, 3),
}


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle on the picture, in pixels of a picture 1040 wide, from its upper left corner."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class RichVideo:
    """A video that plays on the picture, and the link shown when it has ended (label up to 30 units)."""

    original: str
    preview: str
    area: Area
    link: str = ""
    label: str = ""


Tap = dict[str, Any]


def tap_link(area: Area, address: str, label: str = "") -> Tap:
    """Open an address (1,000 characters); the label (100 units) is read aloud to those who do not see the picture."""
    return _tap({"type": "uri", "linkUri": address.strip()}, area, label)


def tap_say(area: Area, said: str, label: str = "") -> Tap:
    """Let the person say something (400 units)."""
    return _tap({"type": "message", "text": said}, area, label)


def tap_copy(area: Area, copied: str, label: str = "") -> Tap:
    """Put a text on the person's clipboard (1,000 units)."""
    return _tap({"type": "clipboard", "clipboardText": copied}, area, label)


def rich(base: str, alt_text: str, height: int, taps: Sequence[Tap], video: RichVideo | None = None) -> Message:
    """Send a rich message.

    Args:
        base: The picture's address without its width; LINE asks for `/240`, `/300`, `/460`, `/700` and `/1040` below it.
        alt_text: What notifications show, up to 1,500 units.
        height: Of the picture at 1040 pixels wide.
        taps: Up to 50 places to tap; where they overlap the earlier one counts.
        video: Plays on the picture.
    """
    made = {
        "type": "imagemap",
        "baseUrl": base,
        "altText": alt_text,
        "baseSize": {"width": WIDTH, "height": height},
        "actions": list(taps),
    }
    return made if video is None else made | {"video": _video(video)}


def areas(layout: str, height: int) -> list[Area]:
    """Return the fields of a layout; together they cover a picture of this height and nothing twice."""
    rows = LAYOUTS[layout]
    edges = _edges(height, len(rows))
    return [
        Area(left, top, right - left, bottom - top)
        for fields, (top, bottom) in zip(rows, pairwise(edges), strict=True)
        for left, right in pairwise(_edges(WIDTH, fields))
    ]


def _edges(length: int, parts: int) -> list[int]:
    return [round(length * part / parts) for part in range(parts + 1)]


def _tap(action: Tap, area: Area, label: str) -> Tap:
    made = action | {"area": _rectangle(area)}
    return made | {"label": label} if label else made


def _video(video: RichVideo) -> dict[str, Any]:
    made: dict[str, Any] = {
        "originalContentUrl": video.original,
        "previewImageUrl": video.preview,
        "area": _rectangle(video.area),
    }
    return made | {"externalLink": {"linkUri": video.link, "label": video.label}} if video.link else made


def _rectangle(area: Area) -> dict[str, int]:
    return {"x": area.x, "y": area.y, "width": area.width, "height": area.height}
