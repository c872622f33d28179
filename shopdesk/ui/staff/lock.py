"""The locked window: who are you, and nothing else of the shop."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shopdesk.changes import Topic
from shopdesk.i18n import _
from shopdesk.ui.icons import Icon
from shopdesk.ui.staff.who import Who
from shopdesk.ui.theme import theme
from shopdesk.ui.widgets import Card, Prose, hbox, label, scroller, vbox

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtGui import QShowEvent

    from shopdesk.shop import Shop
    from shopdesk.staff import Member, MemberRole
    from shopdesk.ui.live import Live
    from shopdesk.ui.notices import Notices
    from shopdesk.ui.tasks import Tasks


class Lock(QWidget):
    """Signs in whoever types the own PIN: `opened` carries the member. `roles` are those who may; everybody by default."""

    opened = Signal(object)

    def __init__(
        self,
        shop: Shop,
        tasks: Tasks,
        live: Live,
        notices: Notices,
        *,
        sentence: str = "",
        roles: Collection[MemberRole] = ("owner", "manager", "counter"),
    ) -> None:
        super().__init__()
        self._shop, self._tasks, self._roles = shop, tasks, roles
        self.who = Who(shop, tasks, notices, _("Open"))
        self._sentence = Prose(sentence or _("Choose your name or scan your badge, then type your PIN."), tone="text_2")
        forgotten = _("PIN forgotten? The owner sets a new one under Settings → Staff.")
        head = hbox(Icon("lock", "accent_text", "icon_medium"), label(_("ShopDesk is locked"), "title"), ..., gap="s3")
        self._card = Card(
            head, "s1", self._sentence, "s3", (self.who, 1), "s3", Prose(forgotten, role="caption", tone="text_3"),
            pad="s6",
        )  # fmt: skip
        self.setLayout(vbox(scroller(hbox(..., vbox(..., self._card, ...), ..., margin="s2"))))
        self.setFocusProxy(self.who)
        self.who.given.connect(self._sign_in)
        live.on(self, {Topic.STAFF}, self._changed)
        self.dress()

    def dress(self) -> None:
        """Take the sizes from the theme in use."""
        self._card.setFixedWidth(theme().px("lock_width"))

    def load(self) -> None:
        """Read who works here and offer them, nobody chosen."""
        self._tasks.run(self, self._shop.staff.members.all, self._loaded, key="members")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.load()
        self.who.setFocus()

    def _changed(self) -> None:
        if self.isVisible():
            self.load()

    def _loaded(self, members: list[Member]) -> None:
        before = self.who.chosen()
        self.who.offer([one for one in members if one.role in self._roles])
        if before is not None:
            self.who.choose(before.id)

    def _sign_in(self, member_id: int, pin: str) -> None:
        work = partial(self._shop.staff.sign_in, member_id, pin)
        self._tasks.run(self, work, self._signed_in, failed=self.who.refuse)

    def _signed_in(self, member: Member) -> None:
        self.who.offer([])
        self.opened.emit(member)
