"""The choice of a field for one column: grouped, and found by typing a part of its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QCompleter

from shopdesk.i18n import _
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets import Choice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from shopdesk.imports import Field

_WIDE = 250


class FieldChoice(Choice):
    """One of the fields, or none. What is typed and is no field falls back to what was chosen before."""

    def __init__(self, fields: Iterable[Field], word: str | None) -> None:
        entries = list(_grouped(fields))
        super().__init__([(words, value) for words, value, _title in entries], word, width=_WIDE)
        self.setEditable(True)
        self.setInsertPolicy(Choice.InsertPolicy.NoInsert)
        model = self.model()
        if isinstance(model, QStandardItemModel):
            for at, (_words, _value, title) in enumerate(entries):
                model.item(at).setEnabled(not title)
        names = [words for words, _value, title in entries if not title]
        completer = QCompleter(names, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)
        completer.activated.connect(self._found)
        written = self.lineEdit()
        if written is not None:
            written.setFrame(False)
            written.editingFinished.connect(self._restore)
            written.setProperty("part", "bare")
            written.setStyleSheet("background: transparent; border: none; padding: 0;")
            written.setTextMargins(theme().px("s1"), 0, 0, 0)

    def _found(self, words: str) -> None:
        self.setCurrentText(words)
        self._restore()

    def _restore(self) -> None:
        """Take what is typed where it names a field, else show again what is chosen."""
        at = self.findText(self.currentText().strip(), Qt.MatchFlag.MatchFixedString)
        if at >= 0 and at != self.currentIndex():
            self.setCurrentIndex(at)
            self.chosen.emit(self.value())
        self.setEditText(self.itemText(self.currentIndex()))


def _grouped(fields: Iterable[Field]) -> Iterator[tuple[str, str | None, bool]]:
    """Yield (words, value, whether it is a group's title)."""
    yield _("Do not use"), None, False
    group = ""
    for field in fields:
        if field.group != group:
            group = field.group
            yield f"— {group} —", None, True
        yield field.title, field.word, False
