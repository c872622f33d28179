"""When columns are unclear: a person says which is which, then the file is read again."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shopdesk.i18n import _
from shopdesk.ui.imports.tables import letters
from shopdesk.ui.widgets import (
    Banner,
    Button,
    Card,
    Choice,
    Frame,
    Row,
    card_head,
    clear,
    elided,
    hbox,
    holder,
    label,
    vbox,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shopdesk.imports import ColumnRead, ImportReport

_WIDE = 300


class Assigning(QWidget):
    """Asks about unclear columns and about fields no order can do without. `said` carries the mapping as JSON."""

    said = Signal(str)
    left = Signal()

    def __init__(self, titles: Mapping[str, str]) -> None:
        super().__init__()
        self._titles = titles
        self._asked: list[tuple[ColumnRead, Choice]] = []
        self._lacking: list[tuple[str, Choice]] = []
        self._columns: Sequence[ColumnRead] = ()
        self._why = Banner("warning", "")
        self._lines = vbox()
        card = Card(card_head(label(_("Which column is which?"), "section")), self._lines, pad="")
        self.go = Button(_("Read with these columns"), "primary", size="control_large", does=self._say)
        leave = Button(_("Leave it"), size="control_large", does=self.left.emit)
        self._note = elided("", "small", "text_2")
        self.setLayout(vbox(Frame(None, self._why, card, ..., foot=holder(hbox((self._note, 1), leave, self.go)))))

    def ask(self, report: ImportReport, lacking: Sequence[str]) -> None:
        """Ask about one file."""
        clear(self._lines)
        self._columns = report.columns
        name = report.files[0].file
        self._why.say(
            _("Some columns of “{file}” are unclear.").format(file=name),
            _("Say which they are; everything else was recognised."),
        )
        fields = [(_("Do not use"), None), *((title, word) for word, title in self._titles.items())]
        self._asked = [(one, Choice(fields, one.field, width=_WIDE)) for one in report.columns if one.asked]
        which = [
            (_("Choose a column"), None),
            *((f"{letters(one.index)}  {one.column}", one) for one in self._columns if not one.asked),
        ]
        self._lacking = [(word, Choice(which, None, width=_WIDE)) for word in lacking]
        rows = [(one.column or letters(one.index), _("Heading in the file"), choice) for one, choice in self._asked]
        rows += [(self._titles[word], _("Needed, and not found"), choice) for word, choice in self._lacking]
        for at, (words, note, choice) in enumerate(rows):
            choice.chosen.connect(self._check)
            self._add(self._lines, words, note, choice, last=at == len(rows) - 1)
        self._check()

    def _check(self) -> None:
        ready = all(choice.value() is not None for _word, choice in self._lacking)
        self.go.setEnabled(ready)
        said = _("Nothing is written before you have looked.")
        self._note.setText(said if ready else _("Choose a column for each, then the file can be read."))

    @staticmethod
    def _add(lines: QVBoxLayout, words: str, note: str, choice: Choice, *, last: bool) -> None:
        choice.setAccessibleName(words)
        said = vbox(..., elided(words, bold=True), elided(note, "caption", "text_3"), ...)
        lines.addWidget(Row((said, 1), choice, last=last))

    def _say(self) -> None:
        columns: dict[str, Any] = {self._key(one): choice.value() for one, choice in self._asked}
        columns |= {self._key(choice.value()): word for word, choice in self._lacking if choice.value()}
        self.said.emit(json.dumps({"columns": columns}, ensure_ascii=False))

    def _key(self, column: ColumnRead) -> str:
        """A heading, or `#3` for a column whose heading is empty or not the only one of its name."""
        names = Counter(one.column for one in self._columns)
        return column.column if column.column and names[column.column] == 1 else f"#{column.index}"
