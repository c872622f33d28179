"""LINE's own measures and colours of Flex messages and templates, in LINE's px.

Source: LINE Developers documentation, "Flex Message elements" and "Flex Message layout", 2026-08: the keyword sizes are
named there, their px are those the simulator draws with. Colours are those of the LINE app, which the shop cannot choose.
"""

from __future__ import annotations

import re

BUBBLE = {"nano": 120, "micro": 160, "deca": 220, "hecto": 241, "kilo": 260, "mega": 300, "giga": 386}
TEXT = {"xxs": 11, "xs": 13, "sm": 14, "md": 16, "lg": 19, "xl": 22, "xxl": 29, "3xl": 35, "4xl": 48, "5xl": 74}
IMAGE = {"xxs": 40, "xs": 60, "sm": 80, "md": 100, "lg": 120, "xl": 140, "xxl": 160, "3xl": 180, "4xl": 200, "5xl": 220}
GAP = {"none": 0, "xs": 2, "sm": 4, "md": 8, "lg": 12, "xl": 16, "xxl": 20}
CORNER = {"none": 0, "xs": 2, "sm": 4, "md": 8, "lg": 12, "xl": 16, "xxl": 20}
BORDER = {"none": 0.0, "light": 0.5, "normal": 1.0, "medium": 2.0, "semi-bold": 3.0, "bold": 4.0}
BUTTON = {"md": 52, "sm": 40}
# What a block of a bubble keeps free around itself unless it says otherwise.
BLOCK_PADDING = {"header": 20.0, "hero": 0.0, "body": 20.0, "footer": 10.0}
BUBBLE_CORNER = 17.0

INK, GROUND, RULE = "#111111", "#FFFFFF", "#D4D6DA"
PRIMARY, SECONDARY, LINK = "#17C950", "#DCDFE5", "#42659A"
# Templates: title, text, and the rules between their buttons.
TEMPLATE_WIDTH, TEMPLATE_COLUMN = 300.0, 260.0
TEMPLATE_TEXT = "#666F86"

_PIXELS = re.compile(r"(\d+(?:\.\d+)?)px")
_SHARE = re.compile(r"(\d+(?:\.\d+)?)%")


def length(said: object, named: dict[str, int] | dict[str, float], other: float = 0.0, of: float = 0.0) -> float:
    """Return a length in LINE's px: a keyword, `12px`, or `50%` of `of`; `other` where it is none of these."""
    text = str(said) if said is not None else ""
    if text in named:
        return float(named[text])
    if found := _PIXELS.fullmatch(text):
        return float(found[1])
    if (found := _SHARE.fullmatch(text)) and of:
        return of * float(found[1]) / 100
    return other


def ratio(said: object, other: float = 1.0) -> float:
    """Return width by height of `20:13`, held to what LINE draws (height at most three times the width)."""
    found = re.fullmatch(r"(\d{1,5}(?:\.\d+)?):(\d{1,5}(?:\.\d+)?)", str(said))
    if not found or not float(found[1]) or not float(found[2]):
        return other
    return max(1 / 3, float(found[1]) / float(found[2]))
