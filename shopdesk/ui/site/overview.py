"""Every page with its state and what people did on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shopdesk.i18n import _, _n
from shopdesk.ui import widgets as w
from shopdesk.ui.amounts import number
from shopdesk.ui.days import short_day
from shopdesk.ui.directions import isolated
from shopdesk.ui.site.words import KINDS, called, state_mark

if TYPE_CHECKING:
    from shopdesk.shop import Shop
    from shopdesk.site import Page
    from shopdesk.ui.notices import Notices
    from shopdesk.ui.tasks import Tasks


class Overview(QWidget):
    """`opened` carries the page chosen, `counted` how many there are."""

    opened = Signal(object)
    counted = Signal(int)

    def __init__(self, shop: Shop, tasks: Tasks, notices: Notices, new: w.Button) -> None:
        super().__init__()
        self._shop, self._tasks = shop, tasks
        empty = w.EmptyState(
            "smartphone",
            _("No pages yet"),
            _("Begin with the shop page: hours, place, news. Its address can stand in every message."),
            new,
        )
        self._foot = w.label("", "small", "text_2")
        self.list: w.ListCard[Page] = w.ListCard(
            self._columns(),
            lambda one: one.id,
            tasks,
            empty=empty,
            sentence=notices.sentence,
            row="row_two",
            foot=w.holder(w.hbox(self._foot, ...)),
        )
        table = self.list.table
        table.setAccessibleName(_("Pages"))
        table.opened.connect(lambda one: self.opened.emit(one) if one else None)
        table.clicked.connect(lambda index: self._open(index.row()))
        self.list.counted.connect(self._counted)
        self.setLayout(w.vbox((self.list, 1)))

    def _columns(self) -> list[w.Column[Page]]:
        def since(one: Page) -> str:
            return short_day(one.at, self._shop.clock.now()) if one.at else "—"

        return [
            w.Column(_("State"), lambda one: w.Cell(badge=state_mark(one)), 160),
            w.Column(_("Title"), lambda one: w.Cell(isolated(called(one)), bold=True, second=_(KINDS[one.kind]))),
            w.Column(_("Since"), since, 110, w.RIGHT),
            w.Column(_("Was opened"), lambda one: number(one.seen), 110, w.RIGHT),
            w.Column(_("Likes"), lambda one: number(one.likes) if one.kind == "news" else "—", 96, w.RIGHT),
            w.Column(_("Comments"), self._comments, 130, w.RIGHT),
        ]

    @staticmethod
    def _comments(one: Page) -> w.Cell:
        if one.kind != "news":
            return w.Cell("—")
        waits = _("{n} to look at").format(n=number(one.waiting)) if one.waiting else ""
        return w.Cell(number(one.comments), second=waits)

    def _open(self, row: int) -> None:
        one = self.list.model.record(row)
        if one is not None:
            self.opened.emit(one)

    def reload(self) -> None:
        """Read the list again."""
        site = self._shop.site
        self._tasks.run(self, site.list, lambda found: self.list.show_listing(w.fixed(found)), key="list")

    def _counted(self, count: int) -> None:
        self.counted.emit(count)
        self._foot.setText(_n("{n} page", "{n} pages", count).format(n=number(count)))
