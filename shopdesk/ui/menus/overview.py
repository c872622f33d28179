"""Every rich menu in the order in which they are asked, with how it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal

from shopdesk.i18n import _, _n
from shopdesk.ui import widgets as w
from shopdesk.ui.amounts import number
from shopdesk.ui.days import when
from shopdesk.ui.directions import isolated
from shopdesk.ui.menus.words import standing_mark, times
from shopdesk.ui.overview import Overview, Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopdesk.clock import Clock
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


class MenuOverview(Overview[Listed]):
    """`ordered` carries the numbers of all menus in another order."""

    ordered = Signal(object)

    def __init__(self, shop: Shop, tasks: Tasks, notices: Notices) -> None:
        self._found: Sequence[Listed] = ()
        words = Words(
            _("Rich menus"),
            _("What stands below the talk, for everybody or for a segment, always or for a time."),
            lambda count: _n("{n} menu", "{n} menus", count).format(n=number(count)),
            "layout-grid",
            _("No rich menu yet"),
            _("Make the one that stands below the talk: card, coupons, booking, where you are."),
            _("Make a menu"),
        )
        self.edit = w.Button(
            _("Open"), icon="pencil", size="control_small", does=lambda: self._open(self.list.table.current())
        )
        self.up = w.Button(_("Further up"), icon="chevron-up", size="control_small", does=lambda: self._move(-1))
        self.down = w.Button(_("Further down"), icon="chevron-down", size="control_small", does=lambda: self._move(1))
        self._rule = w.elided(_("A friend sees the first menu from above that is for them."), "small", "text_2")
        super().__init__(
            tasks,
            notices,
            words,
            _columns(shop.clock),
            key=lambda one: one.menu.id,
            read=lambda: read(shop),
            foot=("s4", (self._rule, 1), self.edit, self.up, self.down),
            click_opens=False,
        )
        self.list.table.picked.connect(lambda _one: self._allow())

    def show_rows(self, found: Sequence[Listed]) -> None:
        """Show what was read, and keep its order in mind."""
        self._found = found
        super().show_rows(found)

    def count(self, count: int) -> None:
        """Show how many there are, and what can be done with them."""
        super().count(count)
        self.edit.setVisible(bool(count))
        for one in (self.up, self.down, self._rule):
            one.setVisible(count > 1)
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


def _columns(clock: Clock) -> list[w.Column[Listed]]:
    return [
        w.Column(_("State"), lambda one: w.Cell(badge=standing_mark(one.menu)), 160),
        w.Column(_("Name"), lambda one: w.Cell(isolated(one.menu.plan.name), bold=True, second=one.menu.trouble)),
        w.Column(_("For whom"), lambda one: people_words(one.people), 130),
        w.Column(_("Shown from, until"), lambda one: times(one.menu.plan, clock.now()), 200),
        w.Column(_("Tabs"), lambda one: number(len(one.menu.plan.design.tabs)), 60, w.RIGHT),
        w.Column(_("Last changed"), lambda one: when(one.menu.changed_at, clock.now()), 110),
    ]
