"""The counter's own button: large, with the key of the keyboard that does the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPen

from shopdesk.ui.icons import paint_icon
from shopdesk.ui.paint import CENTER, advance, box, draw, smooth
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets import Painted

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPainter

Look = Literal["primary", "secondary", "accent", "before"]
"""`before` is in the colours of what was done before: the button still answers, but nothing is waiting for it."""
_TONES = {"primary": "on_accent", "secondary": "text", "accent": "accent_text", "before": "warning_text"}
_EDGES = {"primary": "accent", "secondary": "line_strong", "accent": "accent", "before": "warning_solid"}
_CAP_EDGE = 130  # of 255: a key's own outline, quieter than its word


class KeyButton(Painted):
    """Words, an icon before them and a key's cap behind them. `height` and `role` are names of the theme.

    With `least` it gives way down to that height on a low screen.
    """

    def __init__(
        self,
        words: str,
        look: Look = "secondary",
        *,
        icon: str = "",
        key: str = "",
        height: str = "touch",
        least: str = "",
        role: str = "counter_s",
        does: Callable[[], object] | None = None,
    ) -> None:
        super().__init__(words)
        self._look, self._icon, self._key, self._height, self._role = look, icon, key, height, role
        self._least = least or height
        self.dress()
        if does is not None:
            self.clicked.connect(lambda *_checked: does())

    def dress(self) -> None:
        """Take the height from the theme in use."""
        self.setMinimumHeight(theme().px(self._least))
        self.setMaximumHeight(theme().px(self._height))
        self.updateGeometry()

    def set_words(self, words: str, look: Look | None = None, icon: str = "") -> None:
        """Say something else, in another look where one is given."""
        self.words, self._look, self._icon = words, look or self._look, icon or self._icon
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(self._content_width()) + 2 * theme().px("s6"), theme().px(self._height))

    def minimumSizeHint(self) -> QSize:
        return QSize(round(self._content_width()) + 2 * theme().px("s3"), theme().px(self._least))

    def _content_width(self) -> float:
        t = theme()
        icon = self._icon_side() + t.px("s2") if self._icon else 0
        cap = self._cap_width() + t.px("s3") if self._key else 0
        return icon + advance(self.words, self._role, bold=True) + cap

    def _icon_side(self) -> int:
        return theme().px("icon_large" if self._height == "counter_main" else "icon_medium")

    def _cap_width(self) -> float:
        return advance(self._key, "body", bold=True) + 2 * theme().px("s2")

    def paintEvent(self, _event: object) -> None:
        t, p, w, h = theme(), smooth(self), self.width(), self.height()
        tone = _TONES[self._look] if self.isEnabled() else "text_disabled"
        box(
            p, QRectF(self.rect()), self._ground(), _EDGES[self._look] if self.isEnabled() else "line", t.radius("card")
        )
        x = (w - self._content_width()) / 2
        if self._icon:
            side = self._icon_side()
            paint_icon(p, self._icon, tone, x, (h - side) / 2, side)
            x += side + t.px("s2")
        wide = advance(self.words, self._role, bold=True)
        draw(p, QRectF(x, 0, wide + 1, h), self.words, self._role, tone, bold=True)
        if self._key:
            self._draw_cap(p, x + wide + t.px("s3"), tone)

    def _draw_cap(self, p: QPainter, x: float, tone: str) -> None:
        t = theme()
        cap = QRectF(x, (self.height() - t.px("control_small")) / 2, self._cap_width(), t.px("control_small"))
        edge = QColor(t[tone])
        edge.setAlpha(_CAP_EDGE)
        p.setPen(QPen(edge, 1))
        p.setBrush(Qt.BrushStyle.NoBrush)
        p.drawRoundedRect(cap, t.radius("small"), t.radius("small"))
        draw(p, cap, self._key, "body", tone, bold=True, align=CENTER)

    def _ground(self) -> str:
        if not self.isEnabled():
            return "sunken"
        if self._look == "before":
            return "warning_soft"
        if self._look == "primary":
            return "accent_pressed" if self.isDown() else "accent_hover" if self.underMouse() else "accent"
        return "pressed" if self.isDown() else "hover" if self.underMouse() else "surface"
