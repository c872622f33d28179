"""The field an answer is typed into. Enter sends, Shift+Enter goes to the next line, and no Enter that ends a conversion sends."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal

from shopdesk.i18n import _
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets import TextArea

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent

SETTLES_MS = 80
"""Some input methods commit first and pass the Enter that did it on afterwards; nobody presses it twice that fast."""
_LINES, _MOST_LINES = 2, 6
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_NEXT_LINE = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.AltModifier


class AnswerEdit(TextArea):
    """`sent` on the Enter that sends. `typed` when a person changed the text."""

    sent = Signal()
    typed = Signal()

    def __init__(self) -> None:
        self._converting = False
        super().__init__(lines=_LINES)
        self.setAccessibleName(_("Answer"))
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())
        self._settling = QTimer(self, singleShot=True, interval=SETTLES_MS)
        self.textChanged.connect(self.typed)

    def dress(self) -> None:
        """Take font and heights from the theme in use."""
        super().dress()
        self.setFont(theme().font("body"))
        self._fit()

    def _fit(self) -> None:
        """Be as high as what is written, between two lines and six."""
        lines = max(_LINES, min(_MOST_LINES, int(self.document().size().height())))  # QPlainTextEdit counts in lines
        line = max(theme().line("body"), self.blockBoundingRect(self.document().firstBlock()).height() / self._first())
        around = 2 * (self.document().documentMargin() + theme().px("label_gap") + theme().border("hair"))
        self.setFixedHeight(ceil(lines * line + around))

    def _first(self) -> int:
        """How many lines the first paragraph takes."""
        return max(1, self.document().firstBlock().lineCount())

    def put(self, text: str) -> None:
        """Put a text where the caret stands."""
        self.insertPlainText(text)
        self.setFocus()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        was = self._converting
        self._converting = bool(event.preeditString())
        if was and not self._converting:
            self._settling.start()
        super().inputMethodEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._converting = False  # the input method lets go of what it was converting
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in _ENTER:
            super().keyPressEvent(event)
        elif self._converting or self._settling.isActive():
            event.accept()  # the Enter of the conversion: neither a line nor a message
        elif event.modifiers() & _NEXT_LINE:
            self.insertPlainText("\n")
            self.ensureCursorVisible()
        else:
            self.sent.emit()
