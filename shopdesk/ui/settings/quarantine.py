"""A copied or restored home sends nothing: says so on top of the settings, and lets it send again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from shopdesk.i18n import _, _n
from shopdesk.ui.tasks import Lane
from shopdesk.ui.widgets import Banner, confirm, hbox

if TYPE_CHECKING:
    from shopdesk.automations import Automation
    from shopdesk.broadcasts import Status
    from shopdesk.quarantine import Quarantine
    from shopdesk.ui.shop_page import Desk

WAITING = frozenset({"waiting", "sending", "paused"})


class HeldBanner(QWidget):
    """Shown only while the home is held back."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.banner = Banner("warning", "", action=_("Let it send again"), does=self._look)
        self.setLayout(hbox((self.banner, 1), margin=("page_side", "", "page_side", "s3")))
        self.hide()

    def load(self) -> None:
        """Read whether the home is held back."""
        desk = self._desk
        desk.tasks.run(self, desk.shop.installation.quarantine, self._loaded, key="load")

    def _loaded(self, held: Quarantine) -> None:
        self.banner.say(held.reason or "", _("Nothing is sent until you have looked at what would go out."))
        self.setVisible(held.quarantined)

    def _look(self) -> None:
        desk = self._desk
        shop = desk.shop
        work = lambda: (shop.broadcasts.list(500), shop.automations.list())  # noqa: E731
        desk.tasks.run(self, work, self._ask, key="look")

    def _ask(self, found: tuple[list[Status], list[Automation]]) -> None:
        waiting = [one for one in found[0] if one.state in WAITING]
        facts = would_go_out(waiting, [one.name for one in found[1] if one.state == "running"])
        twice = _("Is this shop still in use on the other computer? Then leave it: people would get messages twice.")
        if confirm(self, _("Let this shop's data send again?"), facts, "\n", twice, verb=_("Let it send")):
            self._desk.tasks.run(self, self._desk.shop.lift_quarantine, lambda _done: self._lifted(), lane=Lane.WRITE)

    def _lifted(self) -> None:
        self.load()
        self._desk.notices.done(_("This shop's data can send again."))


def would_go_out(waiting: list[Status], running: list[str]) -> str:
    """Return what is on its way to be sent, and which automations go on by themselves."""
    said = _waiting(waiting)
    if not running:
        return said
    names = _(", ").join(running[:3])
    goes_on = _n("{n} automation runs: {names}.", "{n} automations run: {names}.", len(running))
    return said + " " + goes_on.format(n=len(running), names=names)


def _waiting(waiting: list[Status]) -> str:
    if not waiting:
        return _("No broadcast waits to be sent.")
    count = sum(one.remaining for one in waiting)
    names = _(", ").join(one.name for one in waiting[:3])
    said = _n("{n} broadcast goes on: {names}.", "{n} broadcasts go on: {names}.", len(waiting))
    people = _n("{n} person has not had it.", "{n} people have not had it.", count)
    return said.format(n=len(waiting), names=names) + " " + people.format(n=f"{count:,}")
