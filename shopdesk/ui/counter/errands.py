"""What the counter asks of the till, off the screen's thread: one act at a time, and whoever waits long is told for what."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from shopdesk.ui.tasks import Lane

if TYPE_CHECKING:
    from collections.abc import Callable

    from shopdesk.ui.tasks import Tasks

SAYS_WAIT_MS = 300
"""Whoever waits longer is told for what."""


class Errands(QObject):
    """`waits` tells whether an answer takes long; `acting` is true until the answer of an act is here."""

    waits = Signal(bool)

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self._tasks = tasks
        self.acting = False
        self._patience = QTimer(self, singleShot=True, interval=SAYS_WAIT_MS)
        self._patience.timeout.connect(lambda: self.waits.emit(True))

    def look(self, work: Callable[[], Any], then: Callable[[Any], object], failed: Callable[[Exception], None]) -> None:
        """Ask for what changes nothing; who looks again does not wait for the answer before."""
        self._ask(work, then, failed, Lane.READ)

    def act(self, work: Callable[[], Any], then: Callable[[Any], object], failed: Callable[[Exception], None]) -> None:
        """Ask for one act; until its answer is here no other one is asked for."""
        if not self.acting:
            self.acting = True
            self._ask(work, then, failed, Lane.WRITE)

    def _ask(
        self, work: Callable[[], Any], then: Callable[[Any], object], failed: Callable[[Exception], None], lane: Lane
    ) -> None:
        self._patience.start()

        def answered(goes_on: Callable[[Any], object], answer: Any) -> None:
            if lane is Lane.WRITE:
                self.acting = False
            if not self.acting:
                self._patience.stop()
                self.waits.emit(False)
            goes_on(answer)

        key = "look" if lane is Lane.READ else None
        self._tasks.run(self, work, partial(answered, then), failed=partial(answered, failed), lane=lane, key=key)
