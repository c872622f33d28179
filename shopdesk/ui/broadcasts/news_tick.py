"""One tick: what the broadcast says is news on the shop's pages, too, from when it begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.i18n import _
from shopdesk.ui import widgets as w
from shopdesk.ui.tasks import Lane

if TYPE_CHECKING:
    from shopdesk.shop import Shop
    from shopdesk.ui.tasks import Tasks


class NewsTick(w.Card):
    """It is kept the moment it is ticked; what it says follows the messages until they go out."""

    def __init__(self, shop: Shop, tasks: Tasks) -> None:
        self._site, self._tasks = shop.site, tasks
        self._id: int | None = None
        self.box = w.CheckBox(_("Post it in the news of the shop's pages, too"))
        about = w.Prose(_("It is there once the broadcast begins; names are left out."), role="caption", tone="text_2")
        super().__init__(self.box, w.holder(w.vbox(about, margin=("s6", "", "", ""))), pad=("s4", "s3", "s4", "s3"))
        self.box.setEnabled(False)
        self.box.clicked.connect(self._ticked)

    def show_broadcast(self, broadcast_id: int) -> None:
        """Show whether this one is posted."""
        if broadcast_id != self._id:
            self.box.setEnabled(False)
        self._id, site = broadcast_id, self._site
        self._tasks.run(self, lambda: site.follows(broadcast_id), self._show, key="follows")

    def _show(self, on: bool) -> None:
        self.box.setChecked(on)
        self.box.setEnabled(True)

    def _ticked(self, on: bool) -> None:
        broadcast_id, site = self._id, self._site
        if broadcast_id is not None:
            self._tasks.run(self, lambda: site.follow(broadcast_id, on=on), lane=Lane.WRITE)
