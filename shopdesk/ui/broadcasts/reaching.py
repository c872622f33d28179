"""How many people of each segment LINE reaches, counted one after the other and shown as it comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from shopdesk.segments import Reach, Segment, Segments
    from shopdesk.ui.broadcasts.recipients import RecipientsStep
    from shopdesk.ui.tasks import Tasks


class Reaches(QObject):
    """Fills the step that chooses people; `counted` when one more is known."""

    counted = Signal()

    def __init__(self, step: RecipientsStep, segments: Segments, tasks: Tasks) -> None:
        super().__init__(step)
        self._step, self._segments, self._tasks = step, segments, tasks
        self._known: dict[str, int] = {}

    def of(self, segment: str | None) -> int | None:
        """Return how many of a segment LINE reaches, None while that is not known."""
        return self._known.get(segment or "")

    def read(self) -> None:
        """Read the segments and count again."""
        self._tasks.run(self, self._segments.list, self._show, key="segments")

    def _show(self, found: list[Segment]) -> None:
        self._step.show_segments(found)
        self._count(list(found))

    def _count(self, waiting: list[Segment]) -> None:
        if not waiting:
            return
        one, *rest = waiting

        def then(reach: Reach) -> None:
            self._known[one.name] = reach.reachable_on_line
            self._step.show_reach(one.name, reach)
            self.counted.emit()
            self._count(rest)

        def failed(_error: Exception) -> None:  # said in full where the segment is opened
            self._count(rest)

        self._tasks.run(self, lambda: self._segments.count(one.rule), then, failed=failed, key="count")
