"""A small field for a tag: the shop's own tags are offered while typing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QCompleter, QWidget

from shopdesk.i18n import _
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets import Button, TextField, hbox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QKeyEvent


class _SmallField(TextField):
    """As high as the small buttons beside it."""

    def dress(self) -> None:
        """Take the sizes from the theme in use."""
        super().dress()
        self.setFixedHeight(theme().px("control_small"))


class TagEntry(QWidget):
    """`entered` carries the tag's name. Esc, or leaving it empty, puts it away."""

    entered = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.field = _SmallField(hint=_("Name of the tag"))
        self.field.setAccessibleName(_("Name of the tag"))
        self.put = Button(_("Put on"), size="control_small", does=self._enter)
        self.field.returnPressed.connect(self._enter)
        self.field.installEventFilter(self)
        self.setLayout(hbox((self.field, 1), self.put, gap="s1"))
        self.hide()

    def open(self, tags: Sequence[str]) -> None:
        """Ask for a tag, offering these."""
        completer = QCompleter(list(tags), self.field)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.activated.connect(lambda _name: self._enter(), Qt.ConnectionType.QueuedConnection)
        self.field.setCompleter(completer)
        self.field.clear()
        self.show()
        self.field.setFocus()

    def close_entry(self) -> bool:
        """Put it away; False where it was not open."""
        was = not self.isHidden()
        self.hide()
        return was

    def _enter(self) -> None:
        name = self.field.text().strip()
        if name and not self.isHidden():
            self.hide()
            self.entered.emit(name)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress}:
            key: QKeyEvent = event  # type: ignore[assignment]
            if key.key() == Qt.Key.Key_Escape:
                event.accept()  # ours before the window's Esc
                if event.type() == QEvent.Type.KeyPress:
                    self.hide()
                return True
        return False
