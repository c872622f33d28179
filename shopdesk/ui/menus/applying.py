"""Bringing LINE to what is published: off the screen's thread, with its steps counted, and stopped between two of them."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from shopdesk.i18n import _, _n
from shopdesk.menus import StoppedError
from shopdesk.ui import widgets as w
from shopdesk.ui.amounts import number
from shopdesk.ui.tasks import Lane

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shopdesk.menus import Menu, Settled
    from shopdesk.shop import Shop
    from shopdesk.ui.notices import Notices
    from shopdesk.ui.tasks import Tasks


class Applying(w.ProgressCard):
    """Seen while it works. `ended` when it is over, however it went."""

    ended = Signal()
    _step = Signal(int, int)

    def __init__(self, shop: Shop, tasks: Tasks, notices: Notices) -> None:
        super().__init__(_("Applying it on LINE"), _("Stopping leaves what friends see as it is; go on at any time."))
        self._shop, self._tasks, self._notices = shop, tasks, notices
        self._stopping = threading.Event()
        self.stopped.connect(self._stopping.set)
        self._step.connect(self._show_step)
        self.hide()

    def begin(self, first: Callable[[], object], done: Callable[[Settled], object]) -> None:
        """Do something first, then bring LINE to what is published; `done` is told what came of it."""
        self._stopping.clear()
        self.stop.setEnabled(True)
        self.show_progress(0, None, "")
        self.show()
        menus, stopping, step = self._shop.menus, self._stopping, self._step

        def tell(number_: int, of: int) -> None:
            step.emit(number_, of)
            if stopping.is_set():
                raise StoppedError

        def work() -> Settled:
            first()
            return menus.settle(tell, again=True, look=True)

        self._tasks.run(self, work, lambda found: self._end(done, found), failed=self._failed, lane=Lane.NETWORK)

    def _show_step(self, done: int, of: int) -> None:
        self.show_progress(done, of, _("{done} of {all} steps").format(done=number(done), all=number(of)))

    def _end(self, done: Callable[[Settled], object], found: Settled) -> None:
        self.hide()
        done(found)
        self.ended.emit()

    def _failed(self, error: Exception) -> None:
        self.hide()
        self._notices.error(error)
        self.ended.emit()


def said(found: Settled, first: Sequence[Menu] = ()) -> str:
    """Return what came of it, in a sentence; `first` are the menus that go before the one that was published."""
    if found.refused:
        return _("LINE did not take {names}. Open it and see why.").format(names=", ".join(found.refused))
    if first:
        return _behind(first)
    if found.nothing:
        return _("LINE shows it as it is.")
    words = _("Friends see it as soon as they open the talk.")
    if found.people:
        gave = _n("{n} person got another menu.", "{n} people got another menu.", found.people)
        words += " " + gave.format(n=number(found.people))
    return words


def _behind(first: Sequence[Menu]) -> str:
    """Return who does not see a menu that was published, and how they would."""
    whole = next((one.plan.name for one in first if one.published and one.published.segment_id is None), None)
    if whole is not None:
        sentence = _("Published, but everybody sees “{name}” first. “Further up” in the list changes the order.")
        return sentence.format(name=whole)
    names = ", ".join(one.plan.name for one in first)
    sentence = _("Published. Its people see “{names}” first; “Further up” in the list changes the order.")
    return sentence.format(names=names)
