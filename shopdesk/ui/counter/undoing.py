"""Why something is taken back: a ready reason, or one's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from shopdesk.i18n import N_, _
from shopdesk.ui.counter.keys import KeyButton
from shopdesk.ui.counter.recent import what, who
from shopdesk.ui.counter.screens import Screen
from shopdesk.ui.days import clock_time
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets import Card, TextField, hbox, label, vbox

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from shopdesk.ui.counter.till import Done

REASONS = (N_("Counted by mistake"), N_("Wrong person"), N_("Wrong amount"), N_("The customer changed their mind"))


class Undoing(Screen):
    """`confirmed` carries what is taken back and why."""

    confirmed = Signal(object, str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._done: Done | None = None
        self._what = label("", "counter_line")
        reasons = [self._ready(at, _(reason)) for at, reason in enumerate(REASONS, start=1)]
        self.own = BigField(hint=_("Another reason, in your own words"))
        verb = KeyButton(_("Take it back"), "primary", icon="undo-2", key="Enter", does=self.enter)
        back = KeyButton(_("Leave it as it is"), icon="x", key="Esc", does=self.back)
        inner = Card(
            ...,
            label(_("Take back what was done?"), "counter_m"),
            "s1",
            self._what,
            "s6",
            vbox(*reasons, gap="s3"),
            "s4",
            hbox((self.own, 1), verb, gap="s3"),
            "s6",
            hbox(back, ...),
            ...,
            pad="s8",
            part="panel",
        )
        self.setLayout(hbox(..., (inner, 8), ..., margin="s6"))

    def _ready(self, at: int, reason: str) -> KeyButton:
        return KeyButton(reason, key=str(at), does=lambda: self._confirm(reason))

    def show_done(self, done: Done) -> None:
        """Ask about one thing."""
        self._done = done
        self._what.setText(f"{who(done)}・{what(done)}・{clock_time(done.at)}")
        self.own.clear()

    def enter(self) -> None:
        """Take it back for one's own reason."""
        if self.own.text().strip():
            self._confirm(self.own.text())

    def back(self) -> None:
        """Leave it."""
        self.closed.emit()

    def type(self, event: QKeyEvent) -> bool:
        """Take the number of a reason, unless a reason is being written."""
        at = event.key() - Qt.Key.Key_1
        if self.own.hasFocus() or not 0 <= at < len(REASONS):
            return False
        self._confirm(_(REASONS[at]))
        return True

    def _confirm(self, reason: str) -> None:
        if self._done is not None:
            done, self._done = self._done, None
            self.confirmed.emit(done, reason)


class BigField(TextField):
    """A field for the counter: as large as its keys."""

    def dress(self) -> None:
        self.setFont(theme().font("counter_s"))
        self.setFixedHeight(theme().px("touch"))
