"""The choice of a field for one column: grouped, and found by typing a part of its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter

from shopdesk.i18n import _
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets import Choice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopdesk.imports import Field

WIDE = 230
"""In px at the standard text size."""


class FieldList(QStandardItemModel):
    """The fields below the titles of their groups: one list for the choices of all columns."""

    def __init__(self, fields: Sequence[Field]) -> None:
        super().__init__()
        self.words: list[str | None] = []
        self._add(_("Do not use"), None)
        group = ""
        for field in fields:
            if field.group != group:
                group = field.group
                self._add(f"— {group} —", None, choosable=False)
            self._add(field.title, field.word)

    def _add(self, title: str, word: str | None, *, choosable: bool = True) -> None:
        item = QStandardItem(title)
        item.setEnabled(choosable)
        self.appendRow(item)
        self.words.append(word)


class FieldChoice(Choice):
    """One of the fields, or none. What is typed and is no field falls back to what was chosen before."""

    def __init__(self, fields: FieldList, word: str | None) -> None:
        super().__init__((), width=WIDE)
        self.setModel(fields)
        self._values = list(fields.words)
        self.setEditable(True)
        self.setInsertPolicy(Choice.InsertPolicy.NoInsert)
        found = QCompleter(fields, self)
        found.setFilterMode(Qt.MatchFlag.MatchContains)
        found.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(found)
        written = self.lineEdit()
        if written is not None:
            written.setFrame(False)
            written.setStyleSheet("background: transparent; border: none; padding: 0;")
            written.setTextMargins(theme().px("s1"), 0, 0, 0)
            written.editingFinished.connect(self._take)
        self.set_value(word)

    def sizeHint(self) -> QSize:
        return QSize(round(WIDE * theme().scale), self.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _take(self) -> None:
        """Take what is typed where it names a field, else show again what is chosen."""
        at = self.findText(self.currentText().strip(), Qt.MatchFlag.MatchFixedString)
        if at >= 0 and at != self.currentIndex() and (at == 0 or self._values[at] is not None):
            self.setCurrentIndex(at)
            self.chosen.emit(self.value())
        self.setEditText(self.itemText(self.currentIndex()))
