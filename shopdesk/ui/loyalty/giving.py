"""Giving somebody a shop card from any page: its code is shown once, and can be printed at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog

from shopdesk.ui.loyalty.issued import IssuedDialog
from shopdesk.ui.loyalty.paperwork import Paperwork
from shopdesk.ui.tasks import Lane

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from shopdesk.cards import Issued
    from shopdesk.ui.shop_page import Desk


class CardGiver(QObject):
    """Gives cards for one page."""

    def __init__(self, page: QWidget, desk: Desk) -> None:
        super().__init__(page)
        self._page, self._shop, self._tasks = page, desk.shop, desk.tasks
        self.paperwork = Paperwork(page, desk)

    def give(self, customer_id: int) -> None:
        """Give a customer a card and show it."""
        cards = self._shop.cards
        self._tasks.run(self, lambda: cards.issue(customer_id), self.show, lane=Lane.WRITE)

    def show(self, issued: Issued) -> None:
        """Show a card that was given or got a new code, and print it where that is wanted."""
        dialog = IssuedDialog(self._page, issued)
        wanted = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        if wanted:
            self.paperwork.print_issued([issued])
