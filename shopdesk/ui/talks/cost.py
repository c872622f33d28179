"""What an answer costs, said before it is sent: free while a reply token lives, with its seconds; else one message of the month."""

from __future__ import annotations

from datetime import timedelta
from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from shopdesk.i18n import _, _n
from shopdesk.ui.tasks import Lane
from shopdesk.ui.widgets import Badge, Mark, hbox

if TYPE_CHECKING:
    from datetime import datetime

    from shopdesk.line import Quota
    from shopdesk.shop import Shop
    from shopdesk.talks import Way
    from shopdesk.ui.tasks import Tasks

ASKS_AGAIN = timedelta(minutes=5)


class CostLine(QWidget):
    """Says how an answer would go just now, each second anew."""

    def __init__(self, shop: Shop, tasks: Tasks) -> None:
        super().__init__()
        self._shop, self._tasks = shop, tasks
        self._free_until: datetime | None = None
        self._quota: Quota | None = None
        self._asked_at: datetime | None = None
        self.badge = Badge("")
        self._tick = QTimer(self, interval=1000)
        self._tick.timeout.connect(self.say)
        self.setLayout(hbox(self.badge))

    def show_way(self, way: Way) -> None:
        """Show how an answer would go."""
        now = self._shop.clock.now()
        self._free_until = now + timedelta(seconds=way.seconds) if way.free else None
        (self._tick.start if way.free else self._tick.stop)()
        self._ask(now)
        self.say()

    def _ask(self, now: datetime) -> None:
        """Ask LINE now and then how many messages are left; without an answer the line says less."""
        if self._asked_at is not None and now - self._asked_at < ASKS_AGAIN:
            return
        self._asked_at = now
        self._tasks.run(
            self, self._shop.line.quota, self._known, failed=lambda _why: None, lane=Lane.NETWORK, key="quota"
        )

    def _known(self, quota: Quota) -> None:
        self._quota = quota
        self.say()

    def say(self) -> None:
        """Say it in words."""
        left = 0
        if self._free_until is not None:
            left = ceil((self._free_until - self._shop.clock.now()).total_seconds())
        if left > 0:
            words = _n("Free · {n} second left", "Free · {n} seconds left", left).format(n=left)
            self.badge.show_mark(Mark(words, "success"))
            return
        self._tick.stop()
        remaining = self._quota.left if self._quota is not None else None
        if remaining is None:
            self.badge.show_mark(Mark(_("Counts as 1 message")))
        elif remaining:
            words = _n("Counts as 1 message · {n} left", "Counts as 1 message · {n} left", remaining)
            self.badge.show_mark(Mark(words.format(n=f"{remaining:,}")))
        else:
            self.badge.show_mark(Mark(_("No messages left this month"), "warning"))
