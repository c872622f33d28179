"""The counter's own window: its head, one screen at a time, the scanner, and the lock."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from shopdesk.changes import Topic
from shopdesk.database import OfflineError
from shopdesk.i18n import _
from shopdesk.staff import Act
from shopdesk.ui.counter.alone import Alone
from shopdesk.ui.counter.frame import MUTED, CounterFrame
from shopdesk.ui.counter.setup import TILL, Setup
from shopdesk.ui.counter.trying import Trying
from shopdesk.ui.loyalty.paperwork import Paperwork
from shopdesk.ui.staff.confirming import Confirming
from shopdesk.ui.staff.lock import LockScreen

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from shopdesk.staff import Member
    from shopdesk.ui.counter.scanner import Scan
    from shopdesk.ui.shop_page import Desk


class CounterWindow(CounterFrame):
    """The counter of a shop whose data is there: whoever is registered signs in before, and leaves it with the own PIN."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.shop)
        self.tasks.second_word = Confirming(desk.shop, self.tasks, self._notices, self).sees_to
        self.lock_screen = LockScreen(desk.shop.staff, self.tasks, self._clock, notes=True)
        self.trying, self.setup = Trying(), Setup()
        self.alone: Alone | None = None
        for screen in (self.lock_screen, self.trying, self.setup):
            self._stack.addWidget(screen)
        self._paperwork = Paperwork(self, replace(desk, tasks=self.tasks, notices=self._notices))
        self._leaving = self._locked = self._away = False
        self.locks = False
        self._connect()
        desk.live.away.connect(self._show_away)
        desk.live.on(self, {Topic.CARDS, Topic.COUPONS}, self._changed)
        desk.live.on(self, {Topic.SETTINGS, Topic.STAFF}, self._show_place)
        self._show_place()

    def _connect(self) -> None:
        serving, screens = self.serving, self.serving.screens
        serving.badge.connect(self._badge)
        screens.walk_in.printed.connect(lambda issued: self._paperwork.print_issued([issued]))
        self.setup.closed.connect(serving.next_customer)
        self.setup.done.connect(self._set_up)
        self.setup.try_scanner.connect(self._try_scanner)
        self.trying.closed.connect(self._open_setup)
        self.head.lock.connect(self.lock)
        self.head.setup.connect(self._open_setup)
        self.lock_screen.signed_in.connect(self._signed_in)
        self.lock_screen.given_up.connect(serving.next_customer)
        self.lock_screen.notes_wanted.connect(self.serve_alone)

    # Screens

    def _serve(self, screen: QWidget) -> None:
        """Show what serving brings; an answer that comes when somebody has locked the counter stays unseen."""
        if not self._locked:
            super()._serve(screen)
            self._say_how_it_stands()

    def open(self, *, locked: bool) -> None:
        """Show the window over the whole screen, locked or ready for the next customer."""
        self.showFullScreen()
        if locked:
            self.lock()
        else:
            self.serving.next_customer()

    def show_screen(self, screen: QWidget) -> None:
        """Bring a screen to the front; the lock says itself that nobody can sign in."""
        super().show_screen(screen)
        self.banner_line.setVisible(self._away and screen is not self.lock_screen)

    def _show_away(self, away: bool) -> None:
        self._away = away
        self._say_how_it_stands()

    def _say_how_it_stands(self) -> None:
        if self._away and self.screen_shown() is not self.lock_screen:
            self.say_away(_("The shop's data is out of reach: points and coupons wait."))
        else:
            self.banner_line.hide()

    # Locking and leaving

    def lock(self) -> None:
        """Let nobody act until somebody has signed in. Where nobody is registered there is nothing to lock."""
        if not self.locks:
            return
        with suppress(OfflineError):  # whoever leaves has left; only the record of it is missing
            self._shop.staff.sign_out()
        self.serving.forget()
        self._show_staff()
        self._leaving, self._locked = False, True
        self.lock_screen.ask(_("The counter is locked"), _("Choose your name, or scan your badge."))
        self.show_screen(self.lock_screen)

    def leave(self) -> None:
        """Leave the counter; where staff are registered an owner or a manager has to say so with the own PIN."""
        if not self.locks:
            self.left.emit()
            return
        self._leaving = True
        self.lock_screen.ask(
            _("Leave the counter"),
            _("An owner or a manager leaves it with the own PIN."),
            verb=_("Leave"),
            who=lambda member: member.role != "counter",
            back=bool(self._shop.staff.actor.name),
        )
        self.show_screen(self.lock_screen)

    def _signed_in(self, member: Member) -> None:
        self._locked = False
        self._show_staff()
        if self._leaving and member.role != "counter":
            self._leaving = False
            self.left.emit()
        else:
            self.serving.next_customer()

    def _badge(self, scanned: str) -> None:
        """Somebody's badge: they take over, with their PIN."""
        if self.locks:
            self.lock()
            self.lock_screen.take_badge(scanned)

    def serve_alone(self) -> None:
        """Let visits be noted while nobody can sign in, since PINs lie in the data; when that is back the lock stands here again."""
        if self.alone is None:
            self.alone = Alone(self._shop, reach=self._shop.staff.members.all)
            self.alone.back.connect(self._end_alone)
            self.alone.left.connect(self._end_alone)
            self.alone.open()

    def _end_alone(self) -> None:
        if self.alone is not None:
            alone, self.alone = self.alone, None
            alone.end()
            self.lock_screen.refresh()

    # Scanner

    def _scanned(self, scan: Scan) -> None:
        screen = self.screen_shown()
        if screen is self.lock_screen:
            self.lock_screen.take_badge(scan.text)
        elif screen is self.trying:
            self.trying.show_scan(scan)
        else:
            super()._scanned(scan)

    def _try_scanner(self) -> None:
        self.trying.wait()
        self.show_screen(self.trying)

    # This till

    def _open_setup(self) -> None:
        if self.screen_shown() is not self.lock_screen:
            self.setup.show_till(
                self.serving.till.name, muted=self.sounds.muted, may_name=self._shop.staff.may(Act.ADJUST)
            )
            self.show_screen(self.setup)

    def _set_up(self, name: str, muted: bool) -> None:
        self.sounds.muted = muted
        self._remembered.keep(MUTED, "yes" if muted else "")
        if self._shop.staff.may(Act.ADJUST):
            self.serving.till.name = name
            self._remembered.keep(TILL, name)
        self._show_place()
        self.serving.next_customer()

    def _show_place(self) -> None:
        shop = str(self._shop.settings.get("shop_name")) or "ShopDesk"
        self.head.show_place(shop, self.serving.till.name)
        self.locks = bool(self._shop.staff.members.all())
        self._show_staff()

    def _show_staff(self) -> None:
        self.head.show_staff(self._shop.staff.actor.name if self.locks else "", locks=self.locks)

    def _changed(self) -> None:
        if self.screen_shown() is self.serving.screens.waiting:
            self.serving.refresh()

    def end(self) -> None:
        self._end_alone()
        super().end()
