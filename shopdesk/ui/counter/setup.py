"""This till: what it is called, whether it is heard, and the way to the scanner's test."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from shopdesk import japanese
from shopdesk.i18n import _
from shopdesk.ui.counter.keys import KeyButton
from shopdesk.ui.counter.screens import Screen
from shopdesk.ui.counter.undoing import BigField
from shopdesk.ui.widgets import Card, Prose, Switch, hbox, label

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from shopdesk.ui.screen import Screen as Remembered

LONGEST_NAME = 20
TILL = "till"
"""What this computer remembers its name by."""


def till_name(remembered: Remembered) -> str:
    """Return what this till is called: as somebody named it, before that as the computer is, so that no two tills say the same.

    It is remembered at once: visits are found by it, whatever language is spoken later.
    """
    name = remembered.get(TILL)
    if not name:
        computer = japanese.tidy(socket.gethostname().partition(".")[0])[:LONGEST_NAME]
        name = computer or _("Till {number}").format(number=1)
        remembered.keep(TILL, name)
    return name


class Setup(Screen):
    """`done` carries the till's name and whether it is muted."""

    done = Signal(str, bool)
    try_scanner = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.name = BigField()
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setAccessibleName(_("Name of this till"))
        self.sound = Switch(_("Sound"))
        self._rights = Prose(role="lead", tone="text_2")
        keep = KeyButton(_("Keep this"), "primary", icon="check", key="Enter", height="counter_entry", does=self.enter)
        scanner = KeyButton(
            _("Try the scanner"), icon="scan-line", key="F2", height="counter_entry", does=self.try_scanner.emit
        )
        back = KeyButton(_("Back"), icon="x", key="Esc", height="counter_entry", does=self.back)
        inner = Card(
            ...,
            label(_("This till"), "counter_l"),
            "s1",
            Prose(
                _("Its name stands beside every visit and coupon, so that “used at 14:03 at till 2” says where."),
                role="lead",
                tone="text_2",
            ),
            "s6",
            label(_("Name of this till"), "section"),
            "label_gap",
            self.name,
            "label_gap",
            self._rights,
            "s5",
            hbox(self.sound, label(_("Sound for each answer"), "counter_s"), ..., gap="s3"),
            "s8",
            hbox(keep, scanner, back, ..., gap="s4"),
            ...,
            pad="s12",
            part="panel",
        )
        self.setLayout(hbox(..., (inner, 8), ..., margin="s6"))

    def show_till(self, name: str, *, muted: bool, may_name: bool) -> None:
        """Show the till as it is; its name is for the owner and managers to give."""
        self.name.setText(name)
        self.name.setEnabled(may_name)
        self._rights.set_runs("" if may_name else _("The owner or a manager can change the name."))
        self._rights.setVisible(not may_name)
        self.sound.setChecked(not muted)

    def enter(self) -> None:
        """Keep what is set; a till is never without a name."""
        if self.name.text().strip():
            self.done.emit(self.name.text().strip(), not self.sound.isChecked())

    def back(self) -> None:
        """Leave it as it was."""
        self.closed.emit()

    def type(self, event: QKeyEvent) -> bool:
        """Take the key of the scanner's test."""
        if event.key() != Qt.Key.Key_F2:
            return False
        self.try_scanner.emit()
        return True
