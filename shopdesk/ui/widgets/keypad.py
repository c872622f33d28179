"""Digits for a finger: 7-8-9 on top, as on a till, and what each pad has in its last row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from shopdesk.i18n import _
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets.buttons import Button

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

RUB = "rub"
"""The key that takes the last digit away."""
MORE = "more"
"""The place of the pad's own button."""


class Keypad(QWidget):
    """A pad of digits. `typed` carries a digit (or two zeros), `rubbed` takes one away.

    `last` is the last row: digits, `RUB` and `MORE`, in whose place the pad's own `button` stands.
    """

    typed = Signal(str)
    rubbed = Signal()

    def __init__(self, last: tuple[str, str, str], button: QWidget | None = None) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        rows = (("7", "8", "9"), ("4", "5", "6"), ("1", "2", "3"), last)
        for down, row in enumerate(rows):
            for across, key in enumerate(row):
                made = button if key == MORE and button is not None else self._key(key)
                # A word as wide as it likes would make its column wider than the others.
                across_policy = QSizePolicy.Policy.Ignored if made is button else QSizePolicy.Policy.Expanding
                made.setSizePolicy(across_policy, QSizePolicy.Policy.Preferred)
                self._grid.addWidget(made, down, across)
        for across in range(3):
            self._grid.setColumnStretch(across, 1)
        self.dress()

    def dress(self) -> None:
        """Take the gaps from the theme in use."""
        self._grid.setSpacing(theme().px("mid"))

    def _key(self, key: str) -> Button:
        if key == RUB:
            made = Button(icon="delete", size="key", does=self.rubbed.emit)
            made.setAccessibleName(_("Take the last digit away"))
        else:
            made = Button(key, size="key", does=lambda: self.typed.emit(key))
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the caret stays where the digits go
        return made


def digit_of(event: QKeyEvent) -> str:
    """Return the digit of a key on the keyboard, '' of any other key."""
    text = event.text()
    return str(int(text)) if len(text) == 1 and text.isdecimal() else ""  # full-width ones too
