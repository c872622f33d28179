"""What the look of a card or a menu is chosen with: a row of pictures, a row of the shop's own colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QWidget

from shopdesk.i18n import N_
from shopdesk.ui.icons import paint_icon
from shopdesk.ui.paint import box, smooth
from shopdesk.ui.theme import light, theme
from shopdesk.ui.widgets import Painted, hbox, tip

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

COLOUR_NAMES = {
    "red": N_("Brick"),
    "blue": N_("Indigo"),
    "green": N_("Leaf"),
    "brown": N_("Tea"),
    "purple": N_("Violet"),
    "black": N_("Ink"),
}


class Pick(Painted):
    """A square with an icon; its name is the tooltip."""

    def __init__(self, icon: str, name: str) -> None:
        super().__init__(name)
        self._icon = icon
        self.setCheckable(True)
        tip(self, name)
        self.dress()

    def dress(self) -> None:
        """Take the size from the theme in use."""
        self.setFixedSize(theme().px("tab"), theme().px("tab"))

    def paintEvent(self, _event: object) -> None:
        t, p, on, r = theme(), smooth(self), self.isChecked(), QRectF(self.rect())
        ground = "accent_soft" if on else "hover" if self.underMouse() else "surface"
        box(p, r, ground, "accent" if on else "line_strong", t.radius("toast"))
        if on:
            p.setPen(QPen(t["accent"], t.border("focus")))
            p.drawRoundedRect(r.adjusted(1, 1, -1, -1), t.radius("toast") - 1, t.radius("toast") - 1)
        at = (self.width() - t.px("icon")) / 2
        paint_icon(p, self._icon, "accent_text" if on else "text_2", at, at)


class Swatch(Painted):
    """A round colour of the shop's own; a ring says that it is chosen."""

    def __init__(self, shade: str, name: str) -> None:
        super().__init__(name)
        self._shade = shade
        self.setCheckable(True)
        tip(self, name)
        self.dress()

    def dress(self) -> None:
        """Take the size from the theme in use."""
        self.setFixedSize(theme().px("control"), theme().px("control"))

    def paintEvent(self, _event: object) -> None:
        t, p, r = theme(), smooth(self), QRectF(self.rect())
        if self.isChecked():
            p.setPen(QPen(t["accent"], t.border("focus")))
            p.drawEllipse(r.adjusted(1, 1, -1, -1))
        p.setPen(QPen(t["line_strong"], 1))
        p.setBrush(light()[f"card_{self._shade}"])
        p.drawEllipse(r.adjusted(4.5, 4.5, -4.5, -4.5))


class Picks(QWidget):
    """One of several in a row. `chosen` carries the value, also of the one that is chosen already."""

    chosen = Signal(object)

    def __init__(self, make: Callable[[str, str], Painted], entries: Sequence[tuple[str, str, str]]) -> None:
        """Make a row; each entry is its value, what it is drawn as, and its name."""
        super().__init__()
        self._values = [value for value, _drawn, _name in entries]
        self.buttons = [make(drawn, name) for _value, drawn, name in entries]
        self._group = QButtonGroup(self)
        for at, button in enumerate(self.buttons):
            self._group.addButton(button, at)
        self.setLayout(hbox(*self.buttons, ..., gap="s2"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._group.idClicked.connect(lambda at: self.chosen.emit(self._values[at]))

    def set_value(self, value: str) -> None:
        """Choose without saying so."""
        self.buttons[self._values.index(value)].setChecked(True)
