"""How the page writes: in the write lane, said in a toast, undone from there or by Ctrl+Z where it can be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shopdesk.ui.tasks import Lane

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from shopdesk.ui.notices import Notices
    from shopdesk.ui.tasks import Tasks


class Doing:
    """Writes for one page, and remembers the way back of what was done last."""

    def __init__(self, tasks: Tasks, notices: Notices, page: QWidget) -> None:
        self.tasks, self.notices, self.page = tasks, notices, page
        self._last: Callable[[], object] | None = None

    def write(self, work: Callable[[], Any], then: Callable[[Any], object] | None = None) -> None:
        """Do `work` in the write lane, then call `then` with its result."""
        self.tasks.run(self.page, work, then, lane=Lane.WRITE)

    def done(self, words: str, undo: Callable[[], object] | None = None) -> None:
        """Say what was done; the way back is also Ctrl+Z."""
        self._last = undo
        self.notices.done(words, undo)

    def undo_last(self) -> None:
        """Take back what was done last, where there is a way."""
        last, self._last = self._last, None
        if last is not None:
            last()
