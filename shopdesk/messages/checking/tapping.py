"""What a tap may do, by the place its action stands in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shopdesk.line import limits
from shopdesk.messages.checking.shapes import Fields, by_type, link, media, one_of, record, some, text

if TYPE_CHECKING:
    from shopdesk.line.limits import Room
    from shopdesk.messages.checking.shapes import Rule

_MOMENT = re.compile(r"\d{4}-\d\d-\d\d([Tt]\d\d:\d\d)?|\d\d:\d\d")
_said = text(limits.SAID, empty=True)
_moment = text(limits.DATA, pattern=_MOMENT)

# By kind: the fields it needs, and those it may have.
_TAPS: dict[str, tuple[Fields, Fields]] = {
    "uri": ({"uri": link}, {"altUri": record({}, {"desktop": link})}),
    "message": ({"text": text(limits.SAID)}, {}),
    "postback": (
        {"data": text(limits.DATA)},
        {
            "displayText": _said,
            "text": _said,
            "fillInText": _said,
            "inputOption": one_of("closeRichMenu", "openRichMenu", "openKeyboard", "openVoice"),
        },
    ),
    "datetimepicker": (
        {"data": text(limits.DATA), "mode": one_of("date", "time", "datetime")},
        {"initial": _moment, "max": _moment, "min": _moment},
    ),
    "clipboard": ({"clipboardText": text(limits.COPIED)}, {}),
}
_QUICK_ONLY: dict[str, tuple[Fields, Fields]] = {"camera": ({}, {}), "cameraRoll": ({}, {}), "location": ({}, {})}


def _action(label: Room, *, labelled: bool = True, quick: bool = False) -> Rule:
    """Return the rule for an action; `labelled`: it must have a label."""
    kinds = _TAPS | _QUICK_ONLY if quick else _TAPS
    mine: Fields = {"label": text(label)}
    return by_type(
        {
            kind: record({**needed, **mine}, maybe) if labelled else record(needed, {**maybe, **mine})
            for kind, (needed, maybe) in kinds.items()
        }
    )


button = _action(limits.LABEL)
whole_card = _action(limits.LABEL, labelled=False)
picture = _action(limits.PICTURE_LABEL, labelled=False)
flex_button = _action(limits.FLEX_LABEL)
flex_part = _action(limits.FLEX_LABEL, labelled=False)

quick_reply = record(
    {"items": some(record({"action": _action(limits.LABEL, quick=True)}, {"imageUrl": media}), 1, limits.QUICK_REPLIES)}
)
