"""Lucide icons: the SVG text with our stroke and colour, drawn at the screen's own pixel ratio and kept."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

from shopdesk.paths import resources
from shopdesk.ui.theme import theme

RATIOS = (1.0, 1.25, 1.5, 2.0)


@lru_cache(maxsize=128)
def _svg(name: str) -> str:
    text = (resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    return text.replace('stroke-width="2"', f'stroke-width="{theme().stroke()}"')


@lru_cache(maxsize=512)
def _pixmap(name: str, colour: str, size: int, ratio: float, gap: int) -> QPixmap:
    side = round(size * ratio)
    made = QPixmap(side + round(abs(gap) * ratio), side)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    drawn = QSvgRenderer(QByteArray(_svg(name).replace("currentColor", colour).encode()))
    drawn.render(painter, QRectF(max(0, -gap), 0, size, size))
    painter.end()
    return made


def paint_icon(p: QPainter, name: str, tone: str | QColor, x: float, y: float, size: str | int = "icon") -> None:
    """Draw an icon with its top left corner at x, y. `size` is a name of the theme, or px."""
    colour = tone if isinstance(tone, QColor) else theme()[tone]
    side = theme().px(size) if isinstance(size, str) else size
    p.drawPixmap(round(x), round(y), _pixmap(name, colour.name(), side, p.device().devicePixelRatioF(), 0))


def icon(name: str, tone: str, size: str = "icon", gap: int = 0) -> QIcon:
    """Return an icon for a button or action.

    `gap` is empty room at the right (left if negative), since Qt has no setting for it.
    A QIcon does not follow the theme: make it anew in `dress`.
    """
    made = QIcon()
    for ratio in RATIOS:
        pixels = theme().px(size)
        made.addPixmap(_pixmap(name, theme()[tone].name(), pixels, ratio, gap))
        made.addPixmap(_pixmap(name, theme()["text_disabled"].name(), pixels, ratio, gap), QIcon.Mode.Disabled)
    return made


class Icon(QWidget):
    """A picture (`icon_small`, `icon`, `icon_medium`, `icon_large`), never without a word beside it."""

    def __init__(self, name: str, tone: str = "text_2", size: str = "icon") -> None:
        super().__init__()
        self._name, self._tone, self._size = name, tone, size
        self.dress()

    def dress(self) -> None:
        """Take the sizes of the theme in use."""
        side = theme().px(self._size)
        self.setFixedSize(side, side)

    def set_tone(self, tone: str) -> None:
        """Change the colour to another name of the theme."""
        self._tone = tone
        self.update()

    def paintEvent(self, _event: object) -> None:
        p = QPainter(self)
        paint_icon(p, self._name, self._tone, 0, 0, self._size)
