"""The theme: every colour, size and font by its name, read from `resources/themes`."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from typing import Any, Literal

from PySide6.QtGui import QColor, QFont

from shopdesk.paths import resources

Scheme = Literal["light", "dark"]
SCALES = {"standard": 1.0, "large": 1.15, "largest": 1.3}
_TOP_DOWN = ("size", "space")
_OF_THE_WINDOW = (  # of the screen, not of the text
    *("narrow_below", "overlay_below", "window_width", "window_height"),
    *("window_least_width", "window_least_height"),
)


class Theme:
    """One scheme at one text scale. Sizes are device-independent pixels, times milliseconds."""

    def __init__(self, name: Scheme, scale: float = 1.0) -> None:
        tokens = read_tokens(name)
        self.name: Scheme = name
        self.scale = scale
        self.family: str = tokens["type"]["family"]
        self._colours = {key: to_colour(value) for key, value in tokens["colour"].items()}
        self._lengths: dict[str, int] = {
            key: round(value * scale) for part in _TOP_DOWN for key, value in tokens[part].items()
        }
        self._stroke: float = tokens["size"]["icon_stroke"]
        self._lengths.update({key: tokens["size"][key] for key in _OF_THE_WINDOW})
        self._lengths.update(tokens["counter"])
        self._radii: dict[str, int] = tokens["radius"]
        self._borders: dict[str, int] = tokens["border"]
        self._times: dict[str, int] = tokens["motion"]
        self._shadows: dict[str, list[Any]] = tokens["shadow"]
        self._types = {key: value for key, value in tokens["type"].items() if isinstance(value, list)}
        self._fonts: dict[tuple[str, bool | None], QFont] = {}

    def __getitem__(self, colour: str) -> QColor:
        return self._colours[colour]

    def px(self, name: str) -> int:
        """Return a size or a space, at the text scale."""
        return self._lengths[name]

    def stroke(self) -> float:
        """Return the stroke of an icon, in the icon's own 24 px."""
        return self._stroke

    def radius(self, name: str) -> int:
        """Return a corner's radius."""
        return self._radii[name]

    def border(self, name: str) -> int:
        """Return the width of a line; the same at every text scale."""
        return self._borders[name]

    def ms(self, name: str) -> int:
        """Return how long a movement takes, in milliseconds."""
        return self._times[name]

    def shadow(self, name: str) -> tuple[int, int, int, QColor]:
        """Return x, y, blur and colour of a shadow."""
        x, y, blur, colour = self._shadows[name]
        return x, y, blur, to_colour(colour)

    def font(self, role: str, bold: bool | None = None) -> QFont:
        """Return the font of a role, in its own weight unless `bold` says otherwise. Copy it before changing it."""
        if (role, bold) not in self._fonts:
            pixels, _line, weight = self._types[role]
            heavy = weight == 700 if bold is None else bold
            font = QFont(self.family)
            font.setPixelSize(round(pixels * self._scale_of(role)))
            font.setWeight(QFont.Weight.Bold if heavy else QFont.Weight.Normal)
            font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
            # Beside Latin letters the font has other digits in some countries, which a PDF cannot name: they could not be copied.
            font.setFeature(QFont.Tag("locl"), 0)
            self._fonts[role, bold] = font
        return self._fonts[role, bold]

    def line(self, role: str) -> int:
        """Return the line height of a role."""
        line: int = self._types[role][1]
        return round(line * self._scale_of(role))

    def _scale_of(self, role: str) -> float:
        """The counter is as large as its screen allows, whatever the rest of the program is set to."""
        return 1.0 if role.startswith("counter") else self.scale

    def colours(self) -> dict[str, str]:
        """Return every colour as #rrggbb, for a stylesheet."""
        return {name: colour.name() for name, colour in self._colours.items()}


@lru_cache
def read_tokens(name: str) -> dict[str, Any]:
    """Return a token file as it is written."""
    return tomllib.loads((resources() / "themes" / f"{name}.toml").read_text(encoding="utf-8"))


def to_colour(text: str) -> QColor:
    """Return the colour of #RRGGBB or, as CSS writes it, #RRGGBBAA (QColor would read #AARRGGBB)."""
    return QColor(f"#{text[7:]}{text[1:7]}" if len(text) == 9 else text)


_now: Theme | None = None


def theme() -> Theme:
    """Return the theme in use. Own-painted widgets ask when they paint."""
    if _now is None:
        raise RuntimeError("no theme yet: make an Appearance before the first widget")
    return _now


def use(chosen: Theme) -> None:
    """Make this the theme in use; `appearance.apply` is what tells the widgets."""
    global _now  # noqa: PLW0603 - an application has one theme at a time
    _now = chosen


@lru_cache
def light() -> Theme:
    """Return the light theme at its own size: what keeps its colours in the dark (phone preview) asks this one."""
    return Theme("light")
