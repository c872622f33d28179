"""The icons of the program (Lucide: lines with round ends in a square of 24) as masks in which Pillow can paint."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from PIL import Image, ImageDraw

from shopdesk import paths

if TYPE_CHECKING:
    from collections.abc import Iterator

    Point = tuple[float, float]
    Line = list[Point]

_BOX, _WIDTH = 24.0, 1.75
# Drawn so many times larger, then made smaller: Pillow's own lines have hard edges.
_LARGER = 4
_BENDS = 60
_TOKEN = re.compile(r"([MmLlHhVvCcQqAaZz])|(-?(?:\d+\.?\d*|\.\d+))")
_NUMBERS = {"m": 2, "l": 2, "h": 1, "v": 1, "c": 6, "q": 4, "a": 7, "z": 0}


@lru_cache(maxsize=64)
def mask(icon: str, size: int) -> Image.Image:
    """Return an icon in a square of `size` pixels: 255 where it is painted. `icon` is a file of `resources/icons`."""
    scale = size * _LARGER / _BOX
    large = Image.new("L", (size * _LARGER, size * _LARGER), 0)
    draw, width = ImageDraw.Draw(large), _WIDTH * scale
    for line in _lines(icon):
        points = [(x * scale, y * scale) for x, y in line]
        for (x, y), end in pairwise(points):
            draw.line([(x, y), end], fill=255, width=round(width))
        for x, y in points:
            draw.ellipse([x - width / 2, y - width / 2, x + width / 2, y + width / 2], fill=255)
    return large.resize((size, size), Image.Resampling.BOX)


def _lines(icon: str) -> Iterator[Line]:
    for shape in ET.parse(paths.resources() / "icons" / f"{icon}.svg").getroot().iter():  # noqa: S314 - a file of our own
        kind, of = shape.tag.rpartition("}")[2], _Numbers(shape.attrib)
        if kind == "path":
            yield from _path(shape.attrib["d"])
        elif kind == "line":
            yield [(of["x1"], of["y1"]), (of["x2"], of["y2"])]
        elif kind == "circle":
            yield [*_around((of["cx"], of["cy"]), (of["r"], of["r"]), 0, 0, math.tau)]
        elif kind == "rect":
            yield from _path(_rounded(of["x"], of["y"], of["width"], of["height"], of["rx"]))


class _Numbers(dict[str, str]):
    """The attributes of a shape as numbers, 0 where one is missing."""

    def __getitem__(self, name: str) -> float:  # type: ignore[override]
        return float(self.get(name, "0"))


def _rounded(x: float, y: float, width: float, height: float, r: float) -> str:
    across, down = width - 2 * r, height - 2 * r
    corner = f"a{r} {r} 0 0 1"
    return f"M{x + r} {y}h{across}{corner} {r} {r}v{down}{corner} {-r} {r}h{-across}{corner} {-r} {-r}v{-down}{corner} {r} {-r}z"


def _path(said: str) -> Iterator[Line]:
    """Yield each line of a path as points; bends become short straight pieces."""
    line: Line = []
    for command, numbers in _commands(said):
        if command in "Mm":
            if len(line) > 1:
                yield line
            here = line[-1] if line else (0.0, 0.0)
            line = [_moved(here, command, numbers)]
        elif command in "Zz":
            line.append(line[0])
            yield line
            line = [line[0]]
        else:
            line += _drawn(line[-1], command, numbers)
    if len(line) > 1:
        yield line


def _commands(said: str) -> Iterator[tuple[str, list[float]]]:
    command, numbers = "", list[float]()
    for letter, number in _TOKEN.findall(said):
        if letter:
            command = letter
        else:
            numbers.append(float(number))
        if command and len(numbers) == _NUMBERS[command.lower()]:
            yield command, numbers
            # What follows a move without a letter of its own is a line.
            command, numbers = {"M": "L", "m": "l", "Z": "", "z": ""}.get(command, command), []


def _moved(here: Point, command: str, numbers: list[float]) -> Point:
    x, y = numbers[-2:]
    return (here[0] + x, here[1] + y) if command.islower() else (x, y)


def _drawn(here: Point, command: str, numbers: list[float]) -> Line:
    kind, (x, y) = command.lower(), here
    if kind == "h":
        return [(x + numbers[0] if command == "h" else numbers[0], y)]
    if kind == "v":
        return [(x, y + numbers[0] if command == "v" else numbers[0])]
    end = _moved(here, command, numbers)
    if kind == "a":
        return _arc(here, end, numbers)
    if kind == "l":
        return [end]
    pairs = [(numbers[place], numbers[place + 1]) for place in range(0, len(numbers), 2)]
    return _bend([here, *(_moved(here, command, list(pair)) for pair in pairs)])


def _bend(points: Line) -> Line:
    """Points on a Bézier curve of any degree (de Casteljau)."""
    found = []
    for step in range(1, _BENDS + 1):
        t, left = step / _BENDS, points
        while len(left) > 1:
            left = [(a + (c - a) * t, b + (d - b) * t) for (a, b), (c, d) in pairwise(left)]
        found.append(left[0])
    return found


def _arc(start: Point, end: Point, numbers: list[float]) -> Line:
    """Points on an elliptical arc between two points (SVG 1.1, appendix F.6.5)."""
    rx, ry, turned, large, sweep = *map(abs, numbers[:2]), math.radians(numbers[2]), numbers[3], numbers[4]
    cos, sin = math.cos(turned), math.sin(turned)
    half_x, half_y = (start[0] - end[0]) / 2, (start[1] - end[1]) / 2
    x, y = cos * half_x + sin * half_y, cos * half_y - sin * half_x
    grown = math.sqrt(max(1.0, (x / rx) ** 2 + (y / ry) ** 2))
    rx, ry = rx * grown, ry * grown
    below = (rx * y) ** 2 + (ry * x) ** 2
    root = math.sqrt(max(0.0, (rx * ry) ** 2 - below) / below) * (1 if large != sweep else -1)
    centre_x, centre_y = root * rx * y / ry, -root * ry * x / rx
    first = math.atan2((y - centre_y) / ry, (x - centre_x) / rx)
    last = math.atan2((-y - centre_y) / ry, (-x - centre_x) / rx)
    round_ = (last - first) % math.tau if sweep else -((first - last) % math.tau)
    middle_x = cos * centre_x - sin * centre_y + (start[0] + end[0]) / 2
    middle_y = sin * centre_x + cos * centre_y + (start[1] + end[1]) / 2
    return [*_around((middle_x, middle_y), (rx, ry), turned, first, round_)]


def _around(middle: Point, radii: Point, turned: float, first: float, by: float) -> Iterator[Point]:
    (x, y), (rx, ry), cos, sin = middle, radii, math.cos(turned), math.sin(turned)
    for step in range(_BENDS + 1):
        angle = first + by * step / _BENDS
        across, down = rx * math.cos(angle), ry * math.sin(angle)
        yield (x + cos * across - sin * down, y + sin * across + cos * down)
