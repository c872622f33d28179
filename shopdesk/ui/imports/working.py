"""While files are read or written: how far it is, what stopping does, and the button that stops."""

from __future__ import annotations

from time import monotonic

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from shopdesk.i18n import _
from shopdesk.ui import amounts
from shopdesk.ui.widgets import Button, Card, Figure, Frame, Spinner, elided, hbox, label, vbox


class Working(QWidget):
    """Work of seconds to minutes whose end nobody can tell: the number done so far and the time it has taken."""

    stopped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._what = elided("", "section")
        self.figure = Figure("0", "", "figure_xl")
        self._time, self._note = label("", "small", "text_2"), elided("", "small", "text_2")
        self.stop = Button(_("Stop"), icon="square", does=self._stop)
        card = Card(
            hbox(Spinner(), (self._what, 1)),
            "s4",
            hbox((self.figure, 1), self._time),
            "s4",
            hbox((self._note, 1), self.stop),
            pad="s6",
        )
        self.setLayout(vbox(Frame(None, card, ...)))
        self._since = monotonic()
        self._timer = QTimer(self, interval=1000)
        self._timer.timeout.connect(self._tick)

    def begin(self, what: str, unit: str, note: str, count: int = 0) -> None:
        """Show a new work; `unit` follows the number, `note` says what stopping does."""
        self._what.setText(what)
        self.figure.show_number(amounts.number(count), unit)
        self._note.setText(note)
        self._time.setText("")
        self._since = monotonic()
        self.stop.setEnabled(True)
        self._timer.start()

    def count(self, done: int) -> None:
        """Show how much is done."""
        self.figure.show_number(amounts.number(done))

    def _tick(self) -> None:
        if self.isVisible():
            self._time.setText(_("{n} seconds").format(n=round(monotonic() - self._since)))
        else:
            self._timer.stop()

    def _stop(self) -> None:
        self.stop.setEnabled(False)
        self.stopped.emit()
