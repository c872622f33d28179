"""Who is at this computer: the window is locked by hand, after idle minutes and at the start, and opened for a role."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QDialog

from shopdesk.changes import Topic
from shopdesk.i18n import _
from shopdesk.staff import NOBODY, OWNER, Act
from shopdesk.ui.pages import COUNTER, PAGES, load
from shopdesk.ui.staff.lock import LockScreen
from shopdesk.ui.staff.roles import ROLES, role_words

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from shopdesk.shop import Shop
    from shopdesk.staff import Actor, Member
    from shopdesk.ui.counter.window import CounterWindow
    from shopdesk.ui.live import Live
    from shopdesk.ui.main_window import MainWindow
    from shopdesk.ui.notices import Notices
    from shopdesk.ui.tasks import Tasks

T = TypeVar("T")
LOOKS_EVERY_MS = 10_000
_TOUCHES = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.InputMethod,
}


class Presence(QObject):
    """Shows the window to whom it may be shown. Where nobody is registered it is open, and nothing here costs anything."""

    def __init__(
        self, app: QApplication, shop: Shop, tasks: Tasks, live: Live, notices: Notices, window: MainWindow
    ) -> None:
        super().__init__()
        self._app, self._shop, self._tasks = app, shop, tasks
        self._notices, self._window = notices, window
        self._shown = self._works_for = OWNER
        self._leaving = False
        self._touched_at = shop.clock.now()
        self.lock_screen = LockScreen(shop.staff, tasks, shop.clock)
        window.set_lock(self.lock_screen)
        window.lock_wanted.connect(self.lock)
        window.counter_wanted.connect(self.open_counter)
        self.counter: CounterWindow | None = None
        self.lock_screen.signed_in.connect(self._signed_in)
        tasks.in_name = self._in_name
        live.on(self, {Topic.STAFF}, self.look)
        self._timer = QTimer(self, interval=LOOKS_EVERY_MS)
        self._timer.timeout.connect(self.tick)
        self._show(shop.staff.refresh())

    def _in_name(self, work: Callable[[], T]) -> Callable[[], T]:
        """Do what a page asks for in the name of who asks: the window may be locked before it ends.

        Behind the lock a page still ends what it began, in the name of whom it was made for.
        """
        actor = self._shop.staff.actor
        actor = self._works_for if actor == NOBODY else actor

        def named() -> T:
            with self._shop.staff.acting(actor):
                return work()

        return named

    # Locking

    def lock(self) -> None:
        """Let nobody see or do anything until somebody signs in."""
        if self._shown.member_id is None:
            return
        if self.counter is not None and self.counter.isVisible():
            self.counter.lock()
            return
        self._leaving = True
        self._show(NOBODY)
        self._tasks.run(self, self._shop.staff.sign_out, lambda _none: self._left(), failed=self._not_written)

    def _left(self) -> None:
        self._leaving = False
        self.look()

    def _not_written(self, error: Exception) -> None:
        self._left()  # whoever left has left; only the record of it is missing
        self._notices.error(error)

    def tick(self) -> None:
        """Lock where nobody has touched anything for the minutes that the shop set."""
        idle = self._shop.clock.now() - self._touched_at
        if idle.total_seconds() >= 60 * int(self._shop.settings.get("lock_minutes")):
            self.lock()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self._touched_at = self._shop.clock.now()
        return False

    def look(self) -> None:
        """See who acts now: somebody has signed in, or was changed or let go, here or at another computer."""
        self._tasks.run(self, self._shop.staff.refresh, lambda _actor: self._looked(), key="look")

    def _looked(self) -> None:
        if not self._leaving:
            self._show(self._shop.staff.actor)

    def close(self) -> None:
        """Look no more, and end the counter where it was opened."""
        self._watch(on=False)
        if self.counter is not None:
            self.counter.end()
            self.counter = None

    # The counter

    def open(self, *, counter: bool) -> None:
        """Show what this computer begins with: the window, or the counter in its place."""
        if counter:
            self.open_counter()
        else:
            self._window.show()

    def open_counter(self) -> None:
        """Open the counter; with staff registered the shop's window is not left behind it."""
        if self.counter is None:
            self.counter = cast("CounterWindow", load(COUNTER)(self._window.desk))
            self.counter.left.connect(self._counter_left)
        self.counter.open(locked=self._shown == NOBODY)
        if self._shown != OWNER:
            self._window.hide()

    def _signed_in(self, member: Member) -> None:
        """Counter staff without the talks have nothing to do in the window."""
        self._looked()
        if member.role == "counter" and not member.answers:
            self.open_counter()

    def _counter_left(self) -> None:
        """Show the window to whoever left the counter, before the counter goes: an application ends with its last window."""
        self._looked()
        self._window.bring_to_front()
        if self.counter is not None:
            self.counter.hide()

    # Showing

    def _show(self, actor: Actor) -> None:
        self._watch(on=actor.member_id is not None)
        before, self._shown = self._shown, actor
        if actor == NOBODY and before == NOBODY:
            self.lock_screen.refresh()
        elif actor == NOBODY:
            _close_dialogs(self._app)
            self._notices.hush()
            self._window.lock()
            self.lock_screen.ask(_("ShopDesk is locked"), _("Choose your name or scan your badge, then type your PIN."))
        elif actor != before:
            self._admit(actor)

    def _admit(self, actor: Actor) -> None:
        before, self._works_for = self._works_for, actor
        allowed = [entry.key for entry in PAGES if self._shop.staff.may(Act(entry.needs))]
        keeping: Collection[str] = ()
        if _is_same(before, actor):
            keeping = allowed
        elif before == OWNER and actor.role == "owner":  # has just registered, and goes on with what is open
            keeping = {self._window.current}
        person = f"{role_words(actor.role)} {actor.name}" if actor.member_id is not None and actor.role in ROLES else ""
        self._window.admit(person, allowed, keeping=keeping)

    def _watch(self, *, on: bool) -> None:
        """Watch for touches where somebody could be locked out: every event of Qt's would pass here."""
        if on == self._timer.isActive():
            return
        if on:
            self._touched_at = self._shop.clock.now()
            self._app.installEventFilter(self)
            self._timer.start()
        else:
            self._app.removeEventFilter(self)
            self._timer.stop()


def _is_same(before: Actor, now: Actor) -> bool:
    return (before.member_id, before.role, before.grants) == (now.member_id, now.role, now.grants)


def _close_dialogs(app: QApplication) -> None:
    popup = app.activePopupWidget()
    if popup is not None:
        popup.close()
    for one in app.topLevelWidgets():
        if isinstance(one, QDialog) and one.isVisible():
            one.reject()
