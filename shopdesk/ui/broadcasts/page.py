"""The page of broadcasts: the list, one being made, one under way."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from PySide6.QtWidgets import QStackedWidget

from shopdesk import channels
from shopdesk.broadcasts import start_sending
from shopdesk.changes import Topic
from shopdesk.i18n import _
from shopdesk.ui import widgets as w
from shopdesk.ui.amounts import people
from shopdesk.ui.broadcasts.composer import Composer
from shopdesk.ui.broadcasts.course import Course
from shopdesk.ui.broadcasts.overview import Overview
from shopdesk.ui.broadcasts.recipients import Audience
from shopdesk.ui.broadcasts.seen import look_at
from shopdesk.ui.days import when
from shopdesk.ui.link_clicks import LinkDialog
from shopdesk.ui.shop_page import ShopPage
from shopdesk.ui.tasks import Lane

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from PySide6.QtWidgets import QWidget

    from shopdesk.broadcasts import SendingProcess, Status
    from shopdesk.line import Message
    from shopdesk.links import Clicker, Hour, Report
    from shopdesk.ui.broadcasts.seen import Seen
    from shopdesk.ui.shop_page import Desk


FOLLOWS_AFTER = timedelta(days=3)


class BroadcastsPage(ShopPage):
    """Broadcasts. `shown(segment=NAME)` begins one for a segment, `new=True` any, `messages=[…]` one that says this under a `name`,
    `broadcast=ID` opens one.
    """

    topics: ClassVar[frozenset[Topic]] = frozenset(
        {Topic.BROADCASTS, Topic.SEGMENTS, Topic.FRIENDS, Topic.LINKS, Topic.SETTINGS}
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._service = self.shop.broadcasts
        self.overview = Overview(self.shop, self.tasks, self.notices)
        self.composer = Composer(self.shop, self.tasks, self.notices)
        self.course = Course(self.shop, self.tasks, self.composer.studio)
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
        self.composer.settings.connect(lambda: self.navigator.show_page("settings", section="mail"))
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
        self.course.settle_mail.connect(self.settle_mail)
        self.course.reuse.connect(self._reuse)
        self.course.follow.connect(self.follow)
        self.course.link.connect(self.show_link)

    def shown(self, **what: Any) -> None:
        """Begin one for a segment, or open one."""
        if what.get("segment"):
            self.begin(Audience(segment=str(what["segment"])))
        elif what.get("new"):
            self.begin(Audience())
        elif what.get("messages"):
            self.say(str(what.get("name", "")), what["messages"])
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
        if self._let_go():
            self._bring(self.overview)
            self.overview.reload()

    def _let_go(self) -> bool:
        """Keep what is being written; where that cannot be, ask whether it may be lost."""
        if self._stack.currentWidget() is not self.composer:
            return True
        why = self.composer.unkept()
        self.composer.keep()
        return not why or w.confirm(
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
        """Begin a new one; what is written already and goes to nobody yet goes to these people."""
        writing = self._stack.currentWidget() is self.composer
        if writing and audience.chosen and self.composer.unkept():
            self.composer.choose(audience)
        elif self._let_go():
            self.composer.begin(audience)
            self._bring(self.composer)

    def say(self, name: str, messages: Sequence[Message]) -> None:
        """Begin one that says what another page hands over."""
        if self._let_go():
            self.composer.say(name, messages)
            self._bring(self.composer)

    def open(self, status: Status) -> None:
        """Go on with a draft, or show how one goes."""
        if status.state == "draft" and status.scheduled_at is None:
            self.change(status.id)
            return
        self.course.show_broadcast(status.id)
        self._bring(self.course)

    def change(self, broadcast_id: int, at: datetime | None = None) -> None:
        """Go on writing a draft, also one that is to begin at a time; where its mail has begun, show how that goes.

        `at` is offered as the time of one that has none.
        """
        shop = self.shop

        def then(seen: Seen) -> None:
            if seen.mail_alone:
                self.course.show_broadcast(broadcast_id)
                self._bring(self.course)
            elif self._let_go():
                self.composer.open(broadcast_id, seen, at or seen.status.scheduled_at)
                self._bring(self.composer)

        self.tasks.run(self, lambda: look_at(shop, broadcast_id, None), then)

    def _reuse(self, seen: Seen) -> None:
        self.composer.reuse(seen)
        self._bring(self.composer)

    def follow(self, broadcast_id: int, by: Literal["line", "mail"]) -> None:
        """Draft what goes by the other way to whoever opened nothing of it, some days later; its words and its time can be changed."""
        shop = self.shop

        def then(made: int) -> None:
            self.change(made, shop.clock.now() + FOLLOWS_AFTER)

        self.tasks.run(self, lambda: channels.follow(shop, broadcast_id, by), then, lane=Lane.WRITE)

    def show_link(self, link: Report) -> None:
        """Show when a link was opened, and by whom."""
        links = self.shop.links

        def show(found: tuple[list[Hour], list[Clicker]]) -> None:
            dialog = LinkDialog(self, link, *found)
            dialog.exec()
            dialog.deleteLater()

        self.tasks.run(self, lambda: (links.hours(link.link.id), links.clickers(link.link.id)), show)

    def send(self, broadcast_id: int) -> None:
        """Decide who gets it, let the cooling time begin, and start the sender, which waits for its end."""
        shop, service = self.shop, self._service

        def work() -> SendingProcess:
            if service.status(broadcast_id).scheduled_at is not None:
                service.schedule(broadcast_id, None)  # it was to begin by itself: now somebody says so
            channels.prepare(shop, broadcast_id, service.start)
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
        self._do(lambda: channels.ask(self.shop, broadcast_id, "cancel"))

    def pause(self, broadcast_id: int) -> None:
        """Let the sender stop after what is on its way."""
        self._do(lambda: channels.ask(self.shop, broadcast_id, "pause"))

    def stop(self, broadcast_id: int) -> None:
        """Ask, then send it to nobody else."""
        seen = self.course.seen
        rest = people(seen.status.remaining + (seen.mail.remaining if seen.mail else 0)) if seen else ""
        if w.confirm(
            self,
            _("Stop this broadcast here?"),
            _("{people} will not get it. What LINE has accepted is not taken back.").format(people=rest),
            verb=_("Stop here"),
            danger=True,
        ):
            self._do(lambda: channels.ask(self.shop, broadcast_id, "cancel"))

    def settle(self, broadcast_id: int, as_: str) -> None:
        """Say of everybody who is unclear what it was."""
        self._do(lambda: self._service.settle(broadcast_id, "accepted" if as_ == "accepted" else "failed"))

    def settle_mail(self, broadcast_id: int, as_: str) -> None:
        """Say of every mail that is unclear what it was."""
        mailings = self.shop.mailings
        self._do(lambda: mailings.settle(broadcast_id, "accepted" if as_ == "accepted" else "failed"))

    def _do(self, work: Callable[[], object]) -> None:
        self.tasks.run(self, work, lambda _status: self.course.look(), lane=Lane.WRITE)
