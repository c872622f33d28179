"""The ready ways to divide a menu, drawn small."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QWidget

from shopdesk.i18n import _
from shopdesk.menus import LAYOUTS, areas
from shopdesk.ui import widgets as w
from shopdesk.ui.menus.words import LAYOUTS as NAMES
from shopdesk.ui.paint import blob, box, smooth
from shopdesk.ui.theme import theme

_WIDE, _HIGH, _FLAT = 70, 52, 36
_GAP = 1
_BESIDE = 2


class _Tile(w.Painted):
    def __init__(self, layout: str) -> None:
        super().__init__(_(NAMES[layout]))
        self._layout, self._flat = layout, False
        self.setCheckable(True)
        w.tip(self, self.words)
        self.dress()

    def dress(self) -> None:
        """Take the size from the theme in use."""
        scale = theme().scale
        self.setFixedHeight(round((_FLAT if self._flat else _HIGH) * scale))
        self.setMinimumWidth(round(_WIDE * scale))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_flat(self, flat: bool) -> None:
        """Be drawn for a flat menu, or for a tall one."""
        self._flat = flat
        self.dress()

    def paintEvent(self, _event: object) -> None:
        p, t, on = smooth(self), theme(), self.isChecked()
        ground = "accent_soft" if on else "hover" if self.underMouse() else "surface"
        box(p, QRectF(self.rect()), ground, "accent" if on else "line_strong", t.radius("toast"))
        side = t.px("s2")
        inner = self.rect().adjusted(side, side, -side, -side)
        for one in areas(self._layout, inner.width(), inner.height()):
            place = QRectF(inner.x() + one.x, inner.y() + one.y, one.width, one.height)
            blob(p, place.adjusted(_GAP, _GAP, -_GAP, -_GAP), "accent" if on else "line_strong", 2)


class LayoutChoice(QWidget):
    """`chosen` carries the name of a layout."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self.tiles = {layout: _Tile(layout) for layout in LAYOUTS}
        for layout, tile in self.tiles.items():
            self._group.addButton(tile)
            tile.clicked.connect(lambda _on=False, layout=layout: self.chosen.emit(layout))
        tiles = [*self.tiles.values()]
        rows = [w.hbox(*tiles[first : first + _BESIDE]) for first in range(0, len(tiles), _BESIDE)]
        self.setLayout(w.vbox(*rows, gap="s2"))

    def show_layout(self, layout: str, *, flat: bool) -> None:
        """Mark the layout in use; '' for one of the shop's own making."""
        self._group.setExclusive(False)
        for name, tile in self.tiles.items():
            tile.setChecked(name == layout)
            tile.show_flat(flat)
        self._group.setExclusive(True)
