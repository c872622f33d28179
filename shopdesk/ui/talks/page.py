"""The page トーク: the list, the open talk, the person beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QStackedWidget

from shopdesk.changes import Topic
from shopdesk.i18n import _
from shopdesk.staff import Act
from shopdesk.ui import widgets as w
from shopdesk.ui.asking import PersonDialog
from shopdesk.ui.reserving import Answering
from shopdesk.ui.shop_page import ShopPage
from shopdesk.ui.talks.composer import Composer
from shopdesk.ui.talks.exporting import TalkExporter
from shopdesk.ui.talks.files import Files
from shopdesk.ui.talks.head import Head
from shopdesk.ui.talks.inbox import Inbox
from shopdesk.ui.talks.missing import Lack, Missing, missing
from shopdesk.ui.talks.opened import Opened, read_open
from shopdesk.ui.talks.pictures import TalkPictures
from shopdesk.ui.talks.sending import Answer, Sending
from shopdesk.ui.talks.side import Side
from shopdesk.ui.talks.thread import Thread
from shopdesk.ui.talks.typing_notice import Typing
from shopdesk.ui.talks.words import called, machine_words
from shopdesk.ui.tasks import Lane
from shopdesk.ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from PySide6.QtGui import QResizeEvent

    from shopdesk.line import Message
    from shopdesk.talks import Counts, Talk
    from shopdesk.ui.shop_page import Desk

AT_ONCE = 50
PASSES_MS = 10_000
"""So often what depends on the hour is said anew: how long somebody waits, who still types."""


class TalksPage(ShopPage):
    """Talks. `shown(friend=ID)` opens one, `which="waiting"` shows those of a filter."""

    topics: ClassVar[frozenset[Topic]] = frozenset(
        {
            Topic.TALKS,
            Topic.FRIENDS,
            Topic.CUSTOMERS,
            Topic.ORDERS,
            Topic.MESSAGES,
            Topic.SETTINGS,
            Topic.CARDS,
            Topic.COUPONS,
        }
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        me = self.shop.staff.actor.name
        self.open_one: int | None = None
        self.opened: Opened | None = None
        self.labels: Sequence[str] = ()
        self.pictures = TalkPictures(self, self.shop, self.tasks)
        self.files = Files(self, self.shop, self.tasks, self.notices)
        self.exporter = TalkExporter(self, self.shop, self.tasks, self.notices)
        self.sending = Sending(self, self.shop, self.tasks, self.notices)
        self.answering = Answering(self, self.shop, self.tasks, self.notices)
        self.typing = Typing(self, self.shop, self.tasks)
        self.inbox = Inbox(self.shop.clock)
        self.head = Head(self.shop.clock)
        self.messages = Thread(self.shop.clock, me, self.pictures.image)
        self.composer = Composer(self.shop, self.tasks, self.notices, self.pictures.image)
        self.side = Side(self.shop.clock, me)
        self.missing = Missing(may_set_up=self.shop.staff.may(Act.MANAGE))
        self._side_asked: bool | None = None
        self._lay_out()
        self._connect()
        self._passing = QTimer(self, interval=PASSES_MS)
        self._passing.timeout.connect(self.say_times)
        self._passing.start()
        self.composer.canned.read()
        self._read_list()

    def _lay_out(self) -> None:
        self.nothing = w.EmptyState(
            "message-circle", _("Choose a talk"), _("What was said stands here, and the answer.")
        )
        middle = w.holder(w.vbox(self.head, (self.messages, 1), w.line(), self.composer))
        self._middle = QStackedWidget()
        for part in (self.nothing, middle):
            self._middle.addWidget(part)
        self.machine = w.Chip("", "bot", does=lambda: self.navigator.show_page("answers"))
        export = w.Button(_("Write a file"), icon="download", does=self._export)
        header = w.Header(_("Talks"), _("One to one with your friends on LINE."), actions=(self.machine, export))
        columns = w.hbox(self.inbox, w.line(vertical=True), (self._middle, 1), self.side, gap="")
        self.setLayout(w.vbox(header, self.missing, w.line(), (columns, 1)))
        self.side.hide()

    def _connect(self) -> None:
        inbox, head, side, composer = self.inbox, self.head, self.side, self.composer
        inbox.wanted.connect(self._read_list)
        inbox.older.connect(self._read_older_talks)
        inbox.chosen.connect(self.open)
        inbox.opened.connect(composer.edit.setFocus)
        self.messages.older.connect(lambda _oldest: self._read_open(self.messages.shown + AT_ONCE))
        self.messages.file_wanted.connect(self.files.open)
        self.messages.again_wanted.connect(lambda said: self.sending.again(said.id))
        self.messages.answered.connect(self.answering.answer)
        self.pictures.arrived.connect(self.messages.repaint_pictures)
        head.done_wanted.connect(lambda on: self._write(lambda friend: self.shop.talks.desk.done(friend, on=on)))
        head.machine_wanted.connect(
            lambda on: self._write(lambda friend: self.shop.talks.desk.take_over(friend, on=not on))
        )
        head.side_wanted.connect(self._turn_side)
        side.assigned.connect(lambda name: self._write(lambda friend: self.shop.talks.desk.assign(friend, name)))
        side.labels.put.connect(lambda name: self._write(lambda friend: self.shop.talks.desk.label(friend, name)))
        side.labels.taken.connect(
            lambda name: self._write(lambda friend: self.shop.talks.desk.label(friend, name, on=False))
        )
        side.person.customer_wanted.connect(lambda one: self.navigator.show_page("customers", customer=one))
        side.person.search_wanted.connect(self._ask_customer)
        side.person.link_wanted.connect(self._link)
        side.person.unlink_wanted.connect(self._unlink)
        self.missing.wanted.connect(lambda section: self.navigator.show_page("settings", section=section))
        self._connect_composer(composer)

    def _connect_composer(self, composer: Composer) -> None:
        composer.typed.connect(self._typed)
        composer.reply_wanted.connect(lambda text: self._answer(lambda one: self.sending.say(one, text)))
        composer.sticker_wanted.connect(lambda *which: self._answer(lambda one: self.sending.sticker(one, *which)))
        composer.picture_wanted.connect(lambda file: self._answer(lambda one: self.sending.picture(one, file)))
        composer.messages_wanted.connect(
            lambda messages: self._answer(lambda one: self.sending.send(Answer(one, tuple(messages))))
        )
        composer.note_wanted.connect(lambda text: self._write(lambda friend: self.shop.talks.desk.note(friend, text)))
        composer.canned.make_wanted.connect(lambda: self.navigator.show_page("broadcasts"))
        composer.composed.connect(self._send_composed)
        self.sending.refused.connect(composer.take_back)

    # What the window asks

    def shown(self, **what: Any) -> None:
        """Open a friend's talk, or show what a filter lets through."""
        if what.get("which"):
            self.inbox.show_only(what["which"])
        if what.get("friend"):
            self.open(int(what["friend"]))
        elif self.open_one is None:
            self.inbox.rows.setFocus()
        self._mark_read()

    def reload(self) -> None:
        """Read the list and the open talk again."""
        self._read_list()
        self._read_open()
        self.composer.canned.read()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_side()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange:
            self._mark_read()

    # Reading

    def _read_list(self) -> None:
        inbox, talks = self.inbox, self.shop.talks
        which, words, label = inbox.looks_in(), inbox.words(), inbox.label

        def work() -> tuple[list[Talk], Counts, list[str], bool, Lack | None, str]:
            found = talks.page(which, words=words, label=label, limit=AT_ONCE)
            any_talks, machine = bool(found or talks.page(limit=1)), machine_words(talks.machine.setup())
            return found, talks.counts(), talks.labels(), any_talks, missing(self.shop), machine

        failed = lambda error: inbox.show_error(self.notices.sentence(error))  # noqa: E731
        self.tasks.run(self, work, lambda read: self._show_list(*read), failed=failed, key="list")

    def _show_list(
        self, talks: list[Talk], counts: Counts, labels: list[str], any_talks: bool, lack: Lack | None, machine: str
    ) -> None:
        self.labels = labels
        self.inbox.show_counts(counts, labels, any_talks=any_talks)
        if any_talks:
            self.nothing.say(_("Choose a talk"), _("What was said stands here, and the answer."))
        else:
            self.nothing.say(
                _("No talks yet"), _("What friends write to you on LINE shows here, and you answer it here.")
            )
        self.inbox.show_talks(talks, more=len(talks) == AT_ONCE, open_one=self.open_one)
        self.missing.say(lack)
        self.machine.set_words(machine)

    def say_times(self) -> None:
        """Say anew what changes although nothing happens."""
        self.inbox.rows.viewport().update()
        if self.opened is not None:
            self.head.show_talk(self.opened.talk)
            self.composer.show_typing(self.typing.words(self.opened.talk))

    def _read_older_talks(self, before: datetime) -> None:
        inbox = self.inbox
        which, words, label = inbox.looks_in(), inbox.words(), inbox.label
        work = lambda: self.shop.talks.page(which, words=words, label=label, before=before, limit=AT_ONCE)  # noqa: E731
        then = lambda found: inbox.model.add_talks(found, more=len(found) == AT_ONCE)  # noqa: E731
        self.tasks.run(self, work, then, key="older")

    def open(self, friend_id: int) -> None:
        """Open a talk."""
        if self.open_one is not None and self.open_one != friend_id:
            self.typing.stop(self.open_one)
            self.side.labels.close_entry()
        self.open_one = friend_id
        self.inbox.rows.mark(friend_id)
        self._read_open(AT_ONCE)

    def _read_open(self, most: int = 0) -> None:
        friend_id = self.open_one
        if friend_id is not None:
            most = most or max(AT_ONCE, self.messages.shown)
            work = lambda: read_open(self.shop, friend_id, most)  # noqa: E731
            self.tasks.run(self, work, self._show_open, key="open")

    def _show_open(self, opened: Opened | None) -> None:
        self.opened = opened
        if opened is None:
            self.open_one = None
            self._middle.setCurrentIndex(0)
            self._show_side()
            return
        talk = opened.talk
        self.head.show_talk(talk)
        self.messages.show_messages(talk.friend_id, talk.name, opened.messages, more=opened.more)
        self.composer.show_talk(opened, self.typing.words(talk))
        self.side.show_talk(opened, self.labels)
        self._middle.setCurrentIndex(1)
        self._show_side()
        self._mark_read()

    def _mark_read(self) -> None:
        """Whatever stands on the screen in front of somebody was read."""
        opened = self.opened
        if opened is not None and opened.talk.unread and self.isVisible() and self.isActiveWindow():
            friend = opened.talk.friend_id
            self.tasks.run(self, lambda: self.shop.talks.desk.read(friend), lane=Lane.NETWORK, key="read")

    # Doing

    def _on_screen(self) -> int | None:
        """Return whose talk stands on the screen: what is done goes there, also while another one is on its way."""
        return self.opened.talk.friend_id if self.opened is not None else None

    def _answer(self, does: Callable[[int], object]) -> None:
        friend = self._on_screen()
        if friend is not None:
            self.typing.forget(friend)
            self.messages.to_end()
            does(friend)

    def _send_composed(self, friend: int, messages: Sequence[Message]) -> None:
        self.messages.to_end()
        self.sending.send(Answer(friend, tuple(messages), composed=True))

    def _write(self, does: Callable[[int], object]) -> None:
        friend = self._on_screen()
        if friend is not None:
            self.tasks.run(self, lambda: does(friend), lane=Lane.WRITE)

    def _typed(self, any_text: bool) -> None:
        friend = self._on_screen()
        if friend is not None:
            (self.typing.tell if any_text else self.typing.stop)(friend)

    def _ask_customer(self) -> None:
        if self.opened is None:
            return
        question = _("Which customer is {name}?").format(name=called(self.opened.talk.name))
        customer = PersonDialog(self, self.shop, self.tasks, question, _("Link")).ask()
        if customer is not None:
            self._link(customer.id)

    def _link(self, customer_id: int) -> None:
        if self.opened is not None:
            user = self.opened.talk.user_id
            work = lambda: self.shop.friends.link(user, customer_id)  # noqa: E731
            self.tasks.run(self, work, lambda _friend: self._linked(user), lane=Lane.WRITE)

    def _linked(self, user_id: str) -> None:
        undo = lambda: self.tasks.run(self, lambda: self.shop.friends.unlink(user_id), lane=Lane.WRITE)  # noqa: E731
        self.notices.done(_("Linked. What they buy stands beside the talk from now on."), undo)

    def _unlink(self) -> None:
        opened = self.opened
        if opened is None or opened.customer is None:
            return
        user, customer = opened.talk.user_id, opened.customer.id

        def then(_friend: object) -> None:
            undo = lambda: self.tasks.run(self, lambda: self.shop.friends.link(user, customer), lane=Lane.WRITE)  # noqa: E731
            self.notices.done(_("Not linked any more."), undo)

        self.tasks.run(self, lambda: self.shop.friends.unlink(user), then, lane=Lane.WRITE)

    def _export(self) -> None:
        self.exporter.ask(self.opened.talk if self.opened is not None else None)

    def _turn_side(self) -> None:
        self._side_asked = self.side.isHidden()
        self._show_side()

    def _show_side(self) -> None:
        """The person stands beside the talk where there is room for three; asked for where there is not, instead of the list."""
        room = self.width() - self.inbox.width() - self.side.width() >= theme().px("talk_middle")
        wanted = room if self._side_asked is None else self._side_asked
        known = self.opened is not None and self.opened.friend is not None
        shown = wanted and known
        self.head.side.setVisible(known)
        self.side.setVisible(shown)
        self.inbox.setVisible(room or not shown)
