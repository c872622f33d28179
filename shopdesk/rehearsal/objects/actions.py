"""What a tap may do: LINE's action objects, by the place they stand in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shopdesk.rehearsal.objects.graphemes import grapheme_length
from shopdesk.rehearsal.objects.shapes import EMPTY, Rule, by_type, one_of, record, string, uri, wrong

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shopdesk.rehearsal.answers import Problem

_LABEL = 20
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d|\d\d:\d\d|\d{4}-\d\d-\d\d[Tt]\d\d:\d\d")
_said = string(0, 300, length=grapheme_length)
_moment = string(1, 16, pattern=_MOMENT)


def _one_text_only(value: object, at: str, problems: list[Problem]) -> None:
    if isinstance(value, dict) and value.get("text") is not None and value.get("displayText") is not None:
        wrong(problems, f"{at}.displayText", "Cannot be specified together with text")


def _some_address(value: object, at: str, problems: list[Problem]) -> None:
    if isinstance(value, dict) and not value.get("uri") and not value.get("linkUri"):
        wrong(problems, f"{at}.uri", EMPTY)


_PARTS: Mapping[str, tuple[Mapping[str, Rule], Mapping[str, Rule]]] = {
    "postback": (
        {"data": string(1, 300)},
        {
            "displayText": _said,
            "text": _said,
            "fillInText": _said,
            "inputOption": one_of("closeRichMenu", "openRichMenu", "openKeyboard", "openVoice"),
        },
    ),
    "message": ({"text": string(1, 300, length=grapheme_length)}, {}),
    "uri": ({"uri": uri(1000)}, {"altUri": record({}, {"desktop": uri(1000)})}),
    "datetimepicker": (
        {"data": string(1, 300), "mode": one_of("date", "time", "datetime")},
        {"initial": _moment, "max": _moment, "min": _moment},
    ),
    "clipboard": ({"clipboardText": string(1, 1000)}, {}),
    "camera": ({}, {}),
    "cameraRoll": ({}, {}),
    "location": ({}, {}),
    "richmenuswitch": ({"richMenuAliasId": string(1, 32), "data": string(1, 300)}, {}),
}
_TAPPED = ("postback", "message", "uri", "datetimepicker", "clipboard")


def _actions(kinds: tuple[str, ...], label: Rule, *, labelled: bool) -> Rule:
    made = {}
    for kind in kinds:
        needed, maybe = _PARTS[kind]
        if labelled:
            made[kind] = record({**needed, "label": label}, maybe, _one_text_only)
        else:
            made[kind] = record(needed, {**maybe, "label": label}, _one_text_only)
    return by_type(made)


def _label(high: int) -> Rule:
    return string(1, high, length=grapheme_length)


# LINE: how long a label may be, and whether there must be one, depends on where the action stands.
template_action = _actions(_TAPPED, _label(_LABEL), labelled=True)
default_action = _actions(_TAPPED, _label(_LABEL), labelled=False)
image_carousel_action = _actions(_TAPPED, _label(12), labelled=False)
flex_button_action = _actions(_TAPPED, _label(40), labelled=True)
flex_action = _actions(_TAPPED, _label(40), labelled=False)
quick_reply_action = _actions((*_TAPPED, "camera", "cameraRoll", "location"), _label(_LABEL), labelled=True)
rich_menu_action = _actions((*_TAPPED, "richmenuswitch"), _label(_LABEL), labelled=False)
# What a tap may bring back from a phone: also the areas of an imagemap, whose addresses have another name.
tappable = by_type(
    {
        **{
            kind: record(*_PARTS[kind])
            for kind in ("postback", "message", "datetimepicker", "clipboard", "richmenuswitch")
        },
        "uri": record({}, {"uri": uri(1000), "linkUri": uri(1000)}, _some_address),
    }
)
