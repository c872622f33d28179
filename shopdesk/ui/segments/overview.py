"""The saved segments with their sentences and live counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shopdesk.i18n import _, _n
from shopdesk.segments import sentence
from shopdesk.ui import widgets as w
from shopdesk.ui.amounts import people

if TYPE_CHECKING:
    from shopdesk.segments import Reach, Segment, Segments
    from shopdesk.ui.notices import Notices
    from shopdesk.ui.tasks import Tasks


class Overview(QWidget):
    """The list; `opened` carries the segment chosen, `wanted` asks for a new one."""

    opened = Signal(object)
    wanted = Signal()

    def __init__(self, segments: Segments, tasks: Tasks, notices: Notices) -> None:
        super().__init__()
        self._segments, self._tasks = segments, tasks
        self._counts: dict[int, Reach] = {}
        self._waiting: list[Segment] = []
        self._new = w.Button(_("Make a segment"), "primary", "plus", does=self.wanted.emit)
        empty = w.EmptyState(
            "filter",
            _("No segments yet"),
            _("Choose conditions such as “bought twice or more” and see at once how many people they take."),
            w.Button(_("Make the first segment"), "primary", "plus", does=self.wanted.emit),
        )
        self._foot = w.label("", "small", "text_2")
        columns: list[w.Column[Segment]] = [
            w.Column(_("Name"), lambda one: w.Cell(one.name, bold=True), 240),
            w.Column(_("Who is in it"), lambda one: w.Cell(sentence(one.rule), tone="text_2")),
            w.Column(_("People"), lambda one: self._number(one, "count"), 128, w.RIGHT),
            w.Column(_("Reachable on LINE"), lambda one: self._number(one, "reachable_on_line"), 168, w.RIGHT),
        ]
        self.list = w.ListCard(
            columns,
            lambda one: one.id,
            tasks,
            empty=empty,
            sentence=notices.sentence,
            foot=w.holder(w.hbox(self._foot, ...)),
        )
        self.list.table.opened.connect(self.opened)
        self.list.counted.connect(self._counted)
        header = w.Header(
            _("Segments"), _("People with something in common, to look at and to write to."), actions=(self._new,)
        )
        self.setLayout(
            w.vbox(header, (w.holder(w.hbox((self.list, 1), margin=("page_side", "s1", "page_side", "page_top"))), 1))
        )

    def reload(self) -> None:
        """Read the segments again, and count them one after the other."""
        self._tasks.run(self, self._segments.list, self._show, key="list")

    def _show(self, found: list[Segment]) -> None:
        self.list.show_listing(w.fixed(found))
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

    def _counted(self, count: int) -> None:
        self._new.setVisible(bool(count))
        self._foot.setText(_n("{n} segment", "{n} segments", count).format(n=f"{count:,}"))
