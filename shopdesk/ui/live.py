"""Changes, wherever they were made, as signals on the screen's thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from shopdesk.changes import Topic
from shopdesk.database import OfflineError
from shopdesk.ui.tasks import Lane

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from shopdesk.changes import Changes
    from shopdesk.ui.tasks import Tasks

LOOKS_EVERY_MS = 1000


class Live(QObject):
    """Tells `changed` (a frozenset of topics), for commits of this process at once, of another within a second.

    `changed_elsewhere` is asked in the read lane: whether another process has written since it was last asked. `away` tells that the data
    cannot be reached any more, and that it can again.
    """

    changed = Signal(object)
    away = Signal(bool)
    _heard = Signal(object)

    def __init__(self, changes: Changes, tasks: Tasks, changed_elsewhere: Callable[[], bool]) -> None:
        super().__init__()
        self._tasks, self._changed_elsewhere = tasks, changed_elsewhere
        self._heard.connect(self.changed, Qt.ConnectionType.QueuedConnection)
        self._stop = changes.listen(self._heard.emit)
        self._looking = self._away = False
        self._timer = QTimer(self, interval=LOOKS_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Ask now whether another process has written; one question at a time."""
        if not self._looking:
            self._looking = True
            self._tasks.run(self, self._changed_elsewhere, self._looked, failed=self._failed, lane=Lane.READ)

    def _looked(self, changed: bool) -> None:
        self._looking = False
        self._tell_away(away=False)
        if changed:
            self.changed.emit(frozenset(Topic))

    def _failed(self, error: Exception) -> None:
        self._looking = False  # the pages' own reads say what is wrong; a second voice each second would not help
        if isinstance(error, OfflineError):
            self._tell_away(away=True)

    def _tell_away(self, *, away: bool) -> None:
        if away != self._away:
            self._away = away
            self.away.emit(away)

    def on(self, owner: QObject, topics: Iterable[Topic], then: Callable[[], object]) -> None:
        """Call `then` when one of `topics` has changed, as long as `owner` lives."""
        wanted = frozenset(topics)
        relay = _Relay(owner, wanted, then)
        self.changed.connect(relay.tell)

    def close(self) -> None:
        """Stop listening and looking."""
        self._timer.stop()
        self._stop()


class _Relay(QObject):
    """Dies with its owner, and its connection with it."""

    def __init__(self, owner: QObject, topics: frozenset[Topic], then: Callable[[], object]) -> None:
        super().__init__(owner)
        self._topics, self._then = topics, then

    def tell(self, topics: frozenset[Topic]) -> None:
        if topics & self._topics:
            self._then()
