"""The counter while the shop's data cannot be reached and nobody can sign in: visits are noted, nothing else is seen or done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QTimer, Signal

from shopdesk.clock import japan_day, start_of_japan_day
from shopdesk.database import BusyError, OfflineError
from shopdesk.i18n import _
from shopdesk.staff import UNSIGNED
from shopdesk.ui.counter import outcomes
from shopdesk.ui.counter.frame import CounterFrame
from shopdesk.ui.counter.till import Till
from shopdesk.ui.screen import SHOP_NAME
from shopdesk.ui.tasks import Lane

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import NoReturn

    from PySide6.QtWidgets import QWidget

    from shopdesk.cards import Counted, Noted
    from shopdesk.shop import Shop
    from shopdesk.ui.counter.till import Done

TRIES_EVERY_MS = 5_000


class AloneTill(Till):
    """A till that asks the shop's data nothing, also in the moment when that is back: nobody has signed in."""

    only_notes = True

    def look(self, typed: str) -> NoReturn:
        """Find nobody: a visit can be noted where it is surely a card. Raises OfflineError, NeedsCardNumberError, NotOursError."""
        self._shop.cards.offline.require_sure(typed)
        raise OfflineError(_("Nobody can be looked up until the connection is back."))

    def note(self, typed: str, nonce: str, yen: int | None = None) -> Noted:
        """Note a visit in nobody's name: whoever stands here could not sign in."""
        with self._shop.staff.acting(UNSIGNED):
            return super().note(typed, nonce, yen)

    def take_back(self, done: Done, reason: str) -> Counted | None:
        """Take back a visit that was noted here, in nobody's name."""
        with self._shop.staff.acting(UNSIGNED):
            return super().take_back(done, reason)

    def recent(self) -> list[Done]:
        """Return what is noted on this computer: what else was done here today lies in the data."""
        with self._shop.staff.acting(UNSIGNED):
            return self.noted_since(start_of_japan_day(japan_day(self._shop.clock.now())))


class Alone(CounterFrame):
    """Tries by itself whether the data is there: `back` tells that it is and that nobody is being served.

    `refused` carries why it cannot be opened although it can be reached.
    """

    back = Signal()
    refused = Signal(object)

    def __init__(self, shop: Shop, *, reach: Callable[[], object]) -> None:
        super().__init__(shop, AloneTill)
        self._reach, self._is_back = reach, False
        self.head.show_place(self._remembered.get(SHOP_NAME) or "ShopDesk", self.serving.till.name)
        self.head.show_staff("", locks=False)
        self.head.setup_button.hide()
        self.serving.badge.connect(lambda _digits: self.serving.say(outcomes.nobody_signs_in()))
        self._again = QTimer(self, singleShot=True, interval=TRIES_EVERY_MS)
        self._again.timeout.connect(self.look_for_it)

    def open(self) -> None:
        """Show the window over the whole screen, ready for the next customer."""
        self.showFullScreen()
        self.serving.next_customer()
        self._again.start()

    def serve(self) -> bool:
        """Stay open until the data is there, or cannot be opened for another reason; False where the counter was left before."""
        over = QEventLoop()
        for ended in (self.back, self.refused):
            ended.connect(lambda *_why: over.exit(1))
        self.left.connect(over.quit)
        self.open()
        return bool(over.exec())

    def look_for_it(self) -> None:
        """See whether the data can be reached, and again in a few seconds where it cannot."""
        self.tasks.run(self, self._reach, lambda _found: self._found(), failed=self._not_found, lane=Lane.NETWORK)

    def _found(self) -> None:
        self._is_back = True
        self.banner.say(_("The connection is back."), _("Finish with this customer; the sign-in comes next."))
        self._serve_next()

    def _not_found(self, error: Exception) -> None:
        if isinstance(error, OfflineError | BusyError):
            self._again.start()
        else:
            self.refused.emit(error)

    def _serve(self, screen: QWidget) -> None:
        super()._serve(screen)
        self._serve_next()

    def _serve_next(self) -> None:
        """Where nobody is being served: say how it stands, or that the data is back."""
        if self.screen_shown() is not self.serving.screens.waiting:
            return
        if self._is_back:
            self.back.emit()
            return
        self.say_away(_("The shop's data is out of reach: nobody can sign in."))
