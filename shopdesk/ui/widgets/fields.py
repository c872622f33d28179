"""A field of a form: label above, help below, the error in the help's place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from shopdesk.i18n import _
from shopdesk.ui.icons import Icon
from shopdesk.ui.paint import RIGHT
from shopdesk.ui.widgets.layouts import hbox, holder, vbox
from shopdesk.ui.widgets.text import Prose, label

if TYPE_CHECKING:
    from collections.abc import Callable


class Field(QWidget):
    """One input with its words. `check`, run on leaving it, returns a sentence when the input cannot be used."""

    def __init__(
        self,
        name: str,
        control: QWidget,
        *,
        note: str = "",
        help_text: str = "",
        optional: bool = False,
        check: Callable[[], str] | None = None,
    ) -> None:
        super().__init__()
        self.control, self._check = control, check
        control.setAccessibleName(name)
        self._help = Prose(help_text, role="caption", tone="text_3")
        self._error = Prose(role="caption", tone="danger_text")
        self._wrong = holder(
            hbox(vbox(Icon("circle-alert", "danger_text", "icon_small"), ...), (self._error, 1), gap="s1")
        )
        self._help.setVisible(bool(help_text))
        self._wrong.hide()
        side = note or (_("optional") if optional else "")
        self._name, self._count = label(name, "small", bold=True), label("", "caption", "text_3", align=RIGHT)
        head = hbox(self._name, label(side, "caption", "text_3") if side else None, ..., self._count)
        self._parts = vbox(head, "s1", control, "s1", self._help, self._wrong)
        self.setLayout(self._parts)
        control.installEventFilter(self)

    def error(self) -> str:
        """Return the sentence that stands at the field, empty when there is none."""
        return self._error.text() if not self._wrong.isHidden() else ""

    def set_error(self, sentence: str) -> None:
        """Show what is wrong and how to mend it; an empty sentence brings the help back."""
        self._error.set_runs(sentence)
        self._wrong.setVisible(bool(sentence))
        self._help.setVisible(not sentence and bool(self._help.text()))
        wrong = getattr(self.control, "set_wrong", None)
        if wrong is not None:
            wrong(bool(sentence))

    def set_help(self, words: str) -> None:
        """Say something else below the input."""
        self._help.set_runs(words)
        self._help.setVisible(bool(words) and not self.error())

    def add_below(self, widget: QWidget) -> None:
        """Put something below the input and its help."""
        self._parts.addWidget(widget)

    def rename(self, name: str) -> None:
        """Call it something else."""
        self._name.setText(name)
        self.control.setAccessibleName(name)

    def set_count(self, words: str, *, over: bool = False) -> None:
        """Say at the right above the input how much is used, in red where that is too much."""
        self._count.setText(words)
        self._count.set_tone("danger_text" if over else "text_3")

    def valid(self) -> bool:
        """Check now, show the result and return whether the input can be used."""
        self.set_error(self._check() if self._check else "")
        return not self.error()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and self._check is not None:
            self.valid()
        return False
