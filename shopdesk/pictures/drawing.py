"""Pictures that the program draws itself: tiles with an icon and a word, for who has no picture of their own."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from PIL import Image, ImageDraw, ImageFont

from shopdesk import paths
from shopdesk.pictures.sizing import Sized, saved
from shopdesk.pictures.strokes import mask

if TYPE_CHECKING:
    from collections.abc import Sequence

# Shares of a tile's shorter side, or of its width.
_ICON, _WORD, _GAP, _ROOM = 0.27, 0.105, 0.08, 0.88
_FLAT = 1.7
"""So many times as wide as high, the icon stands beside the word."""
_SMALLEST_WORD = 0.6
_UNDRAWN = frozenset({"So", "Cs", "Co", "Cn", "Cc", "Cf", "Mn", "Me"})


class Cell(NamedTuple):
    """A tile in the picture's pixels; `icon` is a file of `resources/icons` or '', `word` may be ''."""

    x: int
    y: int
    width: int
    height: int
    icon: str
    word: str


class Paints(NamedTuple):
    """Colours as #RRGGBB: the ground, the lines between tiles, icons, words."""

    ground: str
    edge: str
    icon: str
    word: str


def tiles(width: int, height: int, cells: Sequence[Cell], paints: Paints) -> Sized:
    """Draw tiles on one picture and return it as PNG: flat colours, so that even the largest has far less than 1 MB."""
    image = Image.new("RGB", (width, height), paints.ground)
    draw = ImageDraw.Draw(image)
    edge = max(2, width // 400)
    for cell in cells:
        right, bottom = cell.x + cell.width, cell.y + cell.height
        # Only between tiles: the outer edge is the phone's.
        if right < width:
            draw.rectangle([right - edge // 2, cell.y, right + edge // 2, bottom], fill=paints.edge)
        if bottom < height:
            draw.rectangle([cell.x, bottom - edge // 2, right, bottom + edge // 2], fill=paints.edge)
    for cell in cells:
        _fill(image, cell, paints)
    return Sized(width, height, "image/png", saved(image, "PNG", optimize=True))


def _fill(image: Image.Image, cell: Cell, paints: Paints) -> None:
    word = "".join(one for one in cell.word if unicodedata.category(one) not in _UNDRAWN).strip()
    flat = cell.width > _FLAT * cell.height
    side = min(cell.width, cell.height)
    icon = round(side * (_ICON * 1.4 if flat else _ICON)) if cell.icon else 0
    gap = round(side * _GAP) if icon and word else 0
    room = cell.width * _ROOM - (icon + gap if flat else 0)
    font, lines = _fitted(word, round(side * _WORD * (1.6 if flat else 1)), room)
    line_height = sum(font.getmetrics())
    text_width = max((font.getlength(line) for line in lines), default=0)
    text_height = line_height * len(lines)
    whole = (
        (icon + gap + text_width, max(icon, text_height)) if flat else (max(icon, text_width), icon + gap + text_height)
    )
    left, top = cell.x + (cell.width - whole[0]) / 2, cell.y + (cell.height - whole[1]) / 2
    if icon:
        place = (left, top + (whole[1] - icon) / 2) if flat else (cell.x + (cell.width - icon) / 2, top)
        image.paste(paints.icon, (round(place[0]), round(place[1])), mask(cell.icon, icon))
    draw = ImageDraw.Draw(image)
    middle = left + icon + gap + text_width / 2 if flat else cell.x + cell.width / 2
    first = top + ((whole[1] - text_height) / 2 if flat else icon + gap)
    for number, line in enumerate(lines):
        draw.text((middle, first + line_height * number), line, fill=paints.word, font=font, anchor="ma")


def _fitted(word: str, size: int, room: float) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """The largest letters with which a word fits on one line, or on two, and the lines."""
    for lines in ([word], _halves(word)):
        for share in (1.0, 0.9, 0.8, 0.7, _SMALLEST_WORD):
            font = _font(max(8, round(size * share)))
            if all(font.getlength(line) <= room for line in lines):
                return font, [line for line in lines if line]
    smaller = room / max(1.0, *(font.getlength(line) for line in lines))
    return _font(max(8, int(font.size * smaller))), lines


def _halves(word: str) -> list[str]:
    """A word on two lines: at the space nearest its middle, else in the middle."""
    middle = len(word) // 2
    spaces = [place for place, sign in enumerate(word) if sign.isspace()]
    cut = min(spaces, key=lambda place: abs(place - middle), default=len(word) - middle)
    return [word[:cut].strip(), word[cut:].strip()]


@lru_cache(maxsize=32)
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(paths.resources() / "fonts" / "NotoSansJP_700Bold.ttf", size)
