"""The bell: how many talks are unread, on the sidebar and outside the window, and who has just written.

It counts whoever sits at the computer, and behind a lock too; names and words are only for whom the talks are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from shopdesk.changes import Topic
from shopdesk.i18n import _, _n
from shopdesk.staff import PROGRAM, Act
from shopdesk.ui.directions import named

if TYPE_CHECKING:
    from datetime import datetime

    from shopdesk.shop import Shop
    from shopdesk.talks import Talk
    from shopdesk.ui.live import Live
    from shopdesk.ui.main_window import MainWindow
    from shopdesk.ui.tasks import Tasks

TALKS = "talks"
_LOOKED_AT = 20
_WORDS = 120


class Bell(QObject):
    """`counted` carries the number of unread talks; `rang` a title, words and the friend, 0 for several."""

    counted = Signal(int)
    rang = Signal(str, str, int)

    def __init__(self, shop: Shop, tasks: Tasks, live: Live, window: MainWindow) -> None:
        super().__init__()
        self._shop, self._tasks, self._window = shop, tasks, window
        self._known: dict[int, datetime] | None = None
        live.on(self, {Topic.TALKS, Topic.FRIENDS}, self.look)

    def look(self) -> None:
        """Look now, off the screen's thread."""

        def work() -> tuple[int, list[Talk]]:
            with self._shop.staff.acting(PROGRAM):
                unread = self._shop.talks.counts().unread
                return unread, self._shop.talks.page("unread", limit=_LOOKED_AT) if unread else []

        self._tasks.run(self, work, lambda found: self._seen(*found), key="bell")

    def _seen(self, unread: int, talks: list[Talk]) -> None:
        self._window.sidebar.items[TALKS].set_count(unread)
        self.counted.emit(unread)
        before, self._known = self._known, {one.friend_id: one.last_at for one in talks}
        if before is None:  # what was unread when the window opened is no news
            return
        fresh = [one for one in talks if one.friend_id not in before or one.last_at > before[one.friend_id]]
        if fresh and not self._in_front():
            self._ring(fresh)

    def _in_front(self) -> bool:
        """Whether somebody looks at the talks anyway."""
        return self._window.isActiveWindow() and self._window.current == TALKS

    def _ring(self, fresh: list[Talk]) -> None:
        QApplication.alert(self._window)
        if len(fresh) > 1 or not self._shop.staff.may(Act.TALK):
            words = _n("{n} friend has written.", "{n} friends have written.", len(fresh)).format(n=len(fresh))
            self.rang.emit(_("New talks"), words, 0)
            return
        one = fresh[0]
        words = " ".join(one.last_words[:_WORDS].split()) or _("Open the talk to see what it is.")
        self.rang.emit(named(one.name), words, one.friend_id)
