"""Template messages: buttons, confirm, carousel, image carousel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.rehearsal.objects.actions import default_action, image_carousel_action, template_action
from shopdesk.rehearsal.objects.graphemes import grapheme_length
from shopdesk.rehearsal.objects.shapes import Rule, by_type, https, items, one_of, record, string, wrong

if TYPE_CHECKING:
    from shopdesk.rehearsal.answers import Problem

_SHORT = 60
_COLUMNS = 10


def _text(high: int) -> Rule:
    return string(1, high, length=grapheme_length)


def _short_beside_picture(value: object, at: str, problems: list[Problem]) -> None:
    """LINE: 60 characters where there is a title or a picture."""
    if not isinstance(value, dict) or not (value.get("title") or value.get("thumbnailImageUrl")):
        return
    if grapheme_length(value["text"]) > _SHORT:
        wrong(problems, f"{at}.text", f"Length must be between 1 and {_SHORT}")


def _alike(value: object, at: str, problems: list[Problem]) -> None:
    """LINE: all columns have as many actions, and all or none a title, all or none a picture."""
    columns = value["columns"] if isinstance(value, dict) else []
    kinds = {(len(one["actions"]), bool(one.get("title")), bool(one.get("thumbnailImageUrl"))) for one in columns}
    if len(kinds) > 1:
        wrong(
            problems, f"{at}.columns", "Columns must have the same number of actions and the same title and image use"
        )


_LOOK = {"imageAspectRatio": one_of("rectangle", "square"), "imageSize": one_of("cover", "contain")}
_CARD = {"thumbnailImageUrl": https, "title": _text(40), "defaultAction": default_action}

_column = record(
    {"text": _text(120), "actions": items(template_action, 1, 3)},
    {**_CARD, "imageBackgroundColor": string(1, 7)},
    _short_beside_picture,
)

template = by_type(
    {
        "buttons": record(
            {"text": _text(160), "actions": items(template_action, 1, 4)},
            {**_CARD, **_LOOK, "imageBackgroundColor": string(1, 7)},
            _short_beside_picture,
        ),
        "confirm": record({"text": _text(240), "actions": items(template_action, 2, 2)}),
        "carousel": record({"columns": items(_column, 1, _COLUMNS)}, _LOOK, _alike),
        "image_carousel": record(
            {"columns": items(record({"imageUrl": https, "action": image_carousel_action}), 1, _COLUMNS)}
        ),
    }
)
