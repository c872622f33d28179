"""Every rich menu in the order in which they are asked, with how it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shopdesk.i18n import _, _n
from shopdesk.ui import widgets as w
from shopdesk.ui.amounts import number
from shopdesk.ui.days import when
from shopdesk.ui.directions import isolated
from shopdesk.ui.menus.words import standing_mark, times

if TYPE_CHECKING:
    from shopdesk.menus import Menu
    from shopdesk.shop import Shop
    from shopdesk.ui.notices import Notices
    from shopdesk.ui.tasks import Tasks


class Listed(NamedTuple):
    """A menu, and the name of its people: '' for everybody, None where their segment is gone."""

    menu: Menu
    people: str | None


def read(shop: Shop) -> list[Listed]:
    """Read every menu in its order."""
    names: dict[int | None, str] = {one.id: one.name for one in shop.segments.list()} | {None: ""}
    return [Listed(one, names.get(one.plan.segment_id)) for one in shop.menus.list()]


def people_words(people: str | None) -> str:
    """Return whom a menu is for, in words."""
    if people is None:
        return _("a segment that is gone")
    return isolated(people) if people else _("All friends")


class Overview(QWidget):
    """`opened` carries a menu's number, `wanted` asks for a new one, `ordered` carries all numbers in another order."""

    opened = Signal(object)
    wanted = Signal()
    ordered = Signal(object)

    def __init__(self, shop: Shop, tasks: Tasks, notices: Notices) -> None:
        super().__init__()
        self._shop, self._tasks = shop, tasks
        self._found: list[Listed] = []
        self._new = w.Button(_("Make a menu"), "primary", "plus", does=self.wanted.emit)
        empty = w.EmptyState(
            "layout-grid",
            _("No rich menu yet"),
            _("Make the one that stands below the talk: card, coupons, booking, where you are."),
            w.Button(_("Make a menu"), "primary", "plus", does=self.wanted.emit),
        )
        self.edit = w.Button(_("Open"), icon="pencil", size="control_small", does=self._open_current)
        self.up = w.Button(_("Further up"), icon="chevron-up", size="control_small", does=lambda: self._move(-1))
        self.down = w.Button(_("Further down"), icon="chevron-down", size="control_small", does=lambda: self._move(1))
        self._foot = w.label("", "small", "text_2")
        self._rule = w.elided(_("A friend sees the first menu from above that is for them."), "small", "text_2")
        self.list: w.ListCard[Listed] = w.ListCard(
            self._columns(),
            lambda one: one.menu.id,
            tasks,
            empty=empty,
            sentence=notices.sentence,
            foot=w.holder(w.hbox(self._foot, "s4", (self._rule, 1), self.edit, self.up, self.down)),
        )
        table = self.list.table
        table.setAccessibleName(_("Rich menus"))
        table.opened.connect(lambda one: self.opened.emit(one.menu.id) if one else None)
        table.picked.connect(lambda _one: self._allow())
        self.list.counted.connect(self._counted)
        purpose = _("What stands below the talk, for everybody or for a segment, always or for a time.")
        header = w.Header(_("Rich menus"), purpose, actions=(self._new,))
        margin = ("page_side", "s1", "page_side", "page_top")
        self.setLayout(w.vbox(header, (w.holder(w.hbox((self.list, 1), margin=margin)), 1)))

    def _columns(self) -> list[w.Column[Listed]]:
        clock = self._shop.clock
        return [
            w.Column(_("State"), lambda one: w.Cell(badge=standing_mark(one.menu)), 170),
            w.Column(_("Name"), lambda one: w.Cell(isolated(one.menu.plan.name), bold=True, second=one.menu.trouble)),
            w.Column(_("For whom"), lambda one: people_words(one.people), 160),
            w.Column(_("Shown from, until"), lambda one: times(one.menu.plan), 280),
            w.Column(_("Tabs"), lambda one: number(len(one.menu.plan.design.tabs)), 70, w.RIGHT),
            w.Column(_("Last changed"), lambda one: when(one.menu.changed_at, clock.now()), 120),
        ]

    def _open_current(self) -> None:
        one = self.list.table.current()
        if one is not None:
            self.opened.emit(one.menu.id)

    def reload(self) -> None:
        """Read the list again."""
        shop = self._shop

        def show(found: list[Listed]) -> None:
            self._found = found
            self.list.show_listing(w.fixed(found))

        self._tasks.run(self, lambda: read(shop), show, key="list")

    def _counted(self, count: int) -> None:
        self._new.setVisible(bool(count))
        self.edit.setVisible(bool(count))
        for one in (self.up, self.down, self._rule):
            one.setVisible(count > 1)
        self._foot.setText(_n("{n} menu", "{n} menus", count).format(n=number(count)))
        self._allow()

    def _place(self) -> int:
        current = self.list.table.current()
        ids = [one.menu.id for one in self._found]
        return ids.index(current.menu.id) if current is not None and current.menu.id in ids else -1

    def _allow(self) -> None:
        at = self._place()
        self.edit.setEnabled(at >= 0)
        self.up.setEnabled(at > 0)
        self.down.setEnabled(0 <= at < len(self._found) - 1)

    def _move(self, by: int) -> None:
        at, ids = self._place(), [one.menu.id for one in self._found]
        if 0 <= at + by < len(ids) and at >= 0:
            ids[at], ids[at + by] = ids[at + by], ids[at]
            self.ordered.emit(ids)
