"""Where one stands: steps of a wizard, tabs of one thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from shopdesk.ui.icons import paint_icon
from shopdesk.ui.paint import CENTER, advance, box, draw, smooth
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets.buttons import Painted
from shopdesk.ui.widgets.layouts import hbox

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent


class Steps(QWidget):
    """Where one stands in a wizard. Done steps can be clicked (`chosen`); give `now` from 0."""

    chosen = Signal(int)

    def __init__(self, *names: str, now: int = 0) -> None:
        super().__init__()
        self._names, self._now = list(names), now
        self.setMouseTracking(True)
        self.dress()

    def dress(self) -> None:
        """Take the height from the theme in use."""
        self.setFixedHeight(theme().px("step"))
        self.setMinimumWidth(int(sum(width for _, width in self._places())))

    def show_step(self, now: int, *names: str) -> None:
        """Stand at another step; names only where they have changed."""
        self._now = now
        self._names = list(names) or self._names
        self.setAccessibleName(self._names[now])
        self.dress()
        self.update()

    def _places(self) -> list[tuple[float, float]]:
        t, at, places = theme(), 0.0, []
        for i, name in enumerate(self._names):
            width = t.px("step") + t.px("s2") + advance(name, "body", i == self._now) + t.px("mid")
            width += t.px("s6") + t.px("s1") + t.px("mid") if i + 1 < len(self._names) else 0
            places.append((at, width))
            at += width
        return places

    def _at(self, x: float) -> int | None:
        for i, (at, width) in enumerate(self._places()):
            if at <= x < at + width - theme().px("s10") and i < self._now:
                return i
        return None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        hand = self._at(event.position().x()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        step = self._at(event.position().x())
        if step is not None:
            self.chosen.emit(step)

    def paintEvent(self, _event: object) -> None:
        t, p, side = theme(), smooth(self), theme().px("step")
        for i, (x, width) in enumerate(self._places()):
            ground, edge, ink, tone = _STEP[(i >= self._now) + (i > self._now)]
            box(p, QRectF(x, 0, side, side), ground, edge, side / 2)
            if i < self._now:
                inset = (side - t.px("icon_small")) / 2
                paint_icon(p, "check", ink, x + inset, inset, "icon_small")
            else:
                draw(p, QRectF(x, 0, side, side), str(i + 1), "small", ink, bold=True, align=CENTER)
            here = i == self._now
            wide = advance(self._names[i], "body", here) + 1
            draw(p, QRectF(x + side + t.px("s2"), 0, wide, side), self._names[i], "body", tone, here)
            if i + 1 < len(self._names):
                end = x + width - t.px("mid")
                p.fillRect(QRectF(end - t.px("s6"), side // 2, t.px("s6"), 1), t["line_strong"])


_STEP = (
    ("accent_soft", "accent_line", "accent_text", "text_2"),
    ("accent", "accent", "on_accent", "text"),
    ("window", "control", "text_3", "text_3"),
)


class _Tab(Painted):
    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.setCheckable(True)
        self.dress()

    def dress(self) -> None:
        self.setFixedSize(round(advance(self.words, "body", bold=True)) + theme().px("s6"), theme().px("tab"))

    def paintEvent(self, _event: object) -> None:
        p, on, bar = smooth(self), self.isChecked(), theme().border("focus")
        tone = "accent_text" if on else "text" if self.underMouse() else "text_2"
        draw(p, self.rect(), self.words, "body", tone, on, CENTER)
        if on:
            p.fillRect(QRect(0, self.height() - bar, self.width(), bar), theme()["accent"])


class Tabs(QWidget):
    """Views of one thing, side by side. `changed` carries the number of the one chosen."""

    changed = Signal(int)

    def __init__(self, *names: str) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._tabs = [_Tab(name) for name in names]
        for i, tab in enumerate(self._tabs):
            self._group.addButton(tab, i)
        self._tabs[0].setChecked(True)
        self.setLayout(hbox(*self._tabs, ..., gap="s1"))
        self._group.idClicked.connect(self.changed)

    def current(self) -> int:
        """Return the number of the chosen one."""
        return self._group.checkedId()

    def choose(self, number: int) -> None:
        """Choose one, as a click would."""
        self._tabs[number].click()

    def rename(self, number: int, words: str) -> None:
        """Change a name, say for its count."""
        tab = self._tabs[number]
        tab.words = words
        tab.setAccessibleName(words)
        tab.dress()
        tab.update()
