"""The head of an open talk: who it is, the machine's switch, done or not, the way to the person beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from shopdesk.i18n import _
from shopdesk.ui import widgets as w
from shopdesk.ui.talks.words import called, waits
from shopdesk.ui.theme import theme

if TYPE_CHECKING:
    from shopdesk.clock import Clock
    from shopdesk.talks import Talk


class Head(QWidget):
    """`done_wanted` and `machine_wanted` carry on or off; `side_wanted`: the person is to be shown, or not."""

    done_wanted = Signal(bool)
    machine_wanted = Signal(bool)
    side_wanted = Signal()

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self._open = False
        self.name = w.elided("", "section")
        self.state = w.Badge(_("Friend"), dot=True)
        self.waits = w.label("", "caption", "warning_text")
        self.machine = w.Switch(_("Answering machine in this talk"))
        self._machine_word = w.label(_("Auto reply"), "small", "text_2")
        for part in (self.machine, self._machine_word):
            w.tip(part, _("On: the answering machine answers here. It turns off by itself when somebody answers."))
        self.done = w.Button(_("Mark as done"), icon="check", does=lambda: self.done_wanted.emit(self._open))
        self.side = w.icon_button("users", _("Show or hide the person"), self.side_wanted.emit, size="control")
        self.machine.clicked.connect(self.machine_wanted)
        who = w.vbox(w.hbox(self.name, self.state, ...), self.waits)
        switch = w.hbox(self._machine_word, self.machine, gap="label_gap")
        self.setLayout(w.hbox((who, 1), switch, "s1", self.done, self.side, margin=("s4", "s2", "s2", "s2")))
        self.dress()

    def dress(self) -> None:
        """Take the height from the theme in use."""
        self.setFixedHeight(theme().px("header") - theme().px("s3"))

    def show_talk(self, talk: Talk) -> None:
        """Show another talk."""
        self._open = talk.waiting_since is not None
        self.name.setText(called(talk.name))
        self.state.show_mark(w.Mark(_("Blocked"), "danger") if talk.blocked else w.Mark(_("Friend"), dot=True))
        self.waits.setText(waits(talk.waiting_since, self._clock.now()) if talk.waiting_since else "")
        self.waits.setVisible(self._open)
        self.machine.setChecked(not talk.silenced)
        self.done.set_words(_("Mark as done") if self._open else _("Open again"))
        self.done.set_icon("check" if self._open else "undo-2")

    def paintEvent(self, _event: object) -> None:
        p = QPainter(self)
        p.fillRect(self.rect(), theme()["surface"])
        p.fillRect(0, self.height() - 1, self.width(), 1, theme()["line"])
