"""Flex messages: boxes, texts, pictures and buttons laid out as LINE does, in LINE's own px."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from shopdesk.ui.phone import measures as m
from shopdesk.ui.phone.blocks import Block, Words, beside, colour, filled, framed, nothing, padded, picture, stacked
from shopdesk.ui.phone.boxes import Drawing, in_column, in_row

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPainter

    from shopdesk.ui.phone.blocks import Look

Component = dict[str, Any]
_ALIGN = {
    "start": Qt.AlignmentFlag.AlignLeft,
    "center": Qt.AlignmentFlag.AlignHCenter,
    "end": Qt.AlignmentFlag.AlignRight,
}
_LINE, _BETWEEN = 1.4, 10.0
_ASCENT = 0.88  # of the letters' height stands above their baseline
_BUTTON_TEXT, _BUTTON_LINE, _BUTTON_SIDE, _BUTTON_CORNER = 16.0, 22.0, 16.0, 8.0


def flex(look: Look, message: Component) -> Block:
    """Return a Flex message: a bubble, or several in a row."""
    contents = _dict(message.get("contents"))
    if contents.get("type") == "carousel":
        bubbles = [_bubble(look, one) for one in _list(contents)]
        highest = max((one.height for one in bubbles), default=0)
        return beside([_on_ground(Block(one.width, highest, one.paint)) for one in bubbles], _BETWEEN)
    return _on_ground(_bubble(look, contents))


def _on_ground(bubble: Block) -> Block:
    return framed(bubble, colour(None, m.GROUND), m.BUBBLE_CORNER)


def _bubble(look: Look, bubble: Component) -> Block:
    width = float(m.BUBBLE.get(str(bubble.get("size")), m.BUBBLE["mega"]))
    styles = _dict(bubble.get("styles"))
    parts: list[Block] = []
    for name, padding in m.BLOCK_PADDING.items():
        block = _dict(bubble.get(name))
        if not block:
            continue
        style = _dict(styles.get(name))
        part = component(look, {"paddingAll": f"{padding}px", **block}, width)
        if style.get("backgroundColor"):
            part = framed(part, colour(style["backgroundColor"], m.GROUND), 0)
        if style.get("separator") and parts:
            parts.append(filled(width, 1, colour(style.get("separatorColor"), m.RULE)))
        parts.append(part)
    return stacked(parts).at_width(width)


def component(look: Look, one: Component, width: float) -> Block:
    """Return a component laid out in a width."""
    draw = _DRAWN.get(str(one.get("type")))
    return draw(look, one, width) if draw else nothing()


def natural(look: Look, one: Component) -> float:
    """Return how wide a component is of itself."""
    kind = one.get("type")
    if one.get("width"):
        return m.length(one["width"], {})
    if kind == "text":
        return words(look, one).natural()
    if kind == "icon":
        return _icon_size(one) * m.ratio(one.get("aspectRatio"))
    if kind == "image":
        return m.length(one.get("size"), m.IMAGE, m.IMAGE["md"])
    if kind == "button":
        return Words(_label(one), look.font(_BUTTON_TEXT), colour(None, m.INK), 0).natural() + 2 * _BUTTON_SIDE
    return _natural_box(look, one) if kind == "box" else 1.0


def _rise(one: Component) -> float:
    size = _icon_size(one)
    return size if one.get("type") == "icon" else size * (_LINE + 1) / 2 * _ASCENT


def _natural_box(look: Look, box: Component) -> float:
    top, right, bottom, left = _padding(box, 0.0)
    del top, bottom
    widths = [natural(look, one) for one in _list(box)]
    if box.get("layout") == "vertical":
        return left + right + max(widths, default=0.0)
    return left + right + sum(widths) + m.length(box.get("spacing"), m.GAP) * max(0, len(widths) - 1)


def _box(look: Look, box: Component, width: float) -> Block:
    width = min(width, m.length(box.get("width"), {}, width, width))
    top, right, bottom, left = _padding(box, width)
    inner = max(1.0, width - left - right)
    lay = in_column if box.get("layout") == "vertical" else in_row
    drawing = Drawing(partial(component, look), partial(natural, look), _rise)
    flowing = [one for one in _list(box) if one.get("position") != "absolute"]
    made = padded(lay(drawing, box, flowing, inner), top, right, bottom, left)
    made = Block(made.width, m.length(box.get("height"), {}, made.height), made.paint)
    for one in _list(box):
        if one.get("position") == "absolute":
            made = _over(made, one, component(look, one, min(width, natural(look, one))))
    ground = colour(_ground(box), m.GROUND) if _ground(box) else None
    corner = m.length(box.get("cornerRadius"), m.CORNER)
    border = m.length(box.get("borderWidth"), m.BORDER)
    if ground is None and not corner and not border:
        return made
    return framed(made, ground, corner, (border, colour(box.get("borderColor"), m.RULE)))


def _over(under: Block, one: Component, block: Block) -> Block:
    """Draw an absolute part over a box, at its offsets."""
    end, bottom = one.get("offsetEnd"), one.get("offsetBottom")
    left = m.length(one.get("offsetStart"), m.GAP, 0, under.width)
    top = m.length(one.get("offsetTop"), m.GAP, 0, under.height)
    if end is not None and one.get("offsetStart") is None:
        left = under.width - block.width - m.length(end, m.GAP, 0, under.width)
    if bottom is not None and one.get("offsetTop") is None:
        top = under.height - block.height - m.length(bottom, m.GAP, 0, under.height)

    def paint(p: QPainter, x: float, y: float) -> None:
        under.paint(p, x, y)
        block.paint(p, x + left, y + top)

    return Block(under.width, under.height, paint)


def _ground(box: Component) -> object:
    gradient = _dict(box.get("background"))
    return gradient.get("startColor") or box.get("backgroundColor")


def _padding(box: Component, width: float) -> tuple[float, float, float, float]:
    whole = m.length(box.get("paddingAll"), m.GAP, 0, width)
    sides = ("paddingTop", "paddingEnd", "paddingBottom", "paddingStart")
    top, right, bottom, left = (m.length(box.get(side), m.GAP, whole, width) for side in sides)
    return top, right, bottom, left


def _text(look: Look, one: Component, width: float) -> Block:
    return words(look, one).block(width)


def words(look: Look, one: Component) -> Words:
    """Return the words of a text component; of several spans the looks of the first."""
    spans = _list(one)
    said = "".join(str(span.get("text") or "") for span in spans) if spans else str(one.get("text") or "")
    first = {**one, **{key: value for key, value in (spans[0] if spans else {}).items() if key != "type"}}
    size = m.length(first.get("size"), m.TEXT, m.TEXT["md"])
    font = look.font(size, bold=first.get("weight") == "bold")
    font.setItalic(first.get("style") == "italic")
    font.setStrikeOut(first.get("decoration") == "line-through")
    font.setUnderline(first.get("decoration") == "underline")
    return Words(
        said,
        font,
        colour(first.get("color"), m.INK),
        size * _LINE + m.length(one.get("lineSpacing"), {}),
        wrap=bool(one.get("wrap")),
        most=int(one.get("maxLines") or 0),
        align=_ALIGN.get(str(one.get("align")), Qt.AlignmentFlag.AlignLeft),
    )


def _image(look: Look, one: Component, width: float) -> Block:
    shape = m.ratio(one.get("aspectRatio"))
    wide = width if one.get("size") == "full" else m.length(one.get("size"), m.IMAGE, m.IMAGE["md"], width)
    wide = min(wide, width)
    drawn = picture(look, str(one.get("url")), wide, wide / shape, cover=one.get("aspectMode") == "cover")
    spare = width - wide
    left = {"start": 0.0, "end": spare}.get(str(one.get("align")), spare / 2)
    return padded(drawn, 0, spare - left, 0, left)


def _video(look: Look, one: Component, width: float) -> Block:
    return picture(look, str(one.get("previewUrl")), width, width / m.ratio(one.get("aspectRatio")))


def _icon_size(one: Component) -> float:
    return m.length(one.get("size"), m.TEXT, m.TEXT["md"])


def _icon(look: Look, one: Component, _width: float) -> Block:
    size = _icon_size(one)
    return picture(look, str(one.get("url")), size * m.ratio(one.get("aspectRatio")), size, cover=False)


def _button(look: Look, one: Component, width: float) -> Block:
    style = str(one.get("style") or "link")
    height = float(m.BUTTON["sm" if one.get("height") == "sm" else "md"])
    ink = {"primary": "#FFFFFF", "secondary": m.INK}.get(style, str(one.get("color") or m.LINK))
    centred = Qt.AlignmentFlag.AlignHCenter
    said = Words(_label(one), look.font(_BUTTON_TEXT), colour(ink, m.LINK), _BUTTON_LINE, wrap=False, align=centred)
    free = (height - _BUTTON_LINE) / 2
    inner = padded(said.block(max(1.0, width - 2 * _BUTTON_SIDE)), free, _BUTTON_SIDE, free, _BUTTON_SIDE)
    if style == "link":
        return inner
    return framed(inner, colour(one.get("color"), m.PRIMARY if style == "primary" else m.SECONDARY), _BUTTON_CORNER)


def _separator(_look: Look, one: Component, width: float) -> Block:
    return filled(width, 1, colour(one.get("color"), m.RULE))


_DRAWN: dict[str, Callable[[Look, Component, float], Block]] = {
    "box": _box,
    "text": _text,
    "image": _image,
    "video": _video,
    "icon": _icon,
    "button": _button,
    "separator": _separator,
    "filler": lambda _look, _one, width: nothing().at_width(width),
}


def _label(button: Component) -> str:
    return str(_dict(button.get("action")).get("label") or "")


def _dict(found: object) -> Component:
    return found if isinstance(found, dict) else {}


def _list(one: Component) -> list[Component]:
    found = one.get("contents")
    return [part for part in found if isinstance(part, dict)] if isinstance(found, list) else []
