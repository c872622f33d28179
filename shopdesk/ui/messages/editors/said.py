"""A text that is typed into a message: one line or several, with its words above it."""

from __future__ import annotations

from PySide6.QtCore import Signal

from shopdesk.ui import widgets as w


class Said(w.Field):
    """`edited` when somebody typed or pasted into it, not when it was filled."""

    edited = Signal()

    def __init__(
        self, name: str, text: str = "", hint: str = "", *, lines: int = 1, help_text: str = "", optional: bool = False
    ) -> None:
        self._control = w.TextField(hint=hint) if lines == 1 else w.TextArea(hint, lines=lines)
        super().__init__(name, self._control, help_text=help_text, optional=optional)
        self.show_text(text)
        self._control.textChanged.connect(self._edited)

    def text(self) -> str:
        """Return what is written."""
        control = self._control
        return control.text() if isinstance(control, w.TextField) else control.toPlainText()

    def show_text(self, text: str) -> None:
        """Write something else without saying that it was typed."""
        blocked = self._control.blockSignals(True)
        if isinstance(self._control, w.TextField):
            self._control.setText(text)
            self._control.setCursorPosition(0)
        else:
            self._control.setPlainText(text)
        self._control.blockSignals(blocked)

    def hint(self, text: str) -> None:
        """Show this where nothing is written."""
        self._control.setPlaceholderText(text)

    def _edited(self) -> None:
        self.edited.emit()
