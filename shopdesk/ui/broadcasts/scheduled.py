"""A broadcast that waits for its time: when that is, another time, or none any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from shopdesk.clock import in_japan
from shopdesk.i18n import _
from shopdesk.ui import widgets as w
from shopdesk.ui.moment import MomentField

if TYPE_CHECKING:
    from datetime import datetime

    from PySide6.QtWidgets import QWidget

    from shopdesk.clock import Clock


class MomentDialog(w.Dialog):
    """Asks for another time."""

    def __init__(self, parent: QWidget, clock: Clock, at: datetime | None) -> None:
        self.at = MomentField(clock)
        self.at.show_moment(at)
        super().__init__(parent, _("Send at another time"), self.at, verb=_("Use this time"))
        self.at.changed.connect(self._show)
        self._show()
        self.begin_at(self.at.day)

    def _show(self) -> None:
        self.verb.setEnabled(not self.at.over())


class ScheduledPanel(w.Card):
    """`change` opens the text, `moved` carries another time, `released` takes the time away."""

    change = Signal()
    moved = Signal(object)
    released = Signal()

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._at: datetime | None = None
        self._when = w.label("", "figure")
        self._note = w.Prose(tone="text_2")
        self.move_button = w.Button(_("Another time"), icon="clock", does=self._ask)
        self.change_button = w.Button(_("Change the text"), icon="pencil")
        self.release_button = w.Button(_("Do not send it then"), "danger")
        buttons = w.hbox(self.move_button, self.change_button, self.release_button, ...)
        head = w.label(_("It begins by itself at"), "small", "text_2")
        super().__init__(head, self._when, "s1", self._note, "s4", buttons, pad="s5")
        self.change_button.clicked.connect(self.change)
        self.release_button.clicked.connect(self.released)
        self.hide()

    def show_moment(self, at: datetime | None, note: str, *, frozen: bool) -> None:
        """Show when it begins; None is not at a time. What was frozen cannot be written anew."""
        self._at = at
        self.setVisible(at is not None)
        self.change_button.setVisible(not frozen)
        if at is not None:
            there = in_japan(at)
            said = _("{month}/{day} {time}").format(month=there.month, day=there.day, time=f"{there:%H:%M}")
            self._when.setText(said)
            self._note.set_runs(note or _("Who gets it is decided then. ShopDesk must be open at that time."))

    def _ask(self) -> None:
        dialog = MomentDialog(self, self._clock, self._at)
        if dialog.exec() == MomentDialog.DialogCode.Accepted:
            self.moved.emit(dialog.at.moment())
        dialog.deleteLater()
