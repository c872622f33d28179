"""Keys for figures, large enough for a finger: 7-8-9 on top, ⌫ in the corner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from shopdesk.i18n import _
from shopdesk.ui.icons import icon
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets.buttons import Button

if TYPE_CHECKING:
    from collections.abc import Sequence

BACK = "⌫"
_ROWS = ("789", "456", "123")


class Key(Button):
    """One key; a finger that rests on it types once."""

    def __init__(self, said: str) -> None:
        self.said = said
        super().__init__("" if said == BACK else said)
        self.setAutoRepeat(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the pad itself hears the keyboard
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if said == BACK:
            self.setAccessibleName(_("Delete the last figure"))

    def dress(self) -> None:
        """Take font and height from the theme in use."""
        self.setFont(theme().font("counter_m"))
        self.setFixedHeight(theme().px("key"))
        self.setMinimumWidth(theme().px("key"))
        if self.said == BACK:
            self.setIcon(icon("delete", "text", "icon_medium"))
            self.setIconSize(QSize(theme().px("icon_medium"), theme().px("icon_medium")))


class Keypad(QWidget):
    """Twelve keys; `pressed` carries a figure or `BACK`. `corner` is the key at the left of 0, '' for none."""

    pressed = Signal(str)

    def __init__(self, corner: str = "") -> None:
        super().__init__()
        self.keys: dict[str, Key] = {}
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        for row, keys in enumerate((*_ROWS, (corner, "0", BACK))):
            self._lay(row, keys)
        self.setLayout(self._grid)
        self.dress()

    def _lay(self, row: int, keys: Sequence[str]) -> None:
        for column, said in enumerate(keys):
            if said:
                key = self.keys[said] = Key(said)
                key.clicked.connect(lambda _on=False, said=said: self.pressed.emit(said))
                self._grid.addWidget(key, row, column)

    def dress(self) -> None:
        """Take the gaps from the theme in use."""
        self._grid.setSpacing(theme().px("s2"))
