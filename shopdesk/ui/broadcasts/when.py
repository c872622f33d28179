"""When a broadcast begins: at once, or at a time in Japan that has not passed yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup

from shopdesk.i18n import _
from shopdesk.ui import widgets as w
from shopdesk.ui.moment import MomentField

if TYPE_CHECKING:
    from datetime import datetime

    from shopdesk.clock import Clock


class When(w.Card):
    """The card of the last step."""

    changed = Signal()

    def __init__(self, clock: Clock) -> None:
        self._group = QButtonGroup()
        self.now, self.later = w.Radio(_("Send now"), on=True), w.Radio(_("At a time"))
        for radio in (self.now, self.later):
            self._group.addButton(radio)
        self.at = MomentField(clock)
        note = _("It begins by itself while ShopDesk is open; found more than an hour late it asks first.")
        self._box = w.holder(
            w.vbox(self.at, "s1", w.Prose(note, role="caption", tone="text_2"), margin=("s6", "s1", "", ""))
        )
        row = w.hbox(w.label(_("When"), "section"), "s4", self.now, "s3", self.later, ...)
        super().__init__(row, self._box, pad=("s4", "s3", "s4", "s3"))
        self._group.buttonClicked.connect(self._chosen)
        self.at.changed.connect(self.changed)
        self._show()

    def show_moment(self, at: datetime | None) -> None:
        """Show a moment; None is at once."""
        (self.later if at else self.now).setChecked(True)
        self.at.show_moment(at)
        self._show()

    def moment(self) -> datetime | None:
        """Return when it begins, None for at once."""
        return self.at.moment() if self.later.isChecked() else None

    def over(self) -> bool:
        """Tell whether the chosen time has passed."""
        return self.later.isChecked() and self.at.over()

    def _chosen(self, _button: object) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        self._box.setVisible(self.later.isChecked())
