"""The third step: what was imported, the way back and the way on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shopdesk.i18n import _
from shopdesk.ui.imports import words
from shopdesk.ui.widgets import Button, Card, EmptyState, Frame, hbox, vbox

if TYPE_CHECKING:
    from shopdesk.imports import ImportReport


class Done(QWidget):
    """A finished import. `undo` with its number, `people`, `segments`, `again` and `corrections` are the ways on."""

    undo = Signal(int)
    people = Signal()
    segments = Signal()
    again = Signal()
    corrections = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._import_id = 0
        self.undo_button = Button(
            _("Undo this import"), "quiet", "undo-2", does=lambda: self.undo.emit(self._import_id)
        )
        on = hbox(
            Button(_("See the customers"), "primary", "users", does=self.people.emit),
            Button(_("Choose whom to reach"), icon="filter", does=self.segments.emit),
            Button(_("Import another file"), icon="file-up", does=self.again.emit),
        )
        self.check = Button(_("Save the rows to check"), icon="file-spreadsheet", does=self.corrections.emit)
        ways = QWidget()
        ways.setLayout(on)
        self.said = EmptyState("check", "", " ", ways, self.check, self.undo_button, tone="success")
        self.setLayout(vbox(Frame(None, Card(self.said, pad="s4"), ...)))

    def show_report(self, report: ImportReport) -> None:
        """Show what was done, as the database counted it."""
        self._import_id = report.import_id or 0
        self.check.setVisible(bool(report.problems))
        self.said.say(done(report), words.outcome(report) + "\n" + _("Sums and segments count them already."))


def done(report: ImportReport) -> str:
    """Return the sentence after an import."""
    return _("Imported {what}.").format(what=words.size(report))
