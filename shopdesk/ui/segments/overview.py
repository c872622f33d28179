"""The saved segments with their sentences and live counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.i18n import _, _n
from shopdesk.segments import sentence
from shopdesk.ui import widgets as w
from shopdesk.ui.amounts import number, people
from shopdesk.ui.overview import Overview, Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopdesk.segments import Reach, Segment, Segments
    from shopdesk.ui.notices import Notices
    from shopdesk.ui.tasks import Tasks


class SegmentOverview(Overview["Segment"]):
    """The segments, counted one after the other once they are read."""

    def __init__(self, segments: Segments, tasks: Tasks, notices: Notices) -> None:
        self._segments = segments
        self._counts: dict[int, Reach] = {}
        self._waiting: list[Segment] = []
        words = Words(
            _("Segments"),
            _("People with something in common, to look at and to write to."),
            lambda count: _n("{n} segment", "{n} segments", count).format(n=number(count)),
            "filter",
            _("No segments yet"),
            _("Choose conditions such as “bought twice or more” and see at once how many people they take."),
            _("Make a segment"),
        )
        columns: list[w.Column[Segment]] = [
            w.Column(_("Name"), lambda one: w.Cell(one.name, bold=True), 240),
            w.Column(_("Who is in it"), lambda one: w.Cell(sentence(one.rule), tone="text_2")),
            w.Column(_("People"), lambda one: self._number(one, "count"), 128, w.RIGHT),
            w.Column(_("Reachable on LINE"), lambda one: self._number(one, "reachable_on_line"), 168, w.RIGHT),
        ]
        super().__init__(tasks, notices, words, columns, key=lambda one: one.id, read=segments.list, click_opens=False)

    def show_rows(self, found: Sequence[Segment]) -> None:
        """Show the segments, and count them one after the other."""
        super().show_rows(found)
        self._waiting = list(found)
        self._count_next()

    def _count_next(self) -> None:
        if not self._waiting:
            return
        one = self._waiting.pop(0)

        def then(reach: Reach) -> None:
            self._counts[one.id] = reach
            self.list.table.viewport().update()
            self._count_next()

        def failed(_error: Exception) -> None:  # said in full where the segment is opened
            self._count_next()

        self._tasks.run(self, lambda: self._segments.count(one.rule), then, failed=failed, key="count")

    def _number(self, one: Segment, what: str) -> w.Cell:
        reach = self._counts.get(one.id)
        return w.Cell("…" if reach is None else people(getattr(reach, what)))
