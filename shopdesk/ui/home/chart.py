"""Bars over the last weeks, with pyqtgraph: half a second to import, so only imported when something is to be drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter

from shopdesk.ui.theme import theme
from shopdesk.ui.widgets import tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QMouseEvent


class Series(NamedTuple):
    """Bars of one colour; negative ones hang below the line."""

    values: tuple[int, ...]
    tone: str


class _Bars(pg.GraphicsObject):  # type: ignore[misc]
    """pg.BarGraphItem has no round corners and keeps its brushes; this one asks the theme each time it paints."""

    def __init__(self, series: Series) -> None:
        super().__init__()
        self._values, self._tone = series

    def boundingRect(self) -> QRectF:
        low, high = min(0, *self._values), max(0, *self._values)
        return QRectF(-0.5, low, len(self._values), max(high - low, 1))

    def paint(self, p: QPainter, *_args: object) -> None:
        across, up = self.pixelSize()
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(theme()[self._tone])
        for x, value in enumerate(self._values):
            if value:
                p.drawRoundedRect(QRectF(x - 0.3, 0, 0.6, value).normalized(), 2 * across, 2 * up)


class BarChart(pg.PlotWidget):  # type: ignore[misc]
    """Series side by side over named days; the tooltip says a day's numbers. `name` is what a screen reader says."""

    def __init__(
        self,
        series: Sequence[Series],
        days: Sequence[str],
        tips: Sequence[str],
        *,
        name: str,
        ticks: Sequence[tuple[int, str]],
    ) -> None:
        super().__init__(background=None)
        self._tips = tips
        self._lines: list[Any] = []
        self.setAntialiasing(True)
        self.viewport().setAutoFillBackground(False)  # else it keeps the ground of the theme it was made in
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMenuEnabled(False)
        self.hideButtons()
        self.setMouseEnabled(x=False, y=False)
        self.setMouseTracking(True)
        self.setAccessibleName(name)
        low = min(ticks[0][0], *(value for one in series for value in one.values))
        high = ticks[-1][0]
        self.setRange(xRange=(-0.6, len(days) - 0.4), yRange=(low * 1.1, high * 1.03), padding=0)
        self.getPlotItem().layout.setContentsMargins(12, 18, 16, 8)
        self._lines = [pg.InfiniteLine(at, angle=0) for at, _words in ticks]
        for item in (*self._lines, *(_Bars(one) for one in series)):
            self.addItem(item, ignoreBounds=True)
        self.getAxis("left").setTicks([list(ticks)])
        self.getAxis("bottom").setTicks([[(at, days[at]) for at in range(0, len(days), 7)]])
        self.dress()

    def sizeHint(self) -> QSize:
        return QSize(400, 160)  # QGraphicsView asks for 640 x 480, and a scrolling page would give it that

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 160)

    def dress(self) -> None:
        """Take fonts and colours from the theme in use."""
        t = theme()
        wide = max((len(words) for _at, words in self.getAxis("left")._tickLevels[0]), default=2)  # noqa: SLF001
        self.getAxis("left").setWidth(round((14 + 8 * wide) * t.scale))
        self.getAxis("bottom").setHeight(round(22 * t.scale))
        for side in ("left", "bottom"):
            axis = self.getAxis(side)
            axis.setPen(pg.mkPen(None))
            axis.setTextPen(t["chart_label"])
            offset = 8 if side == "left" else 4
            axis.setStyle(
                tickFont=t.font("caption"),
                tickLength=0,
                tickAlpha=0,
                tickTextOffset=offset,
                hideOverlappingLabels=False,
            )
        for item in self._lines:
            item.setPen(pg.mkPen(t["chart_grid"], width=1))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and getattr(self, "_lines", None):
            self.dress()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = self._day(event.position().toPoint())
        tip(self, self._tips[at] if 0 <= at < len(self._tips) else "")
        super().mouseMoveEvent(event)

    def _day(self, place: QPoint) -> int:
        x: float = self.getPlotItem().vb.mapSceneToView(QPointF(self.mapToScene(place))).x()
        return round(x)


def steps(lowest: int, highest: int) -> list[int]:
    """Return where the grid's lines lie: round numbers, about four of them, from the lowest value (or 0) up."""
    step, reach = 1, max(highest, -lowest)
    while reach > 4 * step:
        step = step * 5 // 2 if str(step)[0] == "2" else step * 2
    down = -(min(lowest, 0) // step) if lowest <= -step else 0
    return [step * at for at in range(-down, max(1, -(-highest // step)) + 1)]
