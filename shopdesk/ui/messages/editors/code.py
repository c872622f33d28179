"""A message as LINE's own JSON, for the brave and for kinds that have no form here."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from shopdesk.i18n import _
from shopdesk.messages import Problem
from shopdesk.ui import widgets as w
from shopdesk.ui.messages.editors.editor import Editor, Message

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

LINES = 12


class CodeEditor(Editor):
    """The JSON of one message object; the last that could be read stands until the next one can be."""

    def __init__(self, message: Message) -> None:
        super().__init__()
        self._message, self._wrong = message, ""
        self.area = w.TextArea(lines=LINES, code=True)
        self.area.setPlainText(json.dumps(message, ensure_ascii=False, indent=2))
        self.area.textChanged.connect(self._typed)
        self._field = w.Field(_("Message in LINE's form (JSON)"), self.area)
        self.setLayout(w.vbox(self._field, margin="s4"))

    def _typed(self) -> None:
        self._wrong = ""
        try:
            read = json.loads(self.area.toPlainText())
        except json.JSONDecodeError as error:
            self._wrong = _("Line {line}, sign {column}: this is no JSON.").format(
                line=error.lineno, column=error.colno
            )
        except RecursionError:
            self._wrong = _("Boxes lie in boxes too deep for LINE. Make it simpler.")
        else:
            if isinstance(read, dict):
                self._message = read
            else:
                self._wrong = _("This must be one message object: { … }.")
        self.changed.emit()

    def message(self) -> Message:
        return self._message

    def own_problems(self, bubble: int) -> tuple[Problem, ...]:
        return (Problem(bubble, "", "form", self._wrong),) if self._wrong else ()

    def first(self) -> QWidget:
        return self.area
