"""Every survey with its state and how many have answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shopdesk.i18n import _, _n
from shopdesk.ui import widgets as w
from shopdesk.ui.amounts import number, people
from shopdesk.ui.days import short_day
from shopdesk.ui.directions import isolated
from shopdesk.ui.surveys.words import state_mark

if TYPE_CHECKING:
    from shopdesk.shop import Shop
    from shopdesk.surveys import Survey
    from shopdesk.ui.notices import Notices
    from shopdesk.ui.tasks import Tasks


class Overview(QWidget):
    """`opened` carries the survey chosen, `wanted` asks for a new one."""

    opened = Signal(object)
    wanted = Signal()

    def __init__(self, shop: Shop, tasks: Tasks, notices: Notices) -> None:
        super().__init__()
        self._shop, self._tasks = shop, tasks
        self._new = w.Button(_("Make a survey"), "primary", "plus", does=self.wanted.emit)
        empty = w.EmptyState(
            "clipboard-list",
            _("No surveys yet"),
            _("Ask in the talk or on a page; from the first answer on you see who said what."),
            w.Button(_("Make a survey"), "primary", "plus", does=self.wanted.emit),
        )
        self._foot = w.label("", "small", "text_2")
        self.list: w.ListCard[Survey] = w.ListCard(
            self._columns(),
            lambda one: one.id,
            tasks,
            empty=empty,
            sentence=notices.sentence,
            foot=w.holder(w.hbox(self._foot, ...)),
        )
        table = self.list.table
        table.setAccessibleName(_("Surveys"))
        table.opened.connect(lambda one: self.opened.emit(one) if one else None)
        table.clicked.connect(lambda index: self._open(index.row()))
        self.list.counted.connect(self._counted)
        purpose = _("What you ask your customers, and what they answered.")
        header = w.Header(_("Surveys"), purpose, actions=(self._new,))
        margin = ("page_side", "s1", "page_side", "page_top")
        self.setLayout(w.vbox(header, (w.holder(w.hbox((self.list, 1), margin=margin)), 1)))

    def _columns(self) -> list[w.Column[Survey]]:
        clock = self._shop.clock
        return [
            w.Column(_("State"), lambda one: w.Cell(badge=state_mark(one, clock.now())), 200),
            w.Column(_("Name"), self._named),
            w.Column(_("Questions"), lambda one: number(len(one.form.questions)), 96, w.RIGHT),
            w.Column(_("Answers"), lambda one: people(one.answers), 110, w.RIGHT),
            w.Column(_("Begun, not ended"), lambda one: people(one.begun), 160, w.RIGHT),
            w.Column(_("Made"), lambda one: short_day(one.created_at, clock.now()), 110),
        ]

    @staticmethod
    def _named(one: Survey) -> w.Cell:
        second = _("anonymous") if one.form.anonymous else ""
        return w.Cell(isolated(one.draft.name), bold=True, second=second)

    def _open(self, row: int) -> None:
        one = self.list.model.record(row)
        if one is not None:
            self.opened.emit(one)

    def reload(self) -> None:
        """Read the list again."""
        surveys = self._shop.surveys
        self._tasks.run(self, surveys.list, lambda found: self.list.show_listing(w.fixed(found)), key="list")

    def _counted(self, count: int) -> None:
        self._new.setVisible(bool(count))
        self._foot.setText(_n("{n} survey", "{n} surveys", count).format(n=number(count)))
