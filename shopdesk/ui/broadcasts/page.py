"""The page of broadcasts: the list, one being made, one under way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QStackedWidget

from shopdesk.broadcasts import start_sending
from shopdesk.changes import Topic
from shopdesk.i18n import _
from shopdesk.ui import widgets as w
from shopdesk.ui.amounts import people
from shopdesk.ui.broadcasts.composer import Composer
from shopdesk.ui.broadcasts.course import Course
from shopdesk.ui.broadcasts.overview import Overview
from shopdesk.ui.broadcasts.recipients import Audience
from shopdesk.ui.days import when
from shopdesk.ui.shop_page import ShopPage
from shopdesk.ui.tasks import Lane

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from PySide6.QtWidgets import QWidget

    from shopdesk.broadcasts import Drafted, SendingProcess, Status
    from shopdesk.ui.shop_page import Desk


class BroadcastsPage(ShopPage):
    """Broadcasts. `shown(segment=NAME)` begins one for a segment, `new=True` any, `broadcast=ID` opens one."""

    topics: ClassVar[frozenset[Topic]] = frozenset({Topic.BROADCASTS, Topic.SEGMENTS, Topic.FRIENDS, Topic.SETTINGS})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._service = self.shop.broadcasts
        self.overview = Overview(self._service, self.tasks, self.notices)
        self.composer = Composer(self.shop, self.tasks, self.notices)
        self.course = Course(self._service, self.tasks, self.shop.clock, self.composer.studio)
        self._stack = QStackedWidget()
        for part in (self.overview, self.composer, self.course):
            self._stack.addWidget(part)
        self.setLayout(w.vbox((self._stack, 1)))
        self._connect()
        self.composer.studio.read()
        self.overview.reload()

    def _connect(self) -> None:
        self.overview.opened.connect(self.open)
        self.overview.wanted.connect(lambda: self.begin(Audience()))
        self.composer.left.connect(self.leave)
        self.composer.make.connect(lambda: self.navigator.show_page("segments", new=True))
        self.composer.send.connect(self.send)
        self.composer.schedule.connect(self.schedule)
        self.course.left.connect(self.leave)
        self.course.pause.connect(self.pause)
        self.course.stop.connect(self.stop)
        self.course.halt.connect(self.halt)
        self.course.resume.connect(self.go_on)
        self.course.begin.connect(self.send)
        self.course.change.connect(self.change)
        self.course.retimed.connect(self.schedule)
        self.course.settle.connect(self.settle)
        self.course.reuse.connect(self._reuse)

    def shown(self, **what: Any) -> None:
        """Begin one for a segment, or open one."""
        if what.get("segment"):
            self.begin(Audience(segment=str(what["segment"])))
        elif what.get("new"):
            self.begin(Audience())
        elif what.get("broadcast"):
            wanted = int(what["broadcast"])
            self.tasks.run(self, lambda: self._service.status(wanted), self.open)

    def reload(self) -> None:
        """Read what is shown again."""
        front = self._stack.currentWidget()
        if front is self.composer:
            self.composer.read()
        elif front is self.course:
            self.course.look()
        else:
            self.overview.reload()

    def _bring(self, part: QWidget) -> None:
        if part is not self.course:
            self.course.leave()
        self._stack.setCurrentWidget(part)

    def leave(self) -> None:
        """Go back to the list; a draft is kept, a sender goes on."""
        if self._stack.currentWidget() is self.composer:
            why = self.composer.unkept()
            if why and not self._let_go(why):
                return
            self.composer.keep()
        self._bring(self.overview)
        self.overview.reload()

    def _let_go(self, why: str) -> bool:
        return w.confirm(
            self, _("Leave without saving?"), why, verb=_("Leave without saving"), back=_("Go on writing"), danger=True
        )

    def back(self) -> bool:
        """Esc: one step back."""
        if self._stack.currentWidget() is self.composer:
            self.composer.back()
            return True
        if self._stack.currentWidget() is self.course:
            self.leave()
            return True
        return False

    def begin(self, audience: Audience) -> None:
        """Begin a new one."""
        self.composer.begin(audience)
        self._bring(self.composer)

    def open(self, status: Status) -> None:
        """Go on with a draft, or show how one goes."""
        if status.state == "draft" and status.scheduled_at is None:
            self.change(status.id)
            return
        self.course.show_broadcast(status.id)
        self._bring(self.course)

    def change(self, broadcast_id: int) -> None:
        """Go on writing a draft, also one that is to begin at a time."""

        def work() -> tuple[Drafted, Status]:
            return self._service.drafted(broadcast_id), self._service.status(broadcast_id)

        def then(found: tuple[Drafted, Status]) -> None:
            kept, status = found
            self.composer.open(broadcast_id, kept, status.scheduled_at)
            self._bring(self.composer)

        self.tasks.run(self, work, then)

    def _reuse(self, kept: Drafted) -> None:
        self.composer.reuse(kept)
        self._bring(self.composer)

    def send(self, broadcast_id: int) -> None:
        """Decide who gets it, let the cooling time begin, and start the sender, which waits for its end."""
        service = self._service

        def work() -> SendingProcess:
            if service.status(broadcast_id).scheduled_at is not None:
                service.schedule(broadcast_id, None)  # it was to begin by itself: now somebody says so
            service.start(broadcast_id)
            return self._process(broadcast_id)

        self._watch(broadcast_id, work)

    def go_on(self, broadcast_id: int) -> None:
        """Start the sender of one that has begun once more."""
        self._watch(broadcast_id, lambda: self._process(broadcast_id))

    def _process(self, broadcast_id: int) -> SendingProcess:
        home = self.shop.home
        return start_sending(home.path, home.logs, broadcast_id, self.shop.secrets.for_child())

    def _watch(self, broadcast_id: int, work: Callable[[], SendingProcess]) -> None:
        def then(process: SendingProcess) -> None:
            self.course.show_broadcast(broadcast_id, process)
            self._bring(self.course)

        self.tasks.run(self, work, then, lane=Lane.NETWORK)

    def schedule(self, broadcast_id: int, at: datetime | None) -> None:
        """Let it begin at a time; None: only when somebody says so."""

        def then(status: Status) -> None:
            said = _("It begins {when}.").format(when=when(at, self.shop.clock.now())) if at else ""
            self.notices.done(said or _("It does not begin by itself any more."))
            self.open(status)

        self.tasks.run(self, lambda: self._service.schedule(broadcast_id, at), then, lane=Lane.WRITE)

    def halt(self, broadcast_id: int) -> None:
        """Stop in the cooling time: nobody has got it, so nothing is asked."""
        self._do(lambda: self._service.cancel(broadcast_id))

    def pause(self, broadcast_id: int) -> None:
        """Let the sender stop after what is on its way."""
        self._do(lambda: self._service.pause(broadcast_id))

    def stop(self, broadcast_id: int) -> None:
        """Ask, then send it to nobody else."""
        now = self.course.seen.status if self.course.seen else None
        rest = people(now.remaining) if now else ""
        if w.confirm(
            self,
            _("Stop this broadcast here?"),
            _("{people} will not get it. What LINE has accepted is not taken back.").format(people=rest),
            verb=_("Stop here"),
            danger=True,
        ):
            self._do(lambda: self._service.cancel(broadcast_id))

    def settle(self, broadcast_id: int, as_: str) -> None:
        """Say of everybody who is unclear what it was."""
        self._do(lambda: self._service.settle(broadcast_id, "accepted" if as_ == "accepted" else "failed"))

    def _do(self, work: Callable[[], object]) -> None:
        self.tasks.run(self, work, lambda _status: self.course.look(), lane=Lane.WRITE)
