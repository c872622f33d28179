"""The window that stands where the shop could not be opened: one sentence, and a way to close."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from shopdesk.i18n import _
from shopdesk.ui.widgets import Button, EmptyState, vbox

if TYPE_CHECKING:
    from shopdesk.errors import ShopDeskError


class Refusal(QWidget):
    """Says why there is no shop to see; nothing was changed."""

    def __init__(self, error: ShopDeskError) -> None:
        super().__init__()
        self.setWindowTitle("ShopDesk")
        close = Button(_("Close"), "primary", does=self.close)
        self.setLayout(vbox(EmptyState("circle-alert", _("The shop cannot be opened"), error.message, close)))
        self.resize(640, 360)
