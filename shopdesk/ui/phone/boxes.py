"""Where the parts of a Flex box stand: under each other, or beside each other by their weights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from shopdesk.ui.phone import measures as m
from shopdesk.ui.phone.blocks import Block

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Component = dict[str, Any]
_SHIFT = {"center": 0.5, "flex-end": 1.0, "end": 1.0, "bottom": 1.0}


@dataclass(frozen=True, slots=True)
class Drawing:
    """How a part is drawn in a width, how wide it is of itself, and how far below its top its letters stand."""

    draw: Callable[[Component, float], Block]
    natural: Callable[[Component], float]
    rise: Callable[[Component], float]


def in_column(drawing: Drawing, box: Component, parts: Sequence[Component], width: float) -> Block:
    """Put parts under each other."""
    gap, centred = _gap(box), _SHIFT.get(str(box.get("alignItems")))
    placed: list[tuple[Block, float, float]] = []
    y = 0.0
    for number, part in enumerate(parts):
        y += _before(part, gap, first=not number)
        wide = width if centred is None else min(width, drawing.natural(part))
        block = drawing.draw(part, wide)
        placed.append((block, (width - block.width) * (centred or 0.0), y))
        y += block.height
    return _placed(placed, width, y)


def in_row(drawing: Drawing, box: Component, parts: Sequence[Component], width: float) -> Block:
    """Put parts beside each other: those with a weight share what the others leave."""
    gap = _gap(box)
    before = [_before(part, gap, first=not number) for number, part in enumerate(parts)]
    widths = _widths(drawing, parts, width - sum(before))
    blocks = [drawing.draw(part, wide) for part, wide in zip(parts, widths, strict=True)]
    height = max((one.height for one in blocks), default=0.0)
    spare = max(0.0, width - sum(before) - sum(widths))
    justify = str(box.get("justifyContent"))
    x = spare * _SHIFT.get(justify, 0.0)
    between = spare / (len(parts) - 1) if justify == "space-between" and len(parts) > 1 else 0.0
    rises = [drawing.rise(part) for part in parts] if box.get("layout") == "baseline" else []
    placed = []
    for number, (part, block, wide, room) in enumerate(zip(parts, blocks, widths, before, strict=True)):
        x += room
        down = max(rises) - rises[number] if rises else (height - block.height) * _down(box, part)
        placed.append((block, x, down))
        x += wide + between
    return _placed(placed, width, max((top + block.height for block, _left, top in placed), default=0.0))


def _widths(drawing: Drawing, parts: Sequence[Component], room: float) -> list[float]:
    weights = [_weight(part) for part in parts]
    fixed = [0.0 if weight else drawing.natural(part) for part, weight in zip(parts, weights, strict=True)]
    left = max(0.0, room - sum(fixed))
    whole = sum(weights)
    return [
        max(1.0, left * weight / whole) if weight else max(1.0, min(room, own))
        for weight, own in zip(weights, fixed, strict=True)
    ]


def _weight(part: Component) -> float:
    if part.get("width") or part.get("type") in {"icon", "separator"}:
        return 0.0
    said = part.get("flex", 1)
    return float(said) if isinstance(said, int | float) and said >= 0 else 1.0


def _down(box: Component, part: Component) -> float:
    return _SHIFT.get(str(part.get("gravity") or box.get("alignItems")), 0.0)


def _gap(box: Component) -> float:
    return m.length(box.get("spacing"), m.GAP)


def _before(part: Component, gap: float, *, first: bool) -> float:
    return m.length(part.get("margin"), m.GAP, 0.0 if first else gap)


def _placed(placed: Sequence[tuple[Block, float, float]], width: float, height: float) -> Block:
    def paint(p, x, y):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - a Paint
        for block, left, top in placed:
            block.paint(p, x + left, y + top)

    return Block(width, height, paint)
