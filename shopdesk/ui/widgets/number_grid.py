"""A grid of LINE's stickers or emoji: their pictures are LINE's own and not here, so that each shows its number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from shopdesk.ui.icons import paint_icon
from shopdesk.ui.paint import CENTER, advance, box, draw, smooth
from shopdesk.ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent


class NumberGrid(QWidget):
    """Tiles with numbers; `chosen` carries the number. A click, or the arrow keys with Enter or Space."""

    chosen = Signal(str)

    def __init__(self, name: str, tile: str) -> None:
        super().__init__()
        self._tile = tile
        self._numbers: Sequence[str] = ()
        self._at = -1
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_numbers(self, numbers: Sequence[str], now: str = "") -> None:
        """Show others, and which of them is chosen."""
        self._numbers = numbers
        self._at = list(numbers).index(now) if now in numbers else -1
        self.setMinimumHeight(self.heightForWidth(max(self._side(), self.width())))
        self.updateGeometry()
        self.update()

    def _side(self) -> int:
        return theme().px(self._tile)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setMinimumHeight(self.heightForWidth(event.size().width()))

    def _wide(self) -> int:
        longest = max((advance(one, "caption") for one in self._numbers), default=0.0)
        return max(self._side(), round(longest) + theme().px("s3"))

    def _columns(self, width: int) -> int:
        return max(1, (width + theme().px("s1")) // (self._wide() + theme().px("s1")))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        rows = -(-len(self._numbers) // self._columns(width))
        return rows * (self._side() + theme().px("s1"))

    def sizeHint(self) -> QSize:
        return QSize(self._side(), self.heightForWidth(max(self._side(), self.width())))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._side(), self._side())

    def _tile_at(self, number: int) -> QRectF:
        gap, wide = theme().px("s1"), self._wide()
        row, column = divmod(number, self._columns(self.width()))
        return QRectF(column * (wide + gap), row * (self._side() + gap), wide, self._side())

    def paintEvent(self, _event: object) -> None:
        p, t = smooth(self), theme()
        for number, said in enumerate(self._numbers):
            tile, on = self._tile_at(number), number == self._at
            box(
                p,
                tile,
                "accent_soft" if on else "surface",
                "accent" if on else "line",
                t.radius("control"),
            )
            icon = t.px("icon_small")
            top = tile.y() + (tile.height() - icon - t.line("caption")) / 2
            paint_icon(p, "smile", "accent_text" if on else "text_3", tile.center().x() - icon / 2, top, "icon_small")
            words = QRectF(tile.x(), top + icon, tile.width(), t.line("caption"))
            draw(p, words.toRect(), said, "caption", "accent_text" if on else "text_2", align=CENTER)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for number in range(len(self._numbers)):
            if self._tile_at(number).contains(event.position()):
                self._take(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, columns = Qt.Key, self._columns(self.width())
        moves = {key.Key_Left: -1, key.Key_Right: 1, key.Key_Up: -columns, key.Key_Down: columns}
        if event.key() in moves:
            self._at = max(0, min(len(self._numbers) - 1, self._at + moves[key(event.key())]))
            self.update()
        elif event.key() in {key.Key_Return, key.Key_Enter, key.Key_Space} and self._at >= 0:
            self._take(self._at)
        else:
            super().keyPressEvent(event)

    def _take(self, number: int) -> None:
        self._at = number
        self.update()
        self.chosen.emit(self._numbers[number])
