"""Where areas go when they are moved, pulled at a corner or drawn: in the menu's own pixels, never outside of it. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from shopdesk.menus import Area

if TYPE_CHECKING:
    from collections.abc import Sequence

LEAST = 40
"""An area is at least so many pixels wide and high: less no finger hits."""
CORNERS = ((0, 0), (1, 0), (0, 1), (1, 1))
"""Left and top are 0, right and bottom 1."""


class Size(NamedTuple):
    """Of the menu, in its pixels."""

    width: int
    height: int


def moved(area: Area, dx: int, dy: int, size: Size) -> Area:
    """Return an area moved as far as the menu lets it."""
    return replace(
        area,
        x=max(0, min(size.width - area.width, area.x + dx)),
        y=max(0, min(size.height - area.height, area.y + dy)),
    )


def pulled(area: Area, corner: tuple[int, int], x: int, y: int, size: Size) -> Area:
    """Return an area with one of its `CORNERS` at a point; the opposite one stays."""
    left, right = _side(area.x, area.x + area.width, x, size.width, last=bool(corner[0]))
    top, bottom = _side(area.y, area.y + area.height, y, size.height, last=bool(corner[1]))
    return replace(area, x=left, y=top, width=right - left, height=bottom - top)


def _side(first: int, end: int, at: int, most: int, *, last: bool) -> tuple[int, int]:
    if last:
        return first, min(most, max(at, first + LEAST))
    return max(0, min(at, end - LEAST)), end


def between(x: int, y: int, to_x: int, to_y: int, size: Size) -> Area | None:
    """Return the area drawn from one point to another, None where it would be too small to hit."""
    left, right = sorted(max(0, min(size.width, one)) for one in (x, to_x))
    top, bottom = sorted(max(0, min(size.height, one)) for one in (y, to_y))
    if right - left < LEAST or bottom - top < LEAST:
        return None
    return Area(left, top, right - left, bottom - top)


def snapped(at: int, lines: Sequence[int], reach: int) -> int:
    """Return the line nearest to a place, where one lies within reach; else the place itself."""
    near = min(lines, key=lambda line: abs(line - at), default=at)
    return near if abs(near - at) <= reach else at


def lines_of(areas: Sequence[Area], size: Size) -> tuple[list[int], list[int]]:
    """Return the places at which edges like to meet, across and down: those of other areas, the menu's own, its middle."""
    across = {0, size.width // 2, size.width, *(one.x for one in areas), *(one.x + one.width for one in areas)}
    down = {0, size.height // 2, size.height, *(one.y for one in areas), *(one.y + one.height for one in areas)}
    return sorted(across), sorted(down)


def scaled(area: Area, before: Size, after: Size) -> Area:
    """Return an area of a menu of one size as it lies in another."""
    left, right = (one * after.width // before.width for one in (area.x, area.x + area.width))
    top, bottom = (one * after.height // before.height for one in (area.y, area.y + area.height))
    return replace(area, x=left, y=top, width=right - left, height=bottom - top)
