"""Template messages: buttons, confirm, carousels, drawn as the LINE app draws them, in LINE's px."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from shopdesk.ui.phone import measures as m
from shopdesk.ui.phone.blocks import Block, Words, beside, colour, filled, framed, nothing, padded, picture, stacked

if TYPE_CHECKING:
    from shopdesk.ui.phone.blocks import Look

Part = dict[str, Any]
_BUTTON, _SIDE, _BETWEEN = 44.0, 16.0, 10.0
_CENTRED = Qt.AlignmentFlag.AlignHCenter


def template(look: Look, message: Part) -> Block:
    """Return a template message; its kind decides the looks."""
    found: Part = message.get("template") or {}
    kind = found.get("type")
    if kind == "image_carousel":
        return beside([_picture_column(look, one) for one in _parts(found, "columns")], _BETWEEN)
    if kind == "carousel":
        columns = [_column(look, {**found, **one}, m.TEMPLATE_COLUMN) for one in _parts(found, "columns")]
        highest = max((one.height for one in columns), default=0.0)
        return beside([_card(Block(one.width, highest, one.paint)) for one in columns], _BETWEEN)
    if kind == "confirm":
        return _card(_confirm(look, found))
    return _card(_column(look, found, m.TEMPLATE_WIDTH)) if kind == "buttons" else nothing()


def _card(block: Block) -> Block:
    return framed(block, colour(None, m.GROUND), m.BUBBLE_CORNER)


def _column(look: Look, one: Part, width: float) -> Block:
    parts = []
    if one.get("thumbnailImageUrl"):
        height = width if one.get("imageAspectRatio") == "square" else width / 1.51
        cover = one.get("imageSize") != "contain"
        shown = picture(look, str(one["thumbnailImageUrl"]), width, height, cover=cover)
        parts.append(framed(shown, colour(one.get("imageBackgroundColor"), m.GROUND), 0))
    inner = width - 2 * _SIDE
    said = []
    if one.get("title"):
        said.append(Words(str(one["title"]), look.font(16, bold=True), colour(None, m.INK), 22).block(inner))
    said.append(Words(str(one.get("text") or ""), look.font(14), colour(None, m.TEMPLATE_TEXT), 20).block(inner))
    parts.append(padded(stacked(said, 6), 14, _SIDE, 14, _SIDE))
    parts.extend(_choice(look, action, width) for action in _parts(one, "actions"))
    return stacked(parts).at_width(width)


def _confirm(look: Look, one: Part) -> Block:
    width = m.TEMPLATE_WIDTH
    said = Words(str(one.get("text") or ""), look.font(16), colour(None, m.INK), 23).block(width - 2 * _SIDE)
    half = (width - 1) / 2
    both = [_choice(look, action, half) for action in _parts(one, "actions")[:2]]
    divided = [both[0], filled(1, _BUTTON, colour(None, m.RULE)), *both[1:]] if both else []
    return stacked([padded(said, 18, _SIDE, 18, _SIDE), beside(divided)]).at_width(width)


def _choice(look: Look, action: Part, width: float) -> Block:
    words = Words(str(action.get("label") or ""), look.font(15), colour(m.LINK, m.LINK), 20, wrap=False, align=_CENTRED)
    free = (_BUTTON - 20) / 2
    said = padded(words.block(width - 2 * _SIDE), free, _SIDE, free, _SIDE)
    return stacked([filled(width, 1, colour(None, m.RULE)), said])


def _picture_column(look: Look, one: Part) -> Block:
    """A square picture with its label in a dark pill near the foot."""
    width = m.TEMPLATE_COLUMN
    action = one.get("action") or {}
    words = Words(str(action.get("label") or ""), look.font(14), colour("#FFFFFF", m.GROUND), 20, wrap=False)
    pill = framed(
        padded(words.block(min(words.natural(), width - 4 * _SIDE)), 6, _SIDE, 6, _SIDE), colour("#00000099", m.INK), 16
    )
    shown = picture(look, str(one.get("imageUrl") or ""), width, width)

    def paint(p, x, y):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - a Paint
        shown.paint(p, x, y)
        if action.get("label"):
            pill.paint(p, x + (width - pill.width) / 2, y + width - pill.height - _SIDE)

    return framed(Block(width, width, paint), colour(None, m.GROUND), m.BUBBLE_CORNER)


def _parts(one: Part, key: str) -> list[Part]:
    found = one.get(key)
    return [part for part in found if isinstance(part, dict)] if isinstance(found, list) else []
