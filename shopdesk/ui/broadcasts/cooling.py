"""The time in which a broadcast that was sent off can still be stopped: the seconds, and one large button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal

from shopdesk.i18n import _
from shopdesk.ui import widgets as w

if TYPE_CHECKING:
    from datetime import datetime

    from shopdesk.clock import Clock

TICKS_MS = 250


class CoolingPanel(w.Card):
    """`stop` when it was pressed: nothing has been sent then."""

    stop = Signal()

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._until: datetime | None = None
        self._left = w.label("", "counter_l", align=w.CENTER)
        self._title = w.label(_("It is sent in a moment"), "section", align=w.CENTER)
        self._note = w.Prose(
            _("Nothing has gone out yet. Stop it now and nobody gets it."), tone="text_2", align=w.CENTER
        )
        self.stop_button = w.Button(_("Stop it"), "stop", "square", "control_large")
        super().__init__(
            "s5", self._title, "s2", self._left, "s2", self._note, "s4", w.hbox(..., self.stop_button, ...), "s5"
        )
        self.stop_button.clicked.connect(self.stop)
        self._timer = QTimer(self, interval=TICKS_MS)
        self._timer.timeout.connect(self._tick)
        self.hide()

    def show_until(self, until: datetime | None) -> None:
        """Count down to a moment; None is over."""
        shown, self._until = self._until is not None, until
        self.setVisible(until is not None)
        if until is None:
            self._timer.stop()
            return
        self._tick()
        self._timer.start()
        if not shown:
            self.stop_button.setFocus()

    def seconds(self) -> int:
        """Return the whole seconds that are left."""
        if self._until is None:
            return 0
        return max(0, round((self._until - self._clock.now()).total_seconds()))

    def _tick(self) -> None:
        minutes, seconds = divmod(self.seconds(), 60)
        self._left.setText(_("{minutes}:{seconds} left").format(minutes=minutes, seconds=f"{seconds:02}"))
