"""Ready sizes and divisions of a menu, and what is drawn in one that nobody has filled yet."""

from __future__ import annotations

from shopdesk.menus.records import Area
from shopdesk.pictures import Paints

SIZES = ((2500, 1686), (2500, 843), (1200, 810), (1200, 405), (800, 540), (800, 270))
"""Pixels that LINE's own manager offers, too: tall and flat ones, in three finenesses."""

# Each layout is its rows from above, each row the shares of its tiles; all rows are equally high.
_ROWS: dict[str, tuple[tuple[int, ...], ...]] = {
    "six": ((1, 1, 1), (1, 1, 1)),
    "four": ((1, 1), (1, 1)),
    "one and three": ((1,), (1, 1, 1)),
    "three": ((1, 1, 1),),
    "large and small": ((2, 1),),
    "two": ((1, 1),),
    "one": ((1,),),
}
LAYOUTS = tuple(_ROWS)

_GROUND, _EDGE, _WORD = "#FFFBF2", "#E3DCC8", "#24221F"
COLOURS = {
    "red": "#B0524A",
    "blue": "#30499B",
    "green": "#4E7A4A",
    "brown": "#8F6029",
    "purple": "#7A4F86",
    "black": "#3F3B36",
}
"""The shop's six colours, the same as of its card; words of `Design.colour`."""


def areas(layout: str, width: int, height: int) -> tuple[Area, ...]:
    """Return the empty areas of a ready layout: they fill the menu, without gap and overlap. `layout` is one of `LAYOUTS`."""
    rows = _ROWS[layout]
    found = []
    for number, shares in enumerate(rows):
        top, bottom = height * number // len(rows), height * (number + 1) // len(rows)
        whole, before = sum(shares), 0
        for share in shares:
            left, right = width * before // whole, width * (before + share) // whole
            found.append(Area(left, top, right - left, bottom - top))
            before += share
    return tuple(found)


def layout_of(found: tuple[Area, ...], width: int, height: int) -> str:
    """Return the ready layout in which areas stand, '' where they are of the shop's own making."""
    bounds = [(one.x, one.y, one.width, one.height) for one in found]
    return next(
        (
            name
            for name in LAYOUTS
            if [(one.x, one.y, one.width, one.height) for one in areas(name, width, height)] == bounds
        ),
        "",
    )


def paints(colour: str) -> Paints:
    """Return what a menu is drawn with. `colour` is one of `COLOURS`."""
    return Paints(_GROUND, _EDGE, COLOURS[colour], _WORD)
