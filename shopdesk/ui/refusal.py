"""The window that stands where the shop could not be opened: one sentence, and what can be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from shopdesk.errors import ShopDeskError
from shopdesk.i18n import _
from shopdesk.ui.widgets import Button, EmptyState, Field, TextField, hbox, vbox

if TYPE_CHECKING:
    from collections.abc import Callable


class Refusal(QWidget):
    """Says why there is no shop to see; nothing was changed.

    With `recover`, which takes a recovery code, a lost key can be brought back; `recovered` then says to open again.
    """

    def __init__(self, error: ShopDeskError, recover: Callable[[str], object] | None = None) -> None:
        super().__init__()
        self._recover, self.recovered = recover, False
        self.setWindowTitle("ShopDesk")
        close = Button(_("Close"), "secondary" if recover else "primary", does=self.close)
        facts = _("The shop cannot be opened"), error.message
        if recover is None:
            self.setLayout(vbox(EmptyState("circle-alert", *facts, close)))
            self.resize(640, 360)
            return
        self.code = TextField()
        self.field = Field(
            _("Recovery code"),
            self.code,
            help_text=_("From the paper you printed when the key was set: 13 groups of five. Hyphens may be left out."),
        )
        self.code.returnPressed.connect(self.bring_back)
        self.bring = Button(_("Bring the key back"), "primary", "lock", does=self.bring_back)
        form = vbox(self.field, "s4", hbox(..., close, self.bring), margin=("s8", "", "s8", "s6"))
        self.setLayout(vbox((EmptyState("lock", *facts), 1), form))
        self.resize(720, 460)
        self.code.setFocus()

    def bring_back(self) -> None:
        """Keep the key that was typed as a code, and close to open the shop again."""
        if self._recover is None:
            return
        try:
            self._recover(self.code.text())
        except ShopDeskError as error:
            self.field.set_error(error.message)
            return
        self.recovered = True
        self.close()
