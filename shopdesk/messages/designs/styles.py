"""How the lines of a card look: each style makes a Flex component of a value, and reads the value back from one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

Component = dict[str, Any]
# A text, yen, or lines of (what, yen).
Value: TypeAlias = str | int | tuple[tuple[str, int], ...]

ACCENT = "#30499B"
INK = "#24221F"
SOFT_INK = "#6E675C"
LINE = "#E4DFD7"
WELL = "#F3F5FB"

_YEN = re.compile(r"(-?)([\d,]+)円")


@dataclass(frozen=True, slots=True)
class Style:
    """One kind of line: `make` draws a value, `take` finds what may have been drawn; both together decide."""

    make: Callable[[Any], Component]
    take: Callable[[Component], Value | None]

    def read(self, component: Component) -> Value | None:
        """Return the value this style drew the component from, None where it is not of this style."""
        try:
            value = self.take(component)
        except (KeyError, IndexError, TypeError, AttributeError):
            return None
        return value if value is not None and self.make(value) == component else None


def yen_said(yen: int) -> str:
    """Write yen as customers read them: 1,980円."""
    return f"{yen:,}円"


def yen_read(said: str) -> int | None:
    """Read what `yen_said` wrote."""
    found = _YEN.fullmatch(said)
    return int(found[1] + found[2].replace(",", "")) if found else None


def _text(said: str, size: str, colour: str, **more: Any) -> Component:
    return {"type": "text", "text": said, "size": size, "color": colour, "wrap": True, **more}


def _said(component: Component) -> str:
    return str(component["text"])


def _fact(word: str, said: str, **more: Any) -> Component:
    return {
        "type": "box",
        "layout": "horizontal",
        "spacing": "md",
        "margin": "md",
        "contents": [
            _text(word, "sm", SOFT_INK, flex=2),
            _text(said, "sm", INK, flex=5, **more),
        ],
    }


def _yen_of(component: Component) -> int | None:
    return yen_read(component["text"])


LABEL = Style(lambda said: _text(said, "xs", ACCENT, weight="bold"), _said)
TITLE = Style(lambda said: _text(said, "xl", INK, weight="bold", margin="sm"), _said)
WORDS = Style(lambda said: _text(said, "sm", INK, margin="md", lineSpacing="4px"), _said)
SMALL = Style(lambda said: _text(said, "xs", SOFT_INK, margin="md"), _said)
PRICE = Style(lambda yen: _text(yen_said(yen), "xl", INK, weight="bold", margin="md"), _yen_of)
FORMER_PRICE = Style(lambda yen: _text(yen_said(yen), "sm", SOFT_INK, decoration="line-through", margin="md"), _yen_of)


def fact(word: str) -> Style:
    """Return the style of a line with a word before it: 日時 …"""
    return Style(lambda said: _fact(word, said), lambda component: _said(component["contents"][1]))


def _code(said: str) -> Component:
    return {
        "type": "box",
        "layout": "vertical",
        "margin": "lg",
        "paddingAll": "md",
        "cornerRadius": "md",
        "backgroundColor": WELL,
        "contents": [_text(said, "lg", ACCENT, weight="bold", align="center")],
    }


CODE = Style(_code, lambda component: _said(component["contents"][0]))


def _amount(what: str, yen: int, **more: Any) -> Component:
    return {
        "type": "box",
        "layout": "horizontal",
        "spacing": "md",
        "contents": [
            _text(what, "sm", INK, flex=5, **more),
            _text(yen_said(yen), "sm", INK, flex=3, align="end", **more),
        ],
    }


def _amounts(lines: tuple[tuple[str, int], ...]) -> Component:
    return {
        "type": "box",
        "layout": "vertical",
        "margin": "lg",
        "spacing": "sm",
        "contents": [_amount(what, yen) for what, yen in lines],
    }


def _taken(component: Component) -> tuple[tuple[str, int], ...] | None:
    lines = [one["contents"] for one in component["contents"]]
    return tuple((_said(what), yen) for what, said in lines if (yen := yen_read(_said(said))) is not None)


AMOUNTS = Style(_amounts, _taken)
TOTAL = Style(
    lambda yen: {**_amount("合計", yen, weight="bold"), "margin": "lg"},
    lambda component: yen_read(_said(component["contents"][1])),
)
