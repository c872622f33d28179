"""Taking an import back: what would go is counted and asked about first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from shopdesk.i18n import _
from shopdesk.ui import amounts
from shopdesk.ui.imports import words
from shopdesk.ui.tasks import Lane
from shopdesk.ui.widgets import confirm

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from shopdesk.imports import PastImport, UndoReport
    from shopdesk.ui.shop_page import Desk


class Undoing(QObject):
    """`undone` when an import has been taken back."""

    undone = Signal()

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._imports, self._tasks, self._notices, self._page = desk.shop.imports, desk.tasks, desk.notices, page

    def ask(self, import_id: int) -> None:
        """Count what would go, ask, and take the import back."""

        def look() -> tuple[PastImport, UndoReport]:
            found = next(one for one in self._imports.past() if one.id == import_id)
            return found, self._imports.undo_preview(import_id)

        self._tasks.run(self, look, lambda both: self._asked(*both), lane=Lane.WRITE, key="undo")

    def _asked(self, one: PastImport, would: UndoReport) -> None:
        question = _("Undo the import of {day}?").format(day=words.day(one.at))
        if confirm(self._page, question, follows(would), verb=_("Undo import"), danger=True):
            self.undo(one.id)

    def undo(self, import_id: int) -> None:
        """Take the import back."""
        self._tasks.run(self, lambda: self._imports.undo(import_id), self._undone, lane=Lane.WRITE, key="undo")

    def _undone(self, report: UndoReport) -> None:
        self.undone.emit()
        said = _("Undone: {orders} and {people} are gone.")
        self._notices.done(said.format(orders=amounts.orders(report.orders), people=amounts.people(report.customers)))


def follows(would: UndoReport) -> str:
    """Return what follows from an undo, for its question."""
    gone = _("{orders} and the {people} it added go.").format(
        orders=amounts.orders(would.orders), people=amounts.people(would.customers)
    )
    restored = _("{orders} become what they were.").format(orders=amounts.orders(would.restored))
    kept = _("{people} edited since then stay.").format(people=amounts.people(would.kept_customers))
    parts = ((gone, True), (restored, would.restored), (kept, would.kept_customers))
    return words.sentences(*(said for said, wanted in parts if wanted))
