"""The page of rich menus: the list, and one being written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QDialog, QFileDialog

from shopdesk.changes import Topic
from shopdesk.i18n import _
from shopdesk.line import LineError
from shopdesk.menus import ahead
from shopdesk.ui import widgets as w
from shopdesk.ui.list_page import ListPage
from shopdesk.ui.menus.applying import said
from shopdesk.ui.menus.editor import Around, MenuEditor
from shopdesk.ui.menus.overview import MenuOverview
from shopdesk.ui.menus.timing import TimesDialog
from shopdesk.ui.tasks import Lane

if TYPE_CHECKING:
    from collections.abc import Callable

    from shopdesk.menus import Menu, Plan, Settled, TabClicks
    from shopdesk.ui.shop_page import Desk


class MenusPage(ListPage):
    """Rich menus. `shown(menu=ID)` opens one, `new=True` begins one."""

    topics: ClassVar[frozenset[Topic]] = frozenset({Topic.MENUS, Topic.SEGMENTS})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._service = self.shop.menus
        self.overview = MenuOverview(self.shop, self.tasks, self.notices)
        self.editor = MenuEditor(self.shop, self.tasks, self.notices)
        self.hold(self.overview, self.editor)
        self._connect()
        self.overview.reload()

    def _connect(self) -> None:
        self.overview.opened.connect(lambda one: self.open(one.menu.id))
        self.overview.wanted.connect(self.begin)
        self.overview.ordered.connect(self.order)
        editor = self.editor
        editor.save.connect(self.save)
        editor.publish.connect(self.publish)
        editor.withdraw.connect(self.withdraw)
        editor.delete.connect(self.delete)
        editor.times_wanted.connect(self.ask_times)
        editor.picture_wanted.connect(self.ask_picture)

    # What the window asks

    def shown(self, **what: Any) -> None:
        """Open a menu by its number, or begin a new one."""
        if what.get("new"):
            self.begin()
        elif what.get("menu"):
            self.open(int(what["menu"]))

    def reload(self) -> None:
        """Read what is at the front again; what is being written stays."""
        menu, service = self.editor.menu, self._service
        if self.at_front(self.overview):
            self.overview.reload()
        elif menu is not None:
            self.tasks.run(self, service.list, self._stands, key="standing")

    def _stands(self, found: list[Menu]) -> None:
        mine = next((one for one in found if self.editor.menu and one.id == self.editor.menu.id), None)
        if mine is not None:
            self.editor.show_standing(mine)

    # Opening

    def begin(self) -> None:
        """Begin a new one."""
        self._open(None)

    def open(self, menu: int) -> None:
        """Write one anew."""
        self._open(menu)

    def _open(self, number: int | None) -> None:
        shop = self.shop

        def work() -> tuple[Menu | None, Around]:
            menus = shop.menus.list()
            found = None if number is None else shop.menus.get(number)
            others = sum(1 for one in menus if one.id != number)
            name = str(shop.settings.get("shop_name"))
            return found, Around(name, shop.coupons.list(), shop.surveys.list(), shop.segments.list(), others)

        def show(found: tuple[Menu | None, Around]) -> None:
            self.editor.show_menu(*found)
            self.bring(self.editor)
            if found[0] is not None and found[0].standing == "shown":
                self._ask_clicks(found[0].id)

        self.tasks.run(self, work, show, key="menu")

    def _ask_clicks(self, menu: int) -> None:
        service = self._service

        def work() -> list[TabClicks]:
            try:
                return service.clicks(menu)
            except LineError:
                return []  # the figures are a help, not the work

        self.tasks.run(self, work, self.editor.show_clicks, lane=Lane.NETWORK, key="clicks")

    # Keeping

    def save(self) -> None:
        """Keep what is written; friends do not see it yet."""

        def done(menu: Menu) -> None:
            self.editor.kept(menu)
            self.notices.done(_("Kept “{name}”. Friends see it once you apply it.").format(name=menu.plan.name))

        self.tasks.run(self, self._keeping(), done, lane=Lane.WRITE)

    def _keeping(self) -> Callable[[], Menu]:
        plan, before, service = self.editor.draft.plan, self.editor.menu, self._service
        return lambda: service.create(plan) if before is None else service.change(before.id, plan)

    def publish(self) -> None:
        """Keep it, publish it, and bring LINE to it."""
        editor, service = self.editor, self._service

        def kept(menu: Menu) -> None:
            editor.kept(menu)
            self._busy(on=True)
            editor.applying.begin(lambda: service.publish(menu.id), lambda found: self._published(menu.id, found))

        self.tasks.run(self, self._keeping(), kept, lane=Lane.WRITE)

    def _published(self, menu: int, found: Settled) -> None:
        """Say what came of it, and which menus friends see before this one."""
        service = self._service
        then = lambda first: self.notices.done(said(found, first))  # noqa: E731
        self.tasks.run(self, lambda: ahead(service.list(), menu), then, key="ahead")

    def _busy(self, *, on: bool) -> None:
        for one in (self.editor.give, self.editor.keep, self.editor.more):
            one.setEnabled(not on)
        if on:
            self.editor.applying.ended.connect(self._free)

    def _free(self) -> None:
        self.editor.applying.ended.disconnect(self._free)
        self._busy(on=False)
        self.reload()

    def _applied(self, found: Settled) -> None:
        self.notices.done(said(found))

    def withdraw(self) -> None:
        """Let it be shown to nobody any more."""
        menu, service = self.editor.menu, self._service
        if menu is not None and w.confirm(
            self,
            _("Take “{name}” off LINE?").format(name=menu.plan.name),
            _("Friends see the next menu that is for them, or none. It stays here as a draft."),
            verb=_("Take it off LINE"),
            danger=True,
        ):
            self._busy(on=True)
            self.editor.applying.begin(lambda: service.withdraw(menu.id), self._applied)

    def delete(self) -> None:
        """Delete it, here and on LINE."""
        menu, service = self.editor.menu, self._service
        if menu is None:
            if self.let_go():
                self.bring_list()
        elif w.confirm(
            self,
            _("Delete “{name}”?").format(name=menu.plan.name),
            _("It goes from LINE, too, and cannot be brought back."),
            verb=_("Delete the menu"),
            danger=True,
        ):
            self._busy(on=True)
            self.editor.applying.begin(lambda: service.delete(menu.id), self._deleted)

    def _deleted(self, _found: Settled) -> None:
        self.notices.done(_("Deleted."))
        self.bring_list()

    def order(self, menus: list[int]) -> None:
        """Put the menus into another order, here and on LINE."""
        service = self._service

        def work() -> Settled:
            service.order(menus)
            return service.settle()

        self.tasks.run(self, work, lambda found: self.notices.done(said(found)), lane=Lane.NETWORK)

    # What is asked for

    def ask_times(self) -> None:
        """Ask from when until when it is shown."""
        plan: Plan = self.editor.draft.plan
        dialog = TimesDialog(self, self.shop.clock, plan.starts, plan.ends)
        chosen = dialog.times() if dialog.exec() == QDialog.DialogCode.Accepted else None
        dialog.deleteLater()
        if chosen is not None:
            self.editor.draft.change(starts=chosen[0], ends=chosen[1])

    def ask_picture(self) -> None:
        """Ask for a picture of the shop's own."""
        kinds = f"{_('Pictures')} (*.jpg *.jpeg *.png)"
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Choose a picture"), "", kinds)
        if chosen:
            self.add_picture(Path(chosen))

    def add_picture(self, file: Path) -> None:
        """Keep a file, cut to the menu's size, and let the tab show it."""
        design, service = self.editor.draft.design, self._service
        work = lambda: service.keep_picture(file.read_bytes(), design)  # noqa: E731
        self.tasks.run(self, work, self.editor.take, lane=Lane.WRITE, key="add picture")
