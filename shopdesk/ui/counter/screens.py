"""What every screen of the counter is: one thing at a time, all of it reached by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class Screen(QWidget):
    """One screen. `enter` is the expected next step, `back` goes back without harm, `type` takes what else is pressed."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", False)  # the screen itself is no control

    def come(self) -> None:
        """Be shown: the caret goes where typing is expected."""
        self.setFocus()

    def enter(self) -> None:
        """Do the expected next step."""

    def back(self) -> None:
        """Go back without harm."""

    def type(self, event: QKeyEvent) -> bool:
        """Take a key; False where it means nothing here."""
        del event
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.isAutoRepeat() and event.key() != Qt.Key.Key_Backspace:
            return  # a finger that rests on a key
        if event.key() in ENTER:
            self.enter()
        elif event.key() == Qt.Key.Key_Escape:
            self.back()
        elif not self.type(event):
            super().keyPressEvent(event)
