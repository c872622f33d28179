"""What a key does while the focus is in a part of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

SAVE, UNDO, REDO = QKeySequence.StandardKey.Save, QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo


def on_key(widget: QWidget, key: QKeySequence.StandardKey, does: Callable[[], object]) -> QShortcut:
    """Do something on the system's own key for it, while the focus is anywhere in the widget."""
    made = QShortcut(QKeySequence(key), widget, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
    made.activated.connect(does)
    return made
