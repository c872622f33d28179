"""The bell: how many friends wait for an answer, on the sidebar and outside the window, and who has just written.

What the machine answers by itself rings for nobody. It counts whoever sits at the computer, and behind a lock too; names and words are
only for whom the talks are.
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
    from shopdesk.shop import Shop
    from shopdesk.talks import News
    from shopdesk.ui.live import Live
    from shopdesk.ui.main_window import MainWindow
    from shopdesk.ui.tasks import Tasks

TALKS = "talks"
_WORDS = 120


class Bell(QObject):
    """`counted` carries the number of friends who wait; `rang` a title, words and the friend, 0 for several."""

    counted = Signal(int)
    rang = Signal(str, str, int)

    def __init__(self, shop: Shop, tasks: Tasks, live: Live, window: MainWindow) -> None:
        super().__init__()
        self._shop, self._tasks, self._window = shop, tasks, window
        self._known: set[int] | None = None
        live.on(self, {Topic.TALKS, Topic.FRIENDS}, self.look)

    def look(self) -> None:
        """Look now, off the screen's thread."""

        def work() -> tuple[int, list[News]]:
            with self._shop.staff.acting(PROGRAM):
                waiting = self._shop.talks.counts().waiting
                return waiting, self._shop.talks.news() if waiting else []

        self._tasks.run(self, work, lambda found: self._seen(*found), key="bell")

    def _seen(self, waiting: int, news: list[News]) -> None:
        self._window.sidebar.items[TALKS].set_count(waiting)
        self.counted.emit(waiting)
        before = self._known
        self._known = (before or set()) | {one.message_id for one in news}
        if before is None:  # what waited when the window opened is no news
            return
        fresh = [one for one in news if one.message_id not in before]
        if fresh and not self._in_front():
            self._ring(fresh)

    def _in_front(self) -> bool:
        """Whether somebody looks at the talks anyway."""
        return self._window.isActiveWindow() and self._window.current == TALKS

    def _ring(self, fresh: list[News]) -> None:
        QApplication.alert(self._window)
        if len(fresh) > 1 or not self._shop.staff.may(Act.TALK):
            words = _n("{n} friend has written.", "{n} friends have written.", len(fresh)).format(n=len(fresh))
            self.rang.emit(_("New talks"), words, 0)
            return
        one = fresh[0]
        words = " ".join(one.words[:_WORDS].split()) or _("Open the talk to see what it is.")
        self.rang.emit(named(one.name), words, one.friend_id)
